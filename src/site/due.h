/* due.h - work that waits for its time, across all sites (host.db).
 *
 * A site says when it next wants to be looked at (a post with a future date); the
 * server asks what is due, does it in the site's own database, and then says the next
 * time. One row a site and kind, so that doing it twice does no harm and a crash
 * between the two databases only means that the work is looked for once more.
 */
#ifndef SITE_DUE_H
#define SITE_DUE_H

#include "base/arena.h"
#include "store/tx.h"

enum due_kind {
	DUE_PUBLISH = 1,	/* posts whose date has come */
	DUE_COPY = 2,		/* the settings are to be copied (manage_copy, site/mark.h) */
	DUE_NEWS = 3,		/* the newest posts are to be copied (content/announce.h) */
	DUE_REMOVE = 4,		/* the site was purged, its folder is to go (manage_purge) */
};

struct due {
	uint64_t site;
	enum due_kind kind;
	int64_t at;
};

/* When the site next wants it; 0: never. */
MUST_CHECK bool due_set(struct tx *tx, uint64_t site, enum due_kind kind, int64_t at,
			struct fail *f);

/* *ret: that time, 0: never. */
MUST_CHECK bool due_at(struct tx *tx, uint64_t site, enum due_kind kind, int64_t *ret,
		       struct fail *f);

/* What is due at `now`, oldest first, at most `limit` (the rest comes with the next call). */
MUST_CHECK bool due_list(struct arena *a, struct tx *tx, int64_t now, int limit, struct due **ret,
			 size_t *count, struct fail *f);

/* The time of the earliest work, 0 when there is none. */
MUST_CHECK bool due_next(struct tx *tx, int64_t *ret, struct fail *f);

#endif
