/* entries.h - posts as the feeds of a site have them, each read and written once.
 *
 * A post stands in the site's feed and in those of its tags and authors, as the same entry to
 * the last byte. Where one sitting makes them all (store/tx.h, tx_keep()), the posts that it met
 * first, and what was written of them, are kept. A page alone keeps nothing.
 */
#ifndef FEEDS_ENTRIES_H
#define FEEDS_ENTRIES_H

#include "content/post.h"
#include "web/ctx.h"

enum feed_format { FEED_RSS, FEED_ATOM, FEED_JSON, FEED_FORMATS };

/* Appends the entry of a post. What it says depends on the site and the post alone; it asks the
 * database for nothing. */
typedef void entries_fn(struct ctx *cx, struct buf *b, const struct post *p);

/* The newest posts of a list, as list_newest() has them. */
MUST_CHECK bool entries_load(struct ctx *cx, int64_t list, int limit, struct post_list *ret,
			     struct fail *f);

/* The entry of a post that entries_load() gave, though its text may be shortened since. */
void entries_write(struct ctx *cx, struct buf *b, const struct post *p, enum feed_format as,
		   entries_fn *write);

#endif
