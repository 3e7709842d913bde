/* engine.c - see engine.h. */
#include "app/engine.h"

#include <string.h>

#include "app/config.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "site/registry.h"

#define DEFAULT_THEME "plume"
#define OWN_BYTES     (64 * MIB)	/* of themes that sites changed */

/* Every process that knows the theme as it was said to be makes its pages anew, and the next
 * that opens the host believes nothing that it was told of themes. */
static void theme_is_other(void *arg, struct str id)
{
	struct host *h = arg;

	host_new_era(h);
	gens_raise(h->gens, engine_theme_slot(id));
	host_forget(h);
}

bool engine_open_themes(struct host *host, struct arena *a, struct themes **ret, struct fail *f)
{
	const char *folders[HOST_THEME_DIRS];
	struct config *config = host_config(host);
	struct themes_config tc = { .folders = folders, .default_id = DEFAULT_THEME,
				    .cache = path_join(a, host->data, STR("cache/themes")),
				    .trusted = config->trusted_themes,
				    .other = theme_is_other, .arg = host };
	bool ok;

	tc.n_folders = host_theme_dirs(host, a, folders);
	ok = themes_open(&tc, ret, f);
	config_unref(config);
	return ok;
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

struct digest engine_catalogs_stamp(const struct engine *e)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(256 * 1024);
	const char *dirs[HOST_LANG_DIRS + HOST_TEXT_DIRS];
	size_t n_dirs = host_lang_dirs(e->host, a, dirs);

	n_dirs += host_text_dirs(e->host, a, &dirs[n_dirs]);
	for (size_t d = 0; d < n_dirs; d++) {
		struct dir_entry *files;
		size_t n = 0;

		if (!dir_list_stat(a, dirs[d], &files, &n, NULL))
			continue;
		for (size_t i = 0; i < n; i++)
			if (str_ends(str_of(files[i].name), STR(".po"))
			    || str_ends(str_of(files[i].name), STR(".pot"))
			    || str_ends(str_of(files[i].name), STR(".md"))
			    || str_eq(str_of(files[i].name), STR("LINGUAS")))
				buf_addf(&b, "%s/%s %lld %lld\n", dirs[d], files[i].name,
					 (long long)files[i].mtime_ns, (long long)files[i].size);
	}
	return digest_of(buf_str(&b));
}

/* What pages show of it beside their data: another program or address makes all stale. */
static bool remember(struct engine *e, bool told, struct fail *f)
{
	CLEANUP(buf_release) struct buf facts = BUF(64 * 1024);
	struct str base = registry_base(e->host->registry);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct digest catalogs = engine_catalogs_stamp(e);
	char stamp[DIGEST_HEX_LEN + 1];
	struct themes_stamp *all;
	size_t n;

	digest_hex(&catalogs, stamp);
	buf_addf(&facts, "%s %s %.*s://%.*s%.*s", PACKAGE_VERSION, stamp, STR_ARG(e->scheme),
		 STR_ARG(base), STR_ARG(e->port));
	buf_addf(&facts, " (%.*s)", STR_ARG(themes_trusted(e->themes)));
	all = themes_stamps(a, e->themes, &n);
	for (size_t i = 0; i < n; i++) {
		char hex[DIGEST_HEX_LEN + 1] = "";

		if (all[i].works)
			digest_hex(&all[i].digest, hex);
		buf_addf(&facts, " %.*s:%s", STR_ARG(all[i].id), hex);
	}
	return host_remember(e->host, buf_str(&facts), told, f);
}

/* True when it is another than last time, or new. */
static bool is_other(struct engine *e, const struct themes_stamp *t)
{
	struct digest now = t->works ? t->digest : digest_of(STR(""));
	struct engine_theme *known = NULL;

	for (size_t i = 0; i < e->known.n && !known; i++)
		if (str_eq(e->known.p[i].id, t->id))
			known = &e->known.p[i];
	if (known && digest_eq(&known->digest, &now))
		return false;
	if (!known) {
		known = VEC_ADD(&e->known);
		known->id = arena_str(e->memory, t->id);
	}
	known->digest = now;
	return true;
}

static void note_themes(struct engine *e)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	size_t n;
	struct themes_stamp *all = themes_stamps(a, e->themes, &n);

	for (size_t i = 0; i < n; i++)
		(void)is_other(e, &all[i]);
}

static void tell_own(void *arg, uint64_t site, struct str errors)
{
	char id[SITE_ID_LEN + 1];
	struct str line;

	(void)arg;
	site_id_text(site, id);
	while (str_line(&errors, &line))
		log_warn("site %s: %.*s", id, STR_ARG(line));
}

static struct own *open_own(struct host *host, struct arena *a)
{
	struct own_config c = { .sites = path_join(a, host->data, STR("sites")),
				.known = path_join(a, host->data, STR("own")),
				.gens = host->gens, .bytes = OWN_BYTES, .tell = tell_own };
	struct own *o = own_new(&c);

	own_look(o);
	return o;
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
	e->wording = wording_new(host->data, host->gens);
	e->cache = cache_new((size_t)c->cache_memory, host->gens);
	if (c->cache_disk)
		e->disk = disk_new(host_rolls_path(e->memory, host->data), host->gens);
	e->told = digest_of(STR(""));
	turn_init(&e->turn, MUTEX_SITE);
	e->own = open_own(host, e->memory);
	ok = host_load_catalogs(host, f) && engine_open_themes(host, e->memory, &e->themes, f)
		&& remember(e, false, f);
	config_unref(c);
	if (!ok) {
		engine_close(e);
		return false;
	}
	note_themes(e);
	*ret = e;
	return true;
}

void engine_close(struct engine *e)
{
	if (!e)
		return;
	cache_free(e->cache);
	wording_free(e->wording);
	disk_free(e->disk);
	own_free(e->own);
	themes_close(e->themes);
	turn_release(&e->turn);
	VEC_FREE(&e->known);
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
	struct texts *texts = host_texts(e->host);

	catalogs_notes(catalogs, tell_note, NULL);
	texts_notes(texts, tell_note, NULL);
	texts_unref(texts);
	catalogs_unref(catalogs);
}

static void add_note(void *data, const char *note)
{
	buf_addf(data, "%s\n", note);
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
	for (size_t i = 0; i < n; i++) {
		if (all[i].error.n)
			buf_addf(&text, "theme %.*s: %.*s\n", STR_ARG(all[i].id),
				 STR_ARG(all[i].error));
		else if (all[i].theme)
			words_notes(theme_words(all[i].theme), add_note, &text);
	}
	now = digest_of(buf_str(&text));
	if (digest_eq(&now, &e->told))
		return;
	e->told = now;
	rest = buf_str(&text);
	while (str_line(&rest, &line))
		log_warn("%.*s", STR_ARG(line));
}

uint32_t engine_theme_slot(struct str id)
{
	return gens_slot(0, GEN_THEME, str_hash(id, 0));
}

/* Only pages that wear a theme become stale with it; a parent's change changes the digests
 * of those that stand on it. */
static void raise_changed(struct engine *e)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	size_t n;
	struct themes_stamp *all = themes_stamps(a, e->themes, &n);

	host_new_era(e->host);
	for (size_t i = 0; i < n; i++)
		if (is_other(e, &all[i]))
			gens_raise(e->host->gens, engine_theme_slot(all[i].id));
}

void engine_remember(struct engine *e)
{
	struct fail f = FAIL_INIT;

	if (!remember(e, true, &f))
		log_warn("%s", f.text);
}

void engine_look_at_wording(struct engine *e, bool all)
{
	struct catalogs *catalogs = host_catalogs(e->host);

	wording_look(e->wording, catalogs, all);
	catalogs_unref(catalogs);
}

static void refresh(struct engine *e)
{
	bool changed = themes_reload(e->themes);

	tell_themes(e);
	if (!changed)
		return;
	log_info("themes were read again");
	raise_changed(e);
	engine_remember(e);
}

void engine_refresh(struct engine *e)
{
	turn_take(&e->turn);
	refresh(e);
	own_look(e->own);
	turn_end(&e->turn);
}

/* The era is asked for first: one that comes meanwhile is caught up with next time. */
void engine_catch_up(struct engine *e)
{
	struct host *h = e->host;
	uint32_t era = gens_era(h->gens);
	struct fail f = FAIL_INIT;

	if (host_is_current(h) || atomic_load(&h->gives_way))
		return;
	if (!host_catch_up(h, &f)) {
		log_warn("%s", f.text);
		return;
	}
	engine_refresh(e);
	atomic_store(&h->era, era);
}
