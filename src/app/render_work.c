/* render_work.c - the beginning and the end of every rendering: the context and the entry. */
#include "app/render_impl.h"

#include "app/translate.h"
#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "markdown/markdown.h"
#include "web/options.h"
#include "web/reader.h"
#include "work/thread.h"

enum { SMALL_FILE = 256 * KIB };	/* kept in memory like a page */

void render_work_begin(struct render_work *w, struct engine *e, struct arena *a,
		       struct str path, struct str query)
{
	struct gens *g = e->host->gens;

	*w = (struct render_work){ .e = e, .tx = HOST_TX_NONE };
	deps_add(&w->deps, g, gens_slot(0, GEN_EPOCH, 0));
	deps_add(&w->deps, g, gens_slot(0, GEN_CONFIG, 0));
	w->catalogs = host_catalogs(e->host);
	w->config = host_config(e->host);
	w->cx = (struct ctx){ .arena = a, .path = path, .query = query, .now = date_now(),
			      .scheme = e->scheme, .port = e->port,
			      .images = path_join(a, e->host->data, STR("cache/images")),
			      .contact = w->config->contact, .zone = "UTC",
			      .host = registry_base(e->host->registry) };
}

void render_work_end(struct render_work *w)
{
	registry_end(&w->tx);
	theme_unref(w->theme);
	catalog_unref(w->marking);
	catalog_unref(w->catalog);
	catalogs_unref(w->catalogs);
	config_unref(w->config);
	deps_release(&w->deps);
}

/* The counters first, then the themes: also of one that is not there and may be tomorrow. */
static void set_theme(struct render_work *w, struct str id)
{
	struct gens *g = w->e->host->gens;

	if (id.n) {
		deps_add(&w->deps, g, engine_theme_slot(id));
		w->theme = themes_find(w->e->themes, id);
	}
	if (!w->theme) {
		deps_add(&w->deps, g, engine_theme_slot(themes_default_id(w->e->themes)));
		w->theme = themes_default(w->e->themes);
	}
	w->cx.theme = w->theme;
}

/* Site over theme over program. */
static void set_catalog(struct render_work *w, const struct catalog *core)
{
	struct ctx *cx = &w->cx;
	struct catalogs *words = cx->site ? wording_get(w->e->wording, cx->site, w->catalogs)
			       : NULL;
	const struct catalog *own = words ? catalogs_find(words, cx->lang) : NULL;
	struct catalog *under = words_over(theme_words(w->theme), cx->lang, catalog_ref(core));

	w->catalog = own && catalog_count(own) ? catalog_over(own, under) : catalog_ref(under);
	cx->catalog = w->catalog;
	if (w->e->translate) {
		w->marks = marks_new(cx->arena);
		w->marking = catalog_marking(w->catalog, w->marks);
		cx->catalog = w->marking;
	}
	catalog_unref(under);
	catalogs_unref(words);
}

/* The theme with the site's own files on top. */
static void wear_own(struct render_work *w, const struct site *site)
{
	struct theme *theme = own_find(w->e->own, site->id, site->dir, w->theme);

	theme_unref(w->theme);
	w->theme = theme;
	w->cx.theme = theme;
}

bool render_work_site(struct render_work *w, const struct site *site, struct fail *f)
{
	struct ctx *cx = &w->cx;

	deps_add_all(&w->deps, &site->deps);
	deps_add(&w->deps, w->e->host->gens, gens_slot(site->id, GEN_OWN, 0));
	cx->site = site;
	cx->origin = ctx_elsewhere(cx, site->host, STR(""));
	if (!registry_begin_site(w->e->host->registry, site, TX_READ, &w->tx, f))
		return false;
	cx->tx = w->tx.tx;
	if (!settings_load(cx->arena, cx->tx, &cx->settings, f))
		return false;
	if (cx->settings.title.n == 0)
		cx->settings.title = site->shown;
	cx->zone = arena_cstr(cx->arena, cx->settings.timezone);
	cx->lang = cx->settings.lang;
	cx->settings.title = markdown_line(cx->arena, cx->settings.title, cx->lang);
	cx->settings.tagline = markdown_line(cx->arena, cx->settings.tagline, cx->lang);
	if (w->e->translate)
		cx->settings.languages = translate_languages(cx->arena, w->catalogs);
	reader_offer(cx, w->catalogs);
	w->elsewhere = !reader_choose(cx);
	set_theme(w, cx->settings.theme);
	wear_own(w, site);
	set_catalog(w, catalogs_find(w->catalogs, cx->lang));
	return true;
}

/* A page without a site: of the host, in a language. */
void render_work_host(struct render_work *w, const struct catalog *catalog)
{
	struct str base = registry_base(w->e->host->registry);
	struct ctx *cx = &w->cx;

	cx->settings = (struct settings){ .title = w->config->title.n ? w->config->title : base,
					  .posts_per_page = 10 };
	cx->lang = catalog_lang(catalog);
	cx->origin = ctx_elsewhere(cx, base, STR(""));
	set_theme(w, STR(""));
	set_catalog(w, catalog);
}

bool render_work_options(struct ctx *cx, struct answer *an)
{
	struct str css = options_css(cx);

	answer_text(an, STR("text/css; charset=utf-8"), css);
	/* An older page may ask for older options: these will do, but under one name only they
	 * are kept, or anybody could fill the cache with names. */
	an->cacheable = str_eq(cx->path, options_path(cx, css));
	if (an->cacheable)
		an->head = STR("Cache-Control: public, max-age=31536000, immutable\r\n"
			       "X-Content-Type-Options: nosniff\r\n");
	return true;
}

/* A small file becomes an entry, so that it leaves memory without a worker next time. */
static bool read_small(struct render_work *w, struct rendering *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(SMALL_FILE);
	struct fail large = FAIL_INIT;

	ret->file = w->an.file;
	ret->type = w->an.type;
	ret->head = w->an.head;
	ret->etag = w->an.etag;
	if (!file_read(w->an.file, &b, &large))
		return large.code == FAIL_TOO_LARGE || fail(f, large.code, "%s", large.text);
	ret->file = NULL;
	w->an.body = arena_str(w->cx.arena, buf_str(&b));
	w->an.cacheable = true;
	return true;
}

bool render_work_finish(struct render_work *w, struct rendering *ret, struct fail *f)
{
	struct answer *an = &w->an;
	struct entry_parts parts;

	if (w->marks && !an->file) {
		translate_page(w->e, &w->cx, w->marks, w->catalog, an);
		an->cacheable = false;
	}
	*ret = (struct rendering){ NULL };
	if (an->file && (!read_small(w, ret, f) || ret->file))
		return ret->file != NULL;
	ret->cacheable = an->cacheable && (!w->tx.tx || tx_deps(w->tx.tx, &w->deps))
		&& host_is_current(w->e->host);
	ret->on_disk = ret->cacheable && !an->file && an->status == 200;
	parts = (struct entry_parts){
		.status = an->status, .site = w->cx.site ? w->cx.site->id : 0, .type = an->type,
		.head = an->head, .body = an->body, .compress = an->compress, .deps = &w->deps,
		.last_modified = an->last_modified,
	};
	thread_give_way();		/* packing is a fifth of a page */
	ret->entry = entry_make(&parts);
	return true;
}
