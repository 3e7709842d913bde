/* engine.c - see engine.h. */
#include "app/engine.h"

#include <string.h>

#include "app/config.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "site/registry.h"

#define DEFAULT_THEME "plume"

bool engine_open_themes(struct host *host, struct arena *a, struct themes **ret, struct fail *f)
{
	const char *folders[HOST_THEME_DIRS];
	struct themes_config tc = { .folders = folders, .default_id = DEFAULT_THEME,
				    .cache = path_join(a, host->data, STR("cache/themes")) };

	tc.n_folders = host_theme_dirs(host, a, folders);
	return themes_open(&tc, ret, f);
}

/* The port that readers must write: none for the scheme's own. */
static struct str port_of(struct arena *a, const struct config *c, const char *listen)
{
	int64_t usual = str_eq(c->scheme, STR("https")) ? 443 : 80, port = c->port;
	struct str address, from = listen ? str_of(listen) : c->listen.n ? c->listen.p[0] : STR("");
	uint16_t listened;

	if (port == 0 && usual == 80 && config_split_listen(from, &address, &listened))
		port = listened;
	return port == 0 || port == usual ? STR("") : arena_printf(a, ":%d", (int)port);
}

/* What pages show of it beside their data: another program or address makes all stale. */
static bool remember(struct engine *e, struct fail *f)
{
	CLEANUP(buf_release) struct buf facts = BUF(64 * 1024);
	struct str base = registry_base(e->host->registry);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct themes_entry *all;
	size_t n;

	buf_addf(&facts, "%s %.*s://%.*s%.*s", PACKAGE_VERSION, STR_ARG(e->scheme), STR_ARG(base),
		 STR_ARG(e->port));
	all = themes_all(a, e->themes, &n);
	for (size_t i = 0; i < n; i++) {
		char hex[DIGEST_HEX_LEN + 1] = "";

		if (all[i].theme)
			digest_hex(theme_digest(all[i].theme), hex);
		buf_addf(&facts, " %.*s:%s", STR_ARG(all[i].id), hex);
	}
	return host_remember(e->host, buf_str(&facts), f);
}

bool engine_open(struct host *host, const char *listen, struct engine **ret, struct fail *f)
{
	struct config *c = host_config(host);
	struct engine *e = MEM_NEW(struct engine);
	bool ok;

	e->host = host;
	e->memory = arena_new(0);
	e->scheme = arena_str(e->memory, c->scheme);
	e->port = port_of(e->memory, c, listen);
	e->cache = cache_new((size_t)c->cache_memory, host->gens);
	if (c->cache_disk)
		e->disk = disk_new(host_rolls_path(e->memory, host->data), host->gens);
	e->told = digest_of(STR(""));
	mutex_init(&e->turn_lock, MUTEX_SITE);
	cond_init(&e->turn);
	ok = engine_open_themes(host, e->memory, &e->themes, f) && remember(e, f);
	config_unref(c);
	if (!ok) {
		engine_close(e);
		return false;
	}
	*ret = e;
	return true;
}

void engine_close(struct engine *e)
{
	if (!e)
		return;
	cache_free(e->cache);
	disk_free(e->disk);
	themes_close(e->themes);
	cond_release(&e->turn);
	mutex_release(&e->turn_lock);
	arena_free(e->memory);
	mem_free(e);
}

bool engine_borrow(struct host *host, struct engine **ret, struct fail *f)
{
	if (!host->engine)
		return engine_open(host, NULL, ret, f);
	*ret = host->engine;
	return true;
}

void engine_give_back(struct host *host, struct engine *e)
{
	if (e != host->engine)
		engine_close(e);
}

static void tell_note(void *data, const char *note)
{
	(void)data;
	log_warn("%s", note);
}

void engine_tell_catalogs(struct engine *e)
{
	struct catalogs *catalogs = host_catalogs(e->host);

	catalogs_notes(catalogs, tell_note, NULL);
	catalogs_unref(catalogs);
}

/* Told when they are other than last time, so that one look a second does not repeat them. */
static void tell_themes(struct engine *e)
{
	CLEANUP(buf_release) struct buf text = BUF(64 * 1024);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str rest, line;
	struct themes_entry *all;
	struct digest now;
	size_t n;

	all = themes_all(a, e->themes, &n);
	for (size_t i = 0; i < n; i++)
		if (all[i].error.n)
			buf_addf(&text, "theme %.*s: %.*s\n", STR_ARG(all[i].id),
				 STR_ARG(all[i].error));
	now = digest_of(buf_str(&text));
	if (memcmp(&now, &e->told, sizeof now) == 0)
		return;
	e->told = now;
	rest = buf_str(&text);
	while (str_line(&rest, &line))
		log_warn("%.*s", STR_ARG(line));
}

static void take_turn(struct engine *e)
{
	MUTEX_HOLD(&e->turn_lock);
	while (e->looking)
		cond_wait(&e->turn, &e->turn_lock);
	e->looking = true;
}

static void end_turn(struct engine *e)
{
	MUTEX_HOLD(&e->turn_lock);
	e->looking = false;
	cond_signal(&e->turn);
}

static void refresh(struct engine *e)
{
	struct fail f = FAIL_INIT;
	bool changed = themes_reload(e->themes);

	tell_themes(e);
	if (!changed)
		return;
	log_info("themes were read again");
	if (!remember(e, &f))
		log_warn("%s", f.text);
	gens_raise(e->host->gens, gens_slot(0, GEN_CONFIG, 0));
}

void engine_refresh(struct engine *e)
{
	take_turn(e);
	refresh(e);
	end_turn(e);
}
