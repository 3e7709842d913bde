/* seen.h - posts that results of one snapshot show again and again: on the page of a post what
 * stands around it, in the site's list and in those of its tags the post itself. For the stores
 * of content/; the rows that they would read once more are most of what such a page reads.
 *
 * Whoever takes a post from here has learnt its id by a statement that declares what the result
 * depends on (store/tx.h, tx_keep()). What is kept is lent, until the next result begins.
 */
#ifndef CONTENT_SEEN_H
#define CONTENT_SEEN_H

#include "content/post.h"

/* As lists show it, with its terms. NULL: read it. */
const struct post *seen_find(struct tx *tx, int64_t id);
bool seen_any(struct tx *tx);

/* The post was read into the arena that seen_arena() gave. Does nothing where nothing is kept. */
void seen_add(struct tx *tx, const struct post *p);
struct arena *seen_arena(struct tx *tx, struct arena *otherwise);

#endif
