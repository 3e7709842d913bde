/* queries.c - see queries.h. */
#include "web/queries.h"

#include "content/list.h"
#include "content/term.h"
#include "unicode/slug.h"
#include "web/options.h"
#include "web/view.h"

/* "$news_tag" is what the site chose for that option. */
static struct str resolve(struct ctx *cx, struct str given)
{
	return str_starts(given, STR("$")) ? options_one(cx, str_skip(given, 1)) : given;
}

/* *list < 0: the tag has no posts. */
static bool find_list(struct ctx *cx, struct str tag, int64_t *list, struct fail *f)
{
	struct term *term;

	*list = 0;
	if (!tag.n)
		return true;
	if (!term_named(cx->arena, cx->tx, TERM_TAG, slug_make(cx->arena, tag, 80), &term, f))
		return false;
	*list = term ? term->id : -1;
	return true;
}

static bool find_posts(struct ctx *cx, const struct manifest_query *q, struct post_list *ret,
		       struct fail *f)
{
	int64_t list;

	if (!find_list(cx, resolve(cx, q->tag), &list, f))
		return false;
	if (list < 0)
		return true;
	return q->order == MANIFEST_OLDEST
		? list_bottom(cx->arena, cx->tx, list, q->limit, ret, f)
		: list_top(cx->arena, cx->tx, list, q->limit, ret, f);
}

static bool find_pages(struct ctx *cx, const struct manifest_query *q, struct post_list *ret,
		       struct fail *f)
{
	static const enum post_order orders[] = {
		[MANIFEST_USUAL] = POST_BY_WEIGHT, [MANIFEST_NEWEST] = POST_NEWEST,
		[MANIFEST_OLDEST] = POST_OLDEST, [MANIFEST_MOST_DISCUSSED] = POST_NEWEST,
	};
	struct str folder = resolve(cx, q->section);

	/* An option may hold anything; what is no folder has no pages. */
	if (!str_starts(folder, STR("/")) || !str_ends(folder, STR("/")))
		return true;
	return post_pages(cx->arena, cx->tx, folder, orders[q->order], q->limit, ret, f);
}

bool queries_value(struct ctx *cx, struct str template, struct value *page, struct fail *f)
{
	const struct manifest *m = theme_manifest(cx->theme);
	struct value *queries = value_map(cx->arena), *has = value_map(cx->arena);
	uint32_t asks = theme_asks(cx->theme, template);

	for (size_t i = 0; i < m->n_queries; i++) {
		const struct manifest_query *q = &m->queries[i];
		struct post_list found = { NULL, 0 };

		if (!(asks & (1u << i)))
			continue;
		if (!(q->kind == MANIFEST_PAGES ? find_pages(cx, q, &found, f)
		      : find_posts(cx, q, &found, f)))
			return false;
		value_set_str(queries, q->name, view_posts(cx, &found, false));
		value_set_str(has, q->name, value_bool(cx->arena, found.n > 0));
	}
	value_set(page, "queries", queries);
	value_set(page, "has_queries", has);
	return true;
}
