/* warm.h - renders every page of sites into the cache, on all cores. */
#ifndef APP_WARM_H
#define APP_WARM_H

#include "app/engine.h"
#include "site/site.h"

/* What became of a site. Pages that were fresh on disk are left alone. */
struct warm_result {
	struct site *site;
	int64_t rendered;		/* pages made */
	int64_t total;			/* pages that are there, these among them */
	bool is_stopped;		/* it was cancelled before all were; fail says so, too */
	struct fail fail;		/* code 0: all is there */
};

struct warm_hooks {
	bool files;		/* as files too (cache/statics.h); what is stale there goes */
	void *ctx;
	/* Called from the caller's thread while it waits; each may be NULL. */
	void (*progress)(void *ctx, int64_t done, int64_t total);	/* pages of a site alone */
	bool (*is_cancelled)(void *ctx);
	void (*finished)(void *ctx, const struct warm_result *result);
};

/* What pages lead to and programs look for; as files also what is rare (web/feature.h), but no
 * sources. */
MUST_CHECK bool warm_site(struct engine *e, struct site *site, const struct warm_hooks *hooks,
			  int64_t *rendered, int64_t *total, struct fail *f);

/* The same for many sites, several at once: a worker for each processor takes a site by itself, and
 * helps the others when there is no more. engine and hooks outlive it. Sites that go wrong do not
 * hinder the others. */
struct warm_crew;
MUST_CHECK bool warm_crew_new(struct engine *e, const struct warm_hooks *hooks,
			      struct warm_crew **ret, struct fail *f);
void warm_crew_add(struct warm_crew *c, struct site *site);	/* waits while enough are waiting */
void warm_crew_end(struct warm_crew *c);			/* when all are finished */

#endif
