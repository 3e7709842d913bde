/* publish.h - what follows in host.db when a site's content changed.
 *
 * The host's front page shows the newest posts of each site, and the server must know
 * when the next scheduled post is due. Both are copies: doing this once too often, or
 * again after a crash, only costs a transaction. Blocking; any thread.
 */
#ifndef APP_PUBLISH_H
#define APP_PUBLISH_H

#include "app/host.h"
#include "site/manage.h"

/* After any change of a site's posts. */
MUST_CHECK bool publish_follow(struct host *h, const struct site *site, struct fail *f);

/* manage_set(), with what follows: lists that depend on a setting (order, posts_per_page,
 * timezone) are put in order by the same transaction, and host.db learns of it. */
MUST_CHECK bool publish_set(struct host *h, const struct site *site,
			    const struct manage_setting *list, size_t n, struct fail *f);

/* Publishes every scheduled post whose time has come (now: Unix seconds), copies what was changed
 * by somebody who was killed before host.db had it (site/mark.h), and removes what is left of
 * purged sites. A site that fails is told in the log and asked again a minute later; the others
 * are not kept waiting. */
MUST_CHECK bool publish_due(struct host *h, int64_t now, struct fail *f);

#endif
