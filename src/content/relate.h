/* relate.h - which posts are like one another: those that share tags, near in time.
 *
 * A post looks for them when it is written, among those that are before it then. So one that
 * comes late with an older date is not found by the newer ones until they are written again:
 * asking them all anew would make one edit as dear as dozens. An import writes the oldest first,
 * whatever the files are called, so that the same folder always makes the same relations.
 */
#ifndef CONTENT_RELATE_H
#define CONTENT_RELATE_H

#include "base/arena.h"
#include "store/tx.h"

enum { RELATE_TAGS = 8, RELATE_NEAR = 30, RELATE_BEST = 3, RELATE_KEPT = 8 };

struct edit_batch;

/* Finds what the post is related to, both ways; tags: the ids of its tags, in order. Looks at
 * the 30 posts before it in each of its first eight tags, so that the cost does not grow
 * with the blog. */
MUST_CHECK bool relate(struct arena *a, struct tx *tx, int64_t post, const int64_t *tags,
		       size_t n_tags, struct fail *f);
/* The same for a new post that the batch took. */
MUST_CHECK bool relate_new(struct edit_batch *b, struct tx *tx, int64_t post,
			   const int64_t *tags, size_t n_tags, struct fail *f);

#endif
