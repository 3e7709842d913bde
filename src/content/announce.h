/* announce.h - after a site's posts have changed: what the host must know of it.
 *
 * When the server should next look after it (a post with a future date), and its
 * newest posts, for the host's front page. Both are in host.db, which no transaction of
 * a site reaches: so whoever changes posts calls announce_mark() before his commit and
 * announce() after it, and one who is killed in between leaves a mark (site/mark.h). Nothing
 * is written when host.db knows. Blocking, any thread.
 */
#ifndef CONTENT_ANNOUNCE_H
#define CONTENT_ANNOUNCE_H

#include "site/registry.h"

/* In two halves, where the host hears of many sites in one transaction. The news are in the
 * arena. */
struct news;
MUST_CHECK bool announce_read(struct arena *a, struct db *db, struct news **ret, struct fail *f);
MUST_CHECK bool announce_write(struct tx *host, uint64_t site, const struct news *news,
			       struct fail *f);

/* The last step of a transaction that has changed posts, or settings that lists of them show.
 * hasty: as mark_set() says. */
MUST_CHECK bool announce_mark(struct registry *r, struct tx *tx, bool hasty, struct fail *f);

/* After its commit; no transaction is open on the database. Doing it twice does no harm. */
MUST_CHECK bool announce(struct registry *r, struct db *db, struct fail *f);

#endif
