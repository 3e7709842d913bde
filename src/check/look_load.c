/* look_load.c - loads the theme as a host would, and tells why it cannot. Where other looks
 * tell an error, this one is forgotten in the end (check.c): it is the same. */
#include "check/look.h"

void look_load(struct check *c)
{
	struct theme_source source = { .n_dirs = c->source->n_dirs, .cache = c->source->cache,
				       .trusted = c->source->trusted };
	struct fail f = FAIL_INIT;
	struct theme *t;

	if (!look_find(c, STR("theme.ini")))
		return;
	for (size_t i = 0; i < c->source->n_dirs; i++)
		source.dirs[i] = c->source->dirs[i];
	if (theme_load(&source, &t, &f))
		c->theme = t;
	else
		look_tell_fail(c, "TH090", STR_NONE, &f);
}
