/* render.c - the page of a site: asking the feature whose route it is. */
#include "app/render_impl.h"

#include "app/features.h"
#include "app/notice.h"
#include "front/front.h"
#include "unicode/language.h"
#include "web/reader.h"

void rendering_release(struct rendering *r)
{
	entry_drop(r->entry);
	r->entry = NULL;
}

bool render_is_options(struct str path)
{
	return str_starts(path, STR("/_/options-")) && str_ends(path, STR(".css"));
}

/* Who follows a link to a language that is no longer offered, or to the site's own by the
 * longer way, finds the page. */
static bool show_elsewhere(struct render_work *w, struct fail *f)
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
static bool show_slashed(struct render_work *w, bool *is_there, struct fail *f)
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

static bool show(struct render_work *w, struct fail *f)
{
	const struct route *route;

	if (str_starts(w->cx.path, STR(ASSET_OWN)) && show_own(&w->cx, &w->an))
		return true;
	if (render_is_options(w->cx.path))
		return render_work_options(&w->cx, &w->an);
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

bool render_work_page(struct render_work *w, struct rendering *ret, struct fail *f)
{
	if (!show(w, f) && !features_explain(&w->cx, f, &w->an))
		return false;
	reader_keep(&w->cx, &w->an);
	features_finish(&w->cx, &w->an);
	return render_work_finish(w, ret, f);
}

bool render_work_where(const struct site *site, struct str path, struct fail *f)
{
	/* The one sentence for all pages of a damaged site, so that the log has it once. */
	if (f->code == FAIL_CORRUPT)
		return fail_in(f, "%.*s", STR_ARG(site->host));
	return fail_in(f, "%.*s%.*s", STR_ARG(site->host), STR_ARG(path));
}

bool render_site(struct engine *e, struct arena *a, const struct site *site, struct str path,
		 struct str query, struct rendering *ret, struct fail *f)
{
	struct render_work w;
	bool ok;

	render_work_begin(&w, e, a, path, query);
	ok = render_work_site(&w, site, f) && render_work_page(&w, ret, f);
	render_work_end(&w);
	return ok || render_work_where(site, path, f);
}

bool render_watched(struct engine *e, struct arena *a, const struct site *site, struct str path,
		    struct str query, const struct ctx_watch *watch, struct fail *f)
{
	struct registry *r = e->host->registry;
	struct render_work w;
	bool ok;

	render_work_begin(&w, e, a, path, query);
	w.cx.watch = watch;
	if (site) {
		ok = render_work_site(&w, site, f) && show(&w, f);
	} else {
		render_work_host(&w, NULL);
		ok = registry_begin(r, TX_READ, &w.tx, f);
		w.cx.tx = w.tx.tx;
		ok = ok && front_show(&w.cx, w.catalogs, registry_base(r), &w.an, f);
	}
	render_work_end(&w);
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
