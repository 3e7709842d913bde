/* warm.h - renders every page of a site into the cache, on all cores. */
#ifndef APP_WARM_H
#define APP_WARM_H

#include "app/engine.h"
#include "site/site.h"

struct warm_hooks {
	bool files;		/* as files too (cache/statics.h); what is stale there goes */
	void *ctx;
	void (*progress)(void *ctx, int64_t done, int64_t total);	/* may be NULL */
	bool (*is_cancelled)(void *ctx);				/* may be NULL */
};

/* All but what few ask for (sources; Atom and JSON of a tag, unless as files). *rendered: pages
 * made; those that were fresh on disk are left alone. */
MUST_CHECK bool warm_site(struct engine *e, const struct site *site, const struct warm_hooks *hooks,
			  int64_t *rendered, int64_t *total, struct fail *f);

/* Every path of a site that its features name, but for the sources of posts. */
MUST_CHECK bool warm_paths(struct engine *e, struct arena *a, const struct site *site,
			   struct str **ret, size_t *n, struct fail *f);

#endif
