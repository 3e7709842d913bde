/* search.c - /search/?q=rain&page=2. Never cached: what people ask for has no end. */
#include "search/search.h"

#include "base/utf8.h"
#include "fulltext/fulltext.h"
#include "http/query.h"
#include "http/url.h"
#include "web/view.h"

enum { SEARCH_PAGE = 10, SEARCH_PAGES = 50, SEARCH_LONGEST = 200 };

static struct str page_url(struct ctx *cx, struct str query, int64_t number)
{
	CLEANUP(buf_release) struct buf b = BUF(4096);

	buf_adds(&b, "/search/?q=");
	url_encode(&b, query);
	if (number > 1)
		buf_addf(&b, "&page=%lld", (long long)number);
	return arena_str(cx->arena, buf_str(&b));
}

static struct value *pager(struct ctx *cx, struct str query, int64_t number, int64_t total)
{
	struct value *m = value_map(cx->arena);
	bool more = number * SEARCH_PAGE < total && number < SEARCH_PAGES;

	value_set_bool(m, "has_newer", number > 1);
	value_set_bool(m, "has_older", more);
	if (number > 1)
		value_set_url(m, "newer_url", page_url(cx, query, number - 1));
	if (more)
		value_set_url(m, "older_url", page_url(cx, query, number + 1));
	return m;
}

static bool result(struct ctx *cx, const struct fulltext_hit *hit, struct value *list,
		   struct fail *f)
{
	struct value *m = value_map(cx->arena);
	struct post *p;

	if (!post_briefly(cx->arena, cx->tx, hit->id, &p, f))
		return false;
	if (!p || p->status != POST_PUBLISHED)
		return true;
	value_set_html(m, "title", hit->title.s.n ? hit->title : html_escape(cx->arena, p->path));
	value_set_html(m, "snippet", hit->snippet);
	value_set_url(m, "url", p->path);
	value_set_bool(m, "has_date", p->kind == POST_POST);
	value_set_text(m, "lang", view_lang(cx, p));
	view_date(cx, m, "date", p->published_at);
	value_list_add(list, m);
	return true;
}

static bool search_show(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct page_about about = { .title = str_of(tr(cx->catalog, "Search")),
				    .path = STR("/search/"), .no_index = true };
	struct str query = str_trim(query_get(cx->arena, cx->query, STR("q")));
	struct value *page, *list = value_list(cx->arena);
	struct fulltext_query q = { .limit = SEARCH_PAGE };
	struct fulltext_hits hits;
	int64_t number = 1;

	query = utf8_cut(query, SEARCH_LONGEST);
	if (!route_number(query_get(cx->arena, cx->query, STR("page")), &number)
	    || number > SEARCH_PAGES)
		number = 1;
	q.words = query;
	q.skip = (int)(number - 1) * SEARCH_PAGE;
	if (!fulltext_search(cx->arena, cx->tx, &q, &hits, f) || !view_page(cx, &about, &page, f))
		return false;
	for (size_t i = 0; i < hits.n; i++)
		if (!result(cx, &hits.p[i], list, f))
			return false;
	value_set_text(page, "query", query);
	value_set_bool(page, "has_query", query.n > 0);
	value_set(page, "results", list);
	value_set_bool(page, "has_results", value_length(list) > 0);
	value_set_text(page, "count_label",
		       ctx_say(cx, trn(cx->catalog, "%d result", "%d results",
				       (uint64_t)hits.total), (int)hits.total));
	value_set(page, "pager", pager(cx, query, number, hits.total));
	if (!view_render(cx, "search", page, ret, f))
		return false;
	ret->cacheable = false;
	return true;
}

static const struct route routes[] = {
	{ "/search/", search_show, "q page", 0 },
	{ NULL, NULL, NULL, 0 },
};

const struct feature search_feature = { .name = "search", .routes = routes };
