/* roll_impl.h - the inside of a roll, for roll.c and roll_rewrite.c only. */
#ifndef CACHE_ROLL_IMPL_H
#define CACHE_ROLL_IMPL_H

#include "base/limits.h"
#include "base/ref.h"
#include "cache/roll.h"
#include "work/mutex.h"

#define ROLL_RECORD_MAX (LIMIT_PAGE + 128 * KIB)

/* Where the last record of a key lies. size 0: an empty place. */
struct roll_slot {
	uint64_t key, at;
	uint32_t size;
};

struct roll {
	struct ref ref;
	int fd;
	char *path;
	struct mutex lock;		/* over all below */
	uint64_t end;			/* read up to here */
	uint64_t dead;			/* bytes of what was replaced or torn */
	struct roll_slot *slots;	/* open addressing; a power of two */
	size_t n, cap;
};

/* Whether a record of that key and size begins there. */
bool roll_slot_is_there(const struct roll *p, const struct roll_slot *slot);
/* Under the lock. */
void roll_put_slot(struct roll *p, const struct roll_slot *slot);

/* What the map tells, if it is of this file, which nobody else knows yet. */
void roll_map_use(struct roll *p, const struct roll_map *m);

/* The record of a slot, proved. */
bool roll_read_slot(struct roll *p, const struct roll_slot *slot, struct buf *out,
		    struct roll_found *ret);

#endif
