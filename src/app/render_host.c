/* render_host.c - the pages of the host itself, and those that stand for a site. */
#include "app/render_impl.h"

#include "app/notice.h"
#include "front/front.h"
#include "front/paper.h"

bool render_front(struct engine *e, struct arena *a, const struct catalog *catalog,
		  struct str query, struct rendering *ret, struct fail *f)
{
	struct registry *r = e->host->registry;
	struct render_work w;
	bool ok;

	render_work_begin(&w, e, a, STR("/"), query);
	render_work_host(&w, catalog);
	ok = registry_begin(r, TX_READ, &w.tx, f);
	w.cx.tx = w.tx.tx;
	ok = ok && front_show(&w.cx, w.catalogs, registry_base(r), &w.an, f)
		&& render_work_finish(&w, ret, f);
	if (ok)
		ret->on_disk = false;
	render_work_end(&w);
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

static bool show_text(struct render_work *w, const struct texts *texts, struct str name,
		      bool slash, struct fail *f)
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

static bool show_paper(struct render_work *w, struct fail *f)
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
	struct render_work w;
	bool ok;

	render_work_begin(&w, e, a, path, query);
	render_work_host(&w, catalog);
	ok = show_paper(&w, f) && render_work_finish(&w, ret, f);
	if (ok)
		ret->on_disk = false;
	render_work_end(&w);
	return ok || fail_in(f, "%.*s", STR_ARG(path));
}

bool render_options(struct engine *e, struct arena *a, struct str path, struct rendering *ret,
		    struct fail *f)
{
	struct render_work w;
	bool ok;

	render_work_begin(&w, e, a, path, STR(""));
	render_work_host(&w, NULL);
	ok = render_work_options(&w.cx, &w.an) && render_work_finish(&w, ret, f);
	render_work_end(&w);
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
	struct render_work w;
	bool ok;

	render_work_begin(&w, e, a, STR("/"), STR(""));
	if (site && catalogs_find(w.catalogs, site->lang))
		catalog = catalogs_find(w.catalogs, site->lang);
	render_work_host(&w, catalog);
	ok = front_error(&w.cx, status, error_message(catalog, found->kind, status), reason, false,
			 &w.an, f) && render_work_finish(&w, ret, f);
	render_work_end(&w);
	return ok;
}
