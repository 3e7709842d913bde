/* paths.h - every path of a site at which there is something. */
#ifndef APP_PATHS_H
#define APP_PATHS_H

#include "app/engine.h"
#include "site/site.h"
#include "web/feature.h"

typedef void paths_tell_fn(void *arg, struct str path);		/* lent for the call */

/* Tells those that the site's features name, but for what is asked for less than `least` says; also
 * in the languages that its readers may choose. One transaction; blocking; any thread. */
MUST_CHECK bool paths_each(struct engine *e, const struct site *site, enum path_use least,
			   paths_tell_fn *tell, void *arg, struct fail *f);

/* A list of them: copies in the arena, VEC_FREE() for the list. */
struct paths {
	struct arena *a;
	struct str *p;
	size_t n, cap;
};
void paths_keep(void *paths, struct str path);	/* a paths_tell_fn for a struct paths */

#endif
