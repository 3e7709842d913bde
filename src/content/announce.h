/* announce.h - after a site's posts have changed: what the host must know of it.
 *
 * When the server should next look after it (a post with a future date), and its
 * newest posts, for the host's front page. Both are in host.db, which no transaction of
 * a site reaches; doing it twice, or again after a crash, does no harm, and
 * writes nothing when host.db knows. Blocking, any thread; no transaction is open on the
 * database.
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

/* Both. */
MUST_CHECK bool announce(struct registry *r, uint64_t site, struct db *db, struct fail *f);

#endif
