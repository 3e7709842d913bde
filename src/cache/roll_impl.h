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
	uint64_t device, inode;		/* what the file is known by */
	char *path;
	struct mutex lock;		/* over all below */
	uint64_t end;			/* read up to here */
	uint64_t dead;			/* bytes of what was replaced or torn */
	struct roll_slot *slots;	/* open addressing; a power of two */
	size_t n, cap;
};

/* All n bytes or nothing: one waits for them, another has them from the kernel's memory. */
typedef bool roll_read_fn(int fd, char *to, size_t n, uint64_t at);

/* Whether a record of that key and size begins there. */
bool roll_slot_is_there(const struct roll *p, const struct roll_slot *slot, roll_read_fn *read);
/* Under the lock. */
void roll_put_slot(struct roll *p, const struct roll_slot *slot);

/* What the map tells, if it is of this file of size bytes, which nobody else knows yet. */
bool roll_map_use(struct roll *p, const struct roll_map *m, uint64_t size, roll_read_fn *read);

/* The record of a slot, proved, behind front bytes of out. */
bool roll_read_slot(struct roll *p, const struct roll_slot *slot, size_t front, struct buf *out,
		    struct roll_found *ret);

#endif
