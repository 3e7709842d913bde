/* paths.c - features are asked; what they tell is told once more for each further language. */
#include "app/paths.h"

#include "app/features.h"
#include "base/vec.h"
#include "web/reader.h"

static void catalogs_drop(struct catalogs **c)
{
	catalogs_unref(*c);
}

struct listing {
	const struct ctx *cx;
	enum path_use least;
	paths_tell_fn *tell;
	void *arg;
};

/* A page is told once more for every further language that its readers may choose. */
static bool list_path(void *arg, struct str path, enum path_use use, struct fail *f)
{
	const struct listing *l = arg;
	const struct ctx *cx = l->cx;

	(void)f;
	if (use > l->least)
		return true;
	l->tell(l->arg, path);
	for (size_t i = 1; i < cx->n_languages && reader_is_page(path); i++)
		l->tell(l->arg, reader_path_in(cx, cx->languages[i].lang, path));
	return true;
}

bool paths_each(struct engine *e, const struct site *site, enum path_use least,
		paths_tell_fn *tell, void *arg, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	CLEANUP(arena_freep) struct arena *mine = arena_new(0);
	CLEANUP(catalogs_drop) struct catalogs *catalogs = host_catalogs(e->host);
	struct ctx cx = { .arena = mine, .site = site };
	struct listing l = { &cx, least, tell, arg };
	size_t n_features = 0;
	bool ok = true;

	if (!registry_begin_site(e->host->registry, site, TX_READ, &t, f)
	    || !settings_load(mine, t.tx, &cx.settings, f))
		return false;
	cx.tx = t.tx;
	cx.lang = cx.settings.lang;
	reader_offer(&cx, catalogs);
	while (features[n_features])
		n_features++;
	/* The blog, which takes what is left of all addresses, stands last. Its lists read the
	 * posts that its pages and the feeds show once more (content/seen.h). */
	for (size_t i = n_features; ok && i-- > 0;)
		if (features[i]->paths)
			ok = features[i]->paths(&cx, list_path, &l, f);
	return ok;
}

void paths_keep(void *paths, struct str path)
{
	struct paths *all = paths;

	*VEC_ADD(all) = arena_str(all->a, path);
}
