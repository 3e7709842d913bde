/* gather.h - what an entry must be like to be taken: the rules of pack.h, for archives and
 * folders alike. Of pack/ alone. */
#ifndef PACK_GATHER_H
#define PACK_GATHER_H

#include "base/map.h"
#include "base/vec.h"
#include "pack/pack.h"

struct gather {
	struct arena *arena;
	const char *label;
	VEC(struct pack_file) found;
	struct map *seen;		/* names in small letters */
	size_t entries, bytes, left_out;
};

void gather_init(struct gather *g, struct arena *a, const char *label);
void gather_release(struct gather *g);

/* One more entry, of whatever kind: only their number may be too large. */
MUST_CHECK bool gather_count(struct gather *g, struct fail *f);

enum gather_verdict { GATHER_TAKE, GATHER_LEAVE, GATHER_REFUSE };
/* The name of a file or folder as it was written; f says why it is refused. */
enum gather_verdict gather_name(struct gather *g, struct str name, struct fail *f);

/* A file whose name was looked at. bytes must be in the arena. */
MUST_CHECK bool gather_file(struct gather *g, struct str name, struct str bytes, struct fail *f);

/* Sorts and moves what was found to ret. */
void gather_finish(struct gather *g, bool find_top, struct pack *ret);

#endif
