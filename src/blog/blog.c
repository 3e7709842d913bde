/* blog.c - the tables of the feature. */
#include "blog/blog.h"

#include "blog/archive.h"
#include "blog/lists.h"
#include "blog/posts.h"
#include "content/month.h"
#include "content/term.h"

static const struct route routes[] = {
	{ "/", lists_home, NULL, 0 },
	{ "/page/:number/", lists_home_page, NULL, 0 },
	{ "/start/", posts_start, NULL, 0 },
	{ "/tag/", lists_terms, NULL, TERM_TAG },
	{ "/tag/:tag/", lists_term, NULL, TERM_TAG },
	{ "/tag/:tag/page/:number/", lists_term_page, NULL, TERM_TAG },
	{ "/author/", lists_terms, NULL, TERM_AUTHOR },
	{ "/author/:author/", lists_term, NULL, TERM_AUTHOR },
	{ "/author/:author/page/:number/", lists_term_page, NULL, TERM_AUTHOR },
	{ "/lang/:lang/", lists_term, NULL, TERM_LANG },
	{ "/lang/:lang/page/:number/", lists_term_page, NULL, TERM_LANG },
	{ "/archive/", archive_years, NULL, 0 },
	{ "/archive/:year/", archive_year, NULL, 0 },
	{ "/archive/:year/:month/", archive_month, NULL, 0 },
	{ "/archive/:year/:month/page/:number/", archive_month_page, NULL, 0 },
	{ "/*", posts_show, NULL, 0 },
	{ NULL, NULL, NULL, 0 },
};

static bool text_paths(struct ctx *cx, feature_path_fn *tell, void *arg, struct fail *f)
{
	struct str *paths;
	int64_t after = 0;
	size_t n;

	do {
		if (!post_paths(cx->arena, cx->tx, &after, 200, &paths, &n, f))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!tell(arg, paths[i], PATH_LED_TO, f)
			    || !tell(arg, arena_printf(cx->arena, "%.*s.md",
						       STR_ARG(str_sub(paths[i], 0,
								       paths[i].n - 1))),
				     PATH_SOURCE, f))
				return false;
	} while (n > 0);
	return true;
}

static bool term_paths(struct ctx *cx, enum term_kind kind, feature_path_fn *tell, void *arg,
		       struct fail *f)
{
	struct term *terms;
	size_t n;

	if (!term_all(cx->arena, cx->tx, kind, &terms, &n, f))
		return false;
	if (kind == TERM_LANG && n == 1)	/* the home once more, and nothing leads there */
		return true;
	for (size_t i = 0; i < n; i++) {
		struct str slug = terms[i].slug;

		if (kind == TERM_LANG && str_eq(slug, TERM_OWN_LANG))
			slug = cx->settings.lang;
		if (!lists_paths(cx, terms[i].id, view_term_path(cx->arena, kind, slug), tell, arg,
				 f))
			return false;
	}
	return true;
}

static bool archive_paths(struct ctx *cx, feature_path_fn *tell, void *arg, struct fail *f)
{
	struct month *months;
	size_t n;

	if (!month_all(cx->arena, cx->tx, &months, &n, f)
	    || !tell(arg, STR("/archive/"), PATH_LED_TO, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		int y = months[i].year;

		if ((i == 0 || months[i - 1].year != y)
		    && !tell(arg, arena_printf(cx->arena, "/archive/%04d/", y), PATH_LED_TO, f))
			return false;
		for (int64_t part = 1; part <= month_parts(&months[i]); part++)
			if (!tell(arg, archive_month_path(cx->arena, &months[i], part),
				  PATH_LED_TO, f))
				return false;
	}
	return true;
}

static bool paths(struct ctx *cx, feature_path_fn *tell, void *arg, struct fail *f)
{
	return lists_paths(cx, 0, STR("/"), tell, arg, f)
	       && tell(arg, STR("/tag/"), PATH_LED_TO, f)
	       && tell(arg, STR("/author/"), PATH_RARE, f)
	       && term_paths(cx, TERM_TAG, tell, arg, f)
	       && term_paths(cx, TERM_AUTHOR, tell, arg, f)
	       && term_paths(cx, TERM_LANG, tell, arg, f) && archive_paths(cx, tell, arg, f)
	       && text_paths(cx, tell, arg, f);
}

const struct feature blog_feature = { .name = "blog", .routes = routes, .paths = paths };
