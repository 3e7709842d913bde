/* address.h - where things once were: redirects and what is gone.
 *
 * An address that a post had before, or an alias its author wants, leads to it with
 * 301; that of a removed post answers 410. Where a picture lay on the site that was
 * imported, its address here answers.
 */
#ifndef CONTENT_ADDRESS_H
#define CONTENT_ADDRESS_H

#include "base/arena.h"
#include "store/tx.h"

enum address_kind { ADDRESS_UNKNOWN, ADDRESS_MOVED, ADDRESS_FILE, ADDRESS_GONE };

/* to: the path it leads to now (ADDRESS_MOVED: for good; ADDRESS_FILE: a file, which may
 * be replaced by another). */
MUST_CHECK bool address_find(struct arena *a, struct tx *tx, struct str path,
			     enum address_kind *kind, struct str *to, struct fail *f);
MUST_CHECK bool address_move(struct tx *tx, struct str from, int64_t post, struct fail *f);
/* To a file of the site's media: "/images/sky.png" to "/media/1f2e3d4c/sky.png". */
MUST_CHECK bool address_point(struct tx *tx, struct str from, struct str file, struct fail *f);
MUST_CHECK bool address_gone(struct tx *tx, struct str path, struct fail *f);
/* Every address that led to the post: nothing of it is left to lead to, and its number may
 * become another post's. */
MUST_CHECK bool address_gone_all(struct arena *a, struct tx *tx, int64_t post, struct fail *f);
MUST_CHECK bool address_clear(struct tx *tx, struct str path, struct fail *f);

struct address {
	struct str from, to;		/* to: empty when gone */
	int64_t post;			/* 0: to is a file, or empty */
};
/* Those that lead to the post, in order. */
MUST_CHECK bool address_of(struct arena *a, struct tx *tx, int64_t post, struct str **ret,
			   size_t *n, struct fail *f);
/* All of them after `after`, at most `limit`: for exports. */
MUST_CHECK bool address_all(struct arena *a, struct tx *tx, struct str after, int limit,
			    struct address **ret, size_t *n, struct fail *f);

#endif
