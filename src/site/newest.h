/* newest.h - the newest posts of each site, as the host's front page shows them.
 *
 * Each site keeps at most LIMIT_NEWEST rows here (host.db), copied when it publishes;
 * the front page reads no site's database. Rows of sites that are not listed or not
 * active are kept and not shown.
 */
#ifndef SITE_NEWEST_H
#define SITE_NEWEST_H

#include "base/arena.h"
#include "store/tx.h"

struct newest {
	struct str url;		/* path on the site: "/2031/rain" */
	struct str title, lang;
	int64_t at;
	uint64_t site;		/* set by newest_list, with the following */
	struct str site_name;	/* as in host names; the registry knows the canonical one */
	struct str site_title;
};

/* These are now the newest posts of the site, the newest first; more than LIMIT_NEWEST
 * are left out. */
MUST_CHECK bool newest_replace(struct tx *tx, uint64_t site, const struct newest *posts,
			       size_t count, struct fail *f);

/* *same: these are what is kept of the site already. */
MUST_CHECK bool newest_compare(struct tx *tx, uint64_t site, const struct newest *posts,
			       size_t count, bool *same, struct fail *f);

/* Posts of listed sites, newest first, that come behind `after` (its at, site and url; NULL
 * to begin). Many posts have a day for a date, so a time alone would not tell where a page
 * ended. */
MUST_CHECK bool newest_list(struct arena *a, struct tx *tx, const struct newest *after, int limit,
			    struct newest **ret, size_t *count, struct fail *f);

#endif
