/* month.h - the months of a site that have posts: its archive.
 *
 * Which month a post is in depends on the zone of the site. All functions work in the caller's
 * transaction on site.db; results are in the arena.
 */
#ifndef CONTENT_MONTH_H
#define CONTENT_MONTH_H

#include "content/post.h"

struct month {
	int year, month;		/* January: 1 */
	int64_t posts;
};

/* Those that have posts, the newest first. */
MUST_CHECK bool month_all(struct arena *a, struct tx *tx, struct month **ret, size_t *n,
			  struct fail *f);
/* How many posts each month of a year has, January first: depends on those twelve alone. */
MUST_CHECK bool month_of_year(struct tx *tx, int year, int64_t posts[12], struct fail *f);
/* How many posts one month has. */
MUST_CHECK bool month_count(struct tx *tx, int year, int month, int64_t *ret, struct fail *f);
/* The posts of a month as links, in order of their dates: the first MONTH_PART of them are part 1.
 * None behind the last part. */
enum { MONTH_PART = 500 };
MUST_CHECK bool month_posts(struct arena *a, struct tx *tx, const struct month *m, int64_t part,
			    const char *zone, struct post_list *ret, struct fail *f);
int64_t month_parts(const struct month *m);	/* by its count */

#endif
