/* purge.h - a site goes for good: its row in host.db, its folder, its finished pages.
 *
 * The row goes first, and leaves a mark in its place (DUE_REMOVE) until the rest is gone, too:
 * who purges a site means its texts, and they must not stay because somebody was killed.
 * Blocking; workers and commands.
 */
#ifndef APP_PURGE_H
#define APP_PURGE_H

#include "app/host.h"

/* As manage_purge() allows it: `days` after its deletion, or `early`. given: how a person names
 * it. */
MUST_CHECK bool purge_site(struct host *h, struct str given, int64_t days, bool early,
			   struct fail *f);

/* What is left of a site whose row has gone; of any other nothing is touched. */
MUST_CHECK bool purge_rest(struct host *h, uint64_t id, struct fail *f);

#endif
