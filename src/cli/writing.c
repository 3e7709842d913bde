/* writing.c - see writing.h. */
#include "cli/writing.h"

#include <stdatomic.h>

#include "app/engine.h"
#include "content/announce.h"
#include "site/mark.h"
#include "site/settings.h"
#include "store/handles.h"
#include "unicode/idn.h"

void writing_release(struct writing *w)
{
	if (w->db)
		handles_give(w->host->sites, w->db);
	catalogs_unref(atomic_load(&w->catalogs));
	site_unref(w->site);
}

/* Only who renders asks for them. */
static const struct catalog *words(void *ctx, struct str lang)
{
	struct writing *w = ctx;
	struct catalogs *none = NULL, *all = atomic_load(&w->catalogs);

	if (!all) {
		all = host_catalogs(w->host);
		if (!atomic_compare_exchange_strong(&w->catalogs, &none, all)) {
			catalogs_unref(all);
			all = none;		/* somebody was quicker */
		}
	}
	return catalogs_find(all, lang);
}

static bool read_settings(struct call *call, struct writing *w, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings s;

	if (!tx_begin(w->db, TX_READ, &tx, f) || !settings_load(call->arena, tx, &s, f))
		return false;
	w->to = (struct import_site){
		.db = w->db, .registry = w->host->registry, .dir = w->site->dir,
		.lang = s.lang, .catalog = words, .ctx = w,
		.rules = { .zone = arena_cstr(call->arena, s.timezone), .serial = s.serial,
			   .per_page = s.posts_per_page },
	};
	return true;
}

bool writing_open(struct call *call, struct writing *ret, struct fail *f)
{
	ret->host = call->host;
	return registry_named(ret->host->registry, call->args[0], &ret->site, f) &&
	       handles_take(ret->host->sites, ret->site->id, ret->site->path, &ret->db, f) &&
	       read_settings(call, ret, f);
}

bool writing_announce(struct writing *w, struct fail *f)
{
	return announce(w->host->registry, w->db, f) || mark_stays(f);
}

struct str writing_origin(struct call *call, const struct site *site)
{
	const struct engine *e = call->host->engine;
	struct config *config = host_config(call->host);
	struct str host = idn_to_unicode(call->arena, site->host);
	struct str origin = config_origin(call->arena, config, host);

	config_unref(config);
	return e ? arena_printf(call->arena, "%.*s://%.*s%.*s", STR_ARG(e->scheme), STR_ARG(host),
				STR_ARG(e->port)) : origin;
}
