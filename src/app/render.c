/* render.c - making the context, asking the feature, making the entry.
 *
 * The counters of configuration, catalogs and themes are copied before any of them is
 * looked at, those of the data by the transaction (store/tx.h): the order is the proof.
 */
#include "app/render.h"

#include "app/config.h"
#include "app/features.h"
#include "app/notice.h"
#include "app/translate.h"
#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "front/front.h"
#include "front/paper.h"
#include "markdown/markdown.h"
#include "unicode/language.h"
#include "web/options.h"
#include "web/reader.h"
#include "work/thread.h"

enum { SMALL_FILE = 256 * KIB };	/* kept in memory like a page */

/* One rendering at work. */
struct work {
	struct engine *e;
	struct ctx cx;
	struct deps deps;
	struct host_tx tx;
	struct catalogs *catalogs;
	struct config *config;
	struct theme *theme;
	struct catalog *catalog;	/* the program's, below the words of theme and site */
	struct marks *marks;		/* for translators, with the catalog that fills them */
	struct catalog *marking;
	struct answer an;
	bool elsewhere;		/* an address of a language that the site does not offer */
};

void rendering_release(struct rendering *r)
{
	entry_drop(r->entry);
	r->entry = NULL;
}

static void work_begin(struct work *w, struct engine *e, struct arena *a, struct str path,
		       struct str query)
{
	struct gens *g = e->host->gens;

	*w = (struct work){ .e = e, .tx = HOST_TX_NONE };
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

static void work_end(struct work *w)
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
static void set_theme(struct work *w, struct str id)
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
static void set_catalog(struct work *w, const struct catalog *core)
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
static void wear_own(struct work *w, const struct site *site)
{
	struct theme *theme = own_find(w->e->own, site->id, site->dir, w->theme);

	theme_unref(w->theme);
	w->theme = theme;
	w->cx.theme = theme;
}

static bool begin_site(struct work *w, const struct site *site, struct fail *f)
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
static void begin_host(struct work *w, const struct catalog *catalog)
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

/* A small file becomes an entry, so that it leaves memory without a worker next time. */
static bool read_small(struct work *w, struct rendering *ret, struct fail *f)
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

static bool finish(struct work *w, struct rendering *ret, struct fail *f)
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
	ret->cacheable = an->cacheable && (!w->tx.tx || tx_deps(w->tx.tx, &w->deps));
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

static bool show_options(struct ctx *cx, struct answer *an)
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

bool render_is_options(struct str path)
{
	return str_starts(path, STR("/_/options-")) && str_ends(path, STR(".css"));
}

/* Who follows a link to a language that is no longer offered, or to the site's own by the
 * longer way, finds the page. */
static bool show_elsewhere(struct work *w, struct fail *f)
{
	struct ctx *cx = &w->cx;
	struct str lang, to = cx->path;

	if (w->elsewhere && (!reader_split(cx->path, &lang, &to) || !language_valid(lang)))
		return front_error(cx, 404, str_of(notice_sentence(cx->catalog, 404)), STR(""),
				   true, &w->an, f);
	cx->prefix = STR_NONE;
	to = ctx_absolute(cx, to);
	if (cx->query.n)
		to = arena_printf(cx->arena, "%.*s?%.*s", STR_ARG(to), STR_ARG(cx->query));
	answer_moved(cx, &w->an, to);
	w->an.status = w->elsewhere ? 302 : 301;
	return true;
}

/* A file of a theme that the site changed: like one of a theme, but of this site alone. */
static bool show_own(struct ctx *cx, struct answer *an)
{
	bool current;
	const struct asset *as = theme_asset(cx->theme, str_skip(cx->path, sizeof ASSET_OWN - 1),
					     &current);

	if (!as)
		return false;
	answer_text(an, as->type, as->bytes);
	an->compress = as->gzip.n > 0;
	an->cacheable = current;
	an->head = current ? STR("Cache-Control: public, max-age=31536000, immutable\r\n"
				 "X-Content-Type-Options: nosniff\r\n")
		: STR("Cache-Control: public, max-age=60\r\n"
		      "X-Content-Type-Options: nosniff\r\n");
	return true;
}

/* "/archive" and "/search?q=rain", typed without the slash: where that leads somewhere. */
static bool show_slashed(struct work *w, bool *is_there, struct fail *f)
{
	struct ctx cx = w->cx;
	const struct route *route;
	struct answer an = { .status = 200 };
	struct str to;

	*is_there = false;
	if (str_ends(cx.path, STR("/")))
		return true;
	cx.path = arena_printf(cx.arena, "%.*s/", STR_ARG(cx.path));
	route = features_route(&cx);
	if (!route)
		return true;
	if (!route->show(&cx, &an, f))
		return false;
	if (an.not_found || an.status != 200)
		return true;
	to = ctx_absolute(&cx, reader_path(&cx, cx.path));
	if (render_heeds_query(cx.path) && cx.query.n)
		to = arena_printf(cx.arena, "%.*s?%.*s", STR_ARG(to), STR_ARG(cx.query));
	answer_moved(&cx, &w->an, to);
	*is_there = true;
	return true;
}

static bool show(struct work *w, struct fail *f)
{
	const struct route *route;

	if (str_starts(w->cx.path, STR(ASSET_OWN)) && show_own(&w->cx, &w->an))
		return true;
	if (render_is_options(w->cx.path))
		return show_options(&w->cx, &w->an);
	if (w->elsewhere || (w->cx.prefix.n && str_eq(w->cx.lang, w->cx.settings.lang)))
		return show_elsewhere(w, f);
	route = features_route(&w->cx);
	if (route && !route->show(&w->cx, &w->an, f))
		return false;
	if (route && !w->an.not_found)
		return true;

	int status = route ? w->an.status : 404;
	bool is_there = false;

	if (status == 404 && !show_slashed(w, &is_there, f))
		return false;
	if (is_there)
		return true;

	return front_error(&w->cx, status, str_of(notice_sentence(w->cx.catalog, status)), STR(""),
			   status == 404, &w->an, f);
}

static bool make_page(struct work *w, struct rendering *ret, struct fail *f)
{
	if (!show(w, f) && !features_explain(&w->cx, f, &w->an))
		return false;
	reader_keep(&w->cx, &w->an);
	features_finish(&w->cx, &w->an);
	return finish(w, ret, f);
}

static bool tell_where(const struct site *site, struct str path, struct fail *f)
{
	/* The one sentence for all pages of a damaged site, so that the log has it once. */
	if (f->code == FAIL_CORRUPT)
		return fail_in(f, "%.*s", STR_ARG(site->host));
	return fail_in(f, "%.*s%.*s", STR_ARG(site->host), STR_ARG(path));
}

bool render_site(struct engine *e, struct arena *a, const struct site *site, struct str path,
		 struct str query, struct rendering *ret, struct fail *f)
{
	struct work w;
	bool ok;

	work_begin(&w, e, a, path, query);
	ok = begin_site(&w, site, f) && make_page(&w, ret, f);
	work_end(&w);
	return ok || tell_where(site, path, f);
}

/* ---- many pages of a site ---- */

struct render_sitting {
	struct engine *e;
	const struct site *site;
	struct arena *arena;		/* of what pages have in common */
	struct ctx_common common;
	struct work w;
	bool begun;
	struct ctx cx;			/* as it was before the first page */
	struct str lang;		/* that its pages are read in; empty: the site's */
	uint32_t n_deps, n_read;	/* what all depend on: of w.deps, of the transaction */
};

struct render_sitting *render_sitting_new(struct engine *e, const struct site *site)
{
	struct render_sitting *s = MEM_NEW(struct render_sitting);

	s->e = e;
	s->site = site;
	s->arena = arena_new(0);
	return s;
}

static void rise(struct render_sitting *s)
{
	if (s->begun)
		work_end(&s->w);
	s->begun = false;
}

void render_sitting_end(struct render_sitting *s)
{
	if (!s)
		return;
	rise(s);
	arena_free(s->arena);
	mem_free(s);
}

/* The next page can be made from what was looked up for the last: it is in the same language, and
 * nothing that they have in common, and nothing in the database, has changed since. */
static bool is_true_still(struct render_sitting *s, struct str lang)
{
	const struct deps common = { s->w.deps.p, s->n_deps, s->n_deps };

	return s->begun && !s->w.elsewhere && !s->e->translate && str_eq(lang, s->lang)
		&& deps_fresh(&common, s->e->host->gens) && tx_back(s->w.tx.tx, s->n_read);
}

static bool sit_down(struct render_sitting *s, struct str path, struct str lang, struct fail *f)
{
	rise(s);
	arena_reset(s->arena);
	s->common = (struct ctx_common){ .arena = s->arena };
	s->lang = arena_str(s->arena, lang);
	work_begin(&s->w, s->e, s->arena, arena_str(s->arena, path), STR(""));
	s->begun = true;
	s->w.cx.common = &s->common;
	if (!begin_site(&s->w, s->site, f))
		return false;
	s->cx = s->w.cx;
	s->n_deps = s->w.deps.n;
	s->n_read = tx_mark(s->w.tx.tx);
	return true;
}

bool render_sitting_page(struct render_sitting *s, struct arena *a, struct str path,
			 struct rendering *ret, struct fail *f)
{
	struct work *w = &s->w;
	struct str lang = STR_NONE, rest = path;
	bool ok;

	reader_split(path, &lang, &rest);
	ok = is_true_still(s, lang) || sit_down(s, path, lang, f);
	if (ok) {
		w->deps.n = s->n_deps;
		w->an = (struct answer){ .status = 0 };
		w->cx = s->cx;
		w->cx.arena = a;
		w->cx.path = w->elsewhere ? path : rest;
		w->cx.now = date_now();
		ok = make_page(w, ret, f);
	}
	if (ok)
		return true;
	rise(s);
	return tell_where(s->site, path, f);
}

bool render_front(struct engine *e, struct arena *a, const struct catalog *catalog,
		  struct str query, struct rendering *ret, struct fail *f)
{
	struct registry *r = e->host->registry;
	struct work w;
	bool ok;

	work_begin(&w, e, a, STR("/"), query);
	begin_host(&w, catalog);
	ok = registry_begin(r, TX_READ, &w.tx, f);
	w.cx.tx = w.tx.tx;
	ok = ok && front_show(&w.cx, w.catalogs, registry_base(r), &w.an, f) && finish(&w, ret, f);
	if (ok)
		ret->on_disk = false;
	work_end(&w);
	return ok;
}

static enum paper_log log_of(const struct config *c)
{
	if (!c->access_log.n)
		return PAPER_LOG_NOTHING;
	if (str_eq(c->access_address, STR("full")))
		return PAPER_LOG_ADDRESSES;
	return str_eq(c->access_address, STR("network")) ? PAPER_LOG_NETWORKS
	     : PAPER_LOG_REQUESTS;
}

static bool show_text(struct work *w, const struct texts *texts, struct str name, bool slash,
		      struct fail *f)
{
	const struct config *c = w->config;
	const struct paper_facts facts = { c->operator, c->address, c->responsible, c->place,
					   log_of(c) };
	const struct text *text = texts_find(texts, name, w->cx.lang);
	struct str to = arena_printf(w->cx.arena, "%.*s/%.*s/%s%.*s", STR_ARG(w->cx.origin),
				     STR_ARG(name), w->cx.query.n ? "?" : "",
				     STR_ARG(w->cx.query));

	if (!slash) {
		answer_moved(&w->cx, &w->an, to);
		return true;
	}
	if (!text)
		return front_error(&w->cx, 404, str_of(notice_sentence(w->cx.catalog, 404)),
				   STR(""), false, &w->an, f);
	return paper_show(&w->cx, text, &facts, w->catalogs, &w->an, f);
}

static bool show_paper(struct work *w, struct fail *f)
{
	struct texts *texts = host_texts(w->e->host);
	struct str path = w->cx.path, name;
	bool slash = false, ok = true;

	if (paper_at(path, &name, &slash))
		ok = show_text(w, texts, name, slash, f);
	else if (str_eq(path, STR("/robots.txt")))
		paper_robots(&w->cx, &w->an);
	else
		paper_sitemap(&w->cx, &w->an);
	texts_unref(texts);
	return ok;
}

bool render_is_paper(struct str path)
{
	struct str name;
	bool slash;

	return paper_at(path, &name, &slash) || str_eq(path, STR("/robots.txt"))
		|| str_eq(path, STR("/sitemap.xml"));
}

bool render_paper(struct engine *e, struct arena *a, const struct catalog *catalog,
		  struct str path, struct str query, struct rendering *ret, struct fail *f)
{
	struct work w;
	bool ok;

	work_begin(&w, e, a, path, query);
	begin_host(&w, catalog);
	ok = show_paper(&w, f) && finish(&w, ret, f);
	if (ok)
		ret->on_disk = false;
	work_end(&w);
	return ok || fail_in(f, "%.*s", STR_ARG(path));
}

bool render_watched(struct engine *e, struct arena *a, const struct site *site, struct str path,
		    struct str query, const struct ctx_watch *watch, struct fail *f)
{
	struct registry *r = e->host->registry;
	struct work w;
	bool ok;

	work_begin(&w, e, a, path, query);
	w.cx.watch = watch;
	if (site) {
		ok = begin_site(&w, site, f) && show(&w, f);
	} else {
		begin_host(&w, NULL);
		ok = registry_begin(r, TX_READ, &w.tx, f);
		w.cx.tx = w.tx.tx;
		ok = ok && front_show(&w.cx, w.catalogs, registry_base(r), &w.an, f);
	}
	work_end(&w);
	return ok;
}

bool render_options(struct engine *e, struct arena *a, struct str path, struct rendering *ret,
		    struct fail *f)
{
	struct work w;
	bool ok;

	work_begin(&w, e, a, path, STR(""));
	begin_host(&w, NULL);
	ok = show_options(&w.cx, &w.an) && finish(&w, ret, f);
	work_end(&w);
	return ok;
}

static struct str error_message(const struct catalog *c, enum found_kind kind, int status)
{
	if (kind == FOUND_NOTHING)
		return str_of(tr(c, "There is no site with this name."));
	if (kind == FOUND_SITE && status == 410)
		return str_of(tr(c, "This site was removed."));
	return str_of(notice_sentence(c, status));
}

bool render_error(struct engine *e, struct arena *a, const struct found *found,
		  const struct catalog *catalog, struct rendering *ret, struct fail *f)
{
	const struct site *site = found->site;
	int status = site ? site->status : 404;
	struct str reason = site ? site->reason : STR("");
	struct work w;
	bool ok;

	work_begin(&w, e, a, STR("/"), STR(""));
	if (site && catalogs_find(w.catalogs, site->lang))
		catalog = catalogs_find(w.catalogs, site->lang);
	begin_host(&w, catalog);
	ok = front_error(&w.cx, status, error_message(catalog, found->kind, status), reason, false,
			 &w.an, f) && finish(&w, ret, f);
	work_end(&w);
	return ok;
}

struct cache_key render_key(uint64_t site, struct str path)
{
	struct cache_key key = { site, path, STR_NONE, false };

	reader_split(path, &key.lang, &key.path);
	return key;
}

bool render_heeds_query(struct str path)
{
	struct str lang;

	reader_split(path, &lang, &path);
	return str_eq(path, STR("/search/")) || str_eq(path, STR("/search"));
}
