/* announce.h - after a site has changed by itself: what the host must know of it.
 *
 * When the server should next look after it (a post with a future date), and its
 * newest posts, for the host's front page. Both are in host.db, which no transaction of
 * a site reaches; doing it twice does no harm.
 */
#ifndef TRANSFER_ANNOUNCE_H
#define TRANSFER_ANNOUNCE_H

#include "site/registry.h"

MUST_CHECK bool announce(struct registry *r, uint64_t site, struct db *db, struct fail *f);

#endif
