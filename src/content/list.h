/* list.h - lists of posts, in shelves that do not shift.
 *
 * List 0 holds every post of the site, each term has its own list (the term's id).
 * A list is cut into shelves, numbered from its oldest end: shelf 7 holds the same
 * posts for good, however many are added. Its top page shows the newest shelf, and
 * the one before as long as the newest is not full. In a serial, the order is that of
 * reading and the top page is shelf 1.
 */
#ifndef CONTENT_LIST_H
#define CONTENT_LIST_H

#include "content/post.h"

/* Number of the newest shelf; 0: the list is empty. */
MUST_CHECK bool list_last_shelf(struct tx *tx, int64_t list, int64_t *ret, struct fail *f);
MUST_CHECK bool list_shelf_size(struct tx *tx, int64_t list, int64_t shelf, int64_t *ret,
				struct fail *f);
/* Whether anything stands there: what a link to the shelf depends on. */
MUST_CHECK bool list_has_shelf(struct tx *tx, int64_t list, int64_t shelf, bool *ret,
			       struct fail *f);

/* The numbers of all that hold anything, the oldest first. */
MUST_CHECK bool list_shelves(struct arena *a, struct tx *tx, int64_t list, int64_t **ret, size_t *n,
			     struct fail *f);

/* The posts of a shelf with their terms; `oldest_first` turns it round, `full` brings their
 * whole texts as pages show them (no source). */
MUST_CHECK bool list_shelf(struct arena *a, struct tx *tx, int64_t list, int64_t shelf,
			   bool oldest_first, bool full, struct post_list *ret, struct fail *f);

/* The newest posts by date with their whole texts as pages show them: feeds. */
MUST_CHECK bool list_newest(struct arena *a, struct tx *tx, int64_t list, int limit,
			    struct post_list *ret, struct fail *f);
/* The same in two steps, for who knows some of them already: ids has room for `limit`. */
MUST_CHECK bool list_newest_ids(struct tx *tx, int64_t list, int limit, int64_t *ids, size_t *n,
				struct fail *f);
MUST_CHECK bool list_newest_post(struct arena *a, struct tx *tx, int64_t list, int64_t id,
				 struct post **ret, struct fail *f);

/* The newest posts by date with their terms, at most LIST_TOP: what a theme puts beside its
 * pages. Stale when one of so many changes, comes or goes (a few more for some limits). */
enum { LIST_TOP = 20 };
MUST_CHECK bool list_top(struct arena *a, struct tx *tx, int64_t list, int limit,
			 struct post_list *ret, struct fail *f);
/* The same, as much as a link shows. */
MUST_CHECK bool list_top_links(struct arena *a, struct tx *tx, int64_t list, int limit,
			       struct post_list *ret, struct fail *f);
/* The first in the order of the list turned round: oldest, or where a serial begins. */
MUST_CHECK bool list_bottom(struct arena *a, struct tx *tx, int64_t list, int limit,
			    struct post_list *ret, struct fail *f);
/* The numbers that GEN_TOP is counted in: an answer of 6 posts depends on the first 8. */
extern const int list_tops[];		/* ends with LIST_TOP */

/* Sitemap: SITEMAP_PART ids a part. */
enum { SITEMAP_PART = 5000 };
MUST_CHECK bool list_sitemap_parts(struct tx *tx, int64_t *ret, struct fail *f);
MUST_CHECK bool list_sitemap(struct arena *a, struct tx *tx, int64_t part, struct post_list *ret,
			     struct fail *f);

#endif
