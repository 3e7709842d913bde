/* lists.c - one page of a list is one shelf (content/list.h); the top page shows the
 * newest shelf, and the one before while the newest is not full.
 *
 * A page looks one shelf to either side for its links, and no further: a list of a
 * thousand pages does not become stale because it gets another one.
 */
#include "blog/lists.h"

#include "base/limits.h"
#include "content/list.h"
#include "content/term.h"
#include "unicode/language.h"

enum { LIST_FULL_MOST = LIMIT_PAGE / 4 };

/* What the list is: whose, where, and how its pages are called. */
struct list {
	int64_t id;
	struct str folder;		/* "/" or "/tag/rain/" */
	const struct term *term;	/* NULL: the home of the site */
	int64_t last;			/* its newest shelf; only known for the top page */
};

static struct str page_path(struct ctx *cx, const struct list *l, int64_t shelf)
{
	return arena_printf(cx->arena, "%.*spage/%lld/", STR_ARG(l->folder), (long long)shelf);
}

/* The next shelf in a direction that holds anything; 0: none. Upward, how long the list is
 * matters only when the shelf right above is empty. */
static bool next_shelf(struct ctx *cx, const struct list *l, int64_t from, int64_t step,
		       int64_t *ret, struct fail *f)
{
	int64_t last = from + 1;
	bool found = false;

	*ret = 0;
	for (int64_t k = from + step; k >= 1 && k <= last; k += step) {
		if (!list_has_shelf(cx->tx, l->id, k, &found, f)
		    || (!found && step > 0 && !list_last_shelf(cx->tx, l->id, &last, f)))
			return false;
		if (found) {
			*ret = k;
			return true;
		}
	}
	return true;
}

/* Where "newer" and "older" lead; empty: nowhere. */
static void set_pager(struct value *page, struct str newer, struct str older)
{
	struct value *pager = (struct value *)value_find(page, STR("pager"));

	value_set_bool(pager, "has_newer", newer.n > 0);
	value_set_bool(pager, "has_older", older.n > 0);
	if (newer.n)
		value_set_url(pager, "newer_url", newer);
	if (older.n)
		value_set_url(pager, "older_url", older);
}

/* The language behind a language's list, as people call it. */
static struct str term_title(struct ctx *cx, const struct list *l)
{
	if (!l->term)
		return STR_NONE;
	if (l->term->kind == TERM_LANG)
		return language_name(cx->arena, l->term->slug, cx->lang);
	return l->term->name;
}

static bool begin(struct ctx *cx, const struct list *l, int64_t shelf, struct value **page,
		  struct fail *f)
{
	struct str title = term_title(cx, l);
	struct page_about about = {
		.title = title,
		.path = shelf ? page_path(cx, l, shelf) : l->folder,
		.description = l->term ? STR_NONE : cx->settings.tagline,
		.feed = l->folder,
		.feed_title = title.n ? title : cx->settings.title,
	};

	if (shelf)
		about.title = title.n ? ctx_say(cx, tr(cx->catalog, "%1$s – page %2$d"), title.p,
						(int)shelf)
			      : ctx_say(cx, tr(cx->catalog, "Page %d"), (int)shelf);
	if (!view_page(cx, &about, page, f))
		return false;
	value_set_bool(*page, "is_home", !l->term && !shelf);
	value_set_bool(*page, "is_list", true);
	value_set_bool(*page, "is_top", !shelf);
	value_set_bool(*page, "is_tag", l->term && l->term->kind == TERM_TAG);
	value_set_bool(*page, "is_author", l->term && l->term->kind == TERM_AUTHOR);
	value_set_bool(*page, "is_language", l->term && l->term->kind == TERM_LANG);
	if (l->term)
		value_set(*page, "term", shelf ? view_term_link(cx, l->term)
				: view_term(cx, l->term));
	value_set_text(*page, "list_title", title.n ? title : cx->settings.title);
	value_set_url(*page, "feed_url",
		      arena_printf(cx->arena, "%.*satom.xml", STR_ARG(l->folder)));
	value_set(*page, "pager", value_map(cx->arena));
	return true;
}

/* Whole texts, as long as a page can hold them: then the beginnings. */
static void shorten(struct post_list *posts)
{
	size_t total = 0;

	for (size_t i = 0; i < posts->n; i++) {
		total += posts->p[i].html.s.n;
		if (total > LIST_FULL_MOST)
			posts->p[i].html = posts->p[i].excerpt;
	}
}

static bool show(struct ctx *cx, const struct list *l, struct value *page,
		 struct post_list *posts, struct answer *ret, struct fail *f)
{
	shorten(posts);
	value_set(page, "posts", view_posts(cx, posts, cx->settings.full_posts));
	value_set_bool(page, "has_posts", posts->n > 0);
	return view_render(cx, l->term ? "list" : "home", page, ret, f);
}

static void append(struct ctx *cx, struct post_list *to, const struct post_list *more)
{
	struct post *p = arena_array(cx->arena, to->n + more->n + 1, sizeof *p);

	for (size_t i = 0; i < to->n; i++)
		p[i] = to->p[i];
	for (size_t i = 0; i < more->n; i++)
		p[to->n + i] = more->p[i];
	to->p = p;
	to->n += more->n;
}

static bool load_shelf(struct ctx *cx, const struct list *l, int64_t shelf, struct post_list *ret,
		       struct fail *f)
{
	return list_shelf(cx->arena, cx->tx, l->id, shelf, cx->settings.serial,
			  cx->settings.full_posts, ret, f);
}

/* In a serial: the first shelf that holds anything, and the one to read on with. */
static bool first_shelf(struct ctx *cx, const struct list *l, struct post_list *posts,
			int64_t *older, struct fail *f)
{
	int64_t first;

	return next_shelf(cx, l, 0, 1, &first, f) && load_shelf(cx, l, first, posts, f)
		&& next_shelf(cx, l, first, 1, older, f);
}

/* The shelves of the top page, and where its "older" leads. */
static bool top_shelves(struct ctx *cx, const struct list *l, struct post_list *posts,
			int64_t *older, struct fail *f)
{
	struct post_list more;

	*posts = (struct post_list){ NULL, 0 };
	*older = 0;
	if (l->last == 0)
		return true;
	if (cx->settings.serial)
		return first_shelf(cx, l, posts, older, f);
	if (!load_shelf(cx, l, l->last, posts, f)
	    || !next_shelf(cx, l, l->last, -1, older, f))
		return false;
	if (*older == 0 || posts->n >= (size_t)cx->settings.posts_per_page)
		return true;
	if (!load_shelf(cx, l, *older, &more, f))
		return false;
	append(cx, posts, &more);
	return next_shelf(cx, l, *older, -1, older, f);
}

static bool set_pinned(struct ctx *cx, struct value *page, struct fail *f)
{
	struct post_list pinned;

	if (!post_pinned(cx->arena, cx->tx, &pinned, f))
		return false;
	value_set(page, "pinned", view_posts(cx, &pinned, false));
	value_set_bool(page, "has_pinned", pinned.n > 0);
	return true;
}

static bool top(struct ctx *cx, const struct list *l, struct answer *ret, struct fail *f)
{
	struct post_list posts;
	struct value *page;
	int64_t older;

	if (!top_shelves(cx, l, &posts, &older, f) || !begin(cx, l, 0, &page, f))
		return false;
	set_pager(page, STR_NONE, older ? page_path(cx, l, older) : STR_NONE);
	if (!l->term && !set_pinned(cx, page, f))
		return false;
	return show(cx, l, page, &posts, ret, f);
}

/* The shelf before one, in the reading order; 0: the top page shows it. */
static bool back_shelf(struct ctx *cx, const struct list *l, int64_t shelf, int64_t *ret,
		       struct fail *f)
{
	int64_t first;

	if (!cx->settings.serial)
		return next_shelf(cx, l, shelf, 1, ret, f);
	if (!next_shelf(cx, l, shelf, -1, ret, f) || !next_shelf(cx, l, *ret, -1, &first, f))
		return false;
	if (first == 0)
		*ret = 0;
	return true;
}

static bool numbered(struct ctx *cx, const struct list *l, int64_t shelf, struct answer *ret,
		     struct fail *f)
{
	int64_t step = cx->settings.serial ? 1 : -1, back, on;
	struct post_list posts;
	struct value *page;

	if (!load_shelf(cx, l, shelf, &posts, f))
		return false;
	if (posts.n == 0) {
		answer_not_found(ret);
		return true;
	}
	if (!back_shelf(cx, l, shelf, &back, f) || !next_shelf(cx, l, shelf, step, &on, f)
	    || !begin(cx, l, shelf, &page, f))
		return false;
	set_pager(page, back ? page_path(cx, l, back) : l->folder,
		  on ? page_path(cx, l, on) : STR_NONE);
	return show(cx, l, page, &posts, ret, f);
}

static bool home_list(struct ctx *cx, struct list *l, struct fail *f)
{
	*l = (struct list){ .folder = STR("/") };
	return list_last_shelf(cx->tx, 0, &l->last, f);
}

bool lists_home(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct list l;

	return home_list(cx, &l, f) && top(cx, &l, ret, f);
}

bool lists_home_page(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct list l = { .folder = STR("/") };
	int64_t shelf;

	if (!route_number(cx->args[0], &shelf)) {
		answer_not_found(ret);
		return true;
	}
	return numbered(cx, &l, shelf, ret, f);
}

/* The list of the term in args[0], whose kind is the route's tag. NULL: no such term. A
 * numbered page does not tell how many posts there are, so it needs not change with them. */
static bool term_list(struct ctx *cx, bool top, struct list *l, struct term **term, struct fail *f)
{
	enum term_kind kind = (enum term_kind)cx->tag;
	struct str slug = cx->args[0];

	if (kind == TERM_LANG)
		slug = term_lang_slug(slug, cx->settings.lang);
	if (!(top ? term_find(cx->arena, cx->tx, kind, slug, term, f)
		  : term_named(cx->arena, cx->tx, kind, slug, term, f)))
		return false;
	if (!*term)
		return true;
	(*term)->slug = cx->args[0];
	*l = (struct list){ .id = (*term)->id, .term = *term,
			    .folder = view_term_path(cx->arena, kind, cx->args[0]) };
	return true;
}

bool lists_term(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct term *term;
	struct list l;

	if (!term_list(cx, true, &l, &term, f))
		return false;
	if (!term) {
		answer_not_found(ret);
		return true;
	}
	return list_last_shelf(cx->tx, l.id, &l.last, f) && top(cx, &l, ret, f);
}

bool lists_term_page(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct term *term;
	struct list l;
	int64_t shelf;

	if (!term_list(cx, false, &l, &term, f))
		return false;
	if (!term || !route_number(cx->args[1], &shelf)) {
		answer_not_found(ret);
		return true;
	}
	return numbered(cx, &l, shelf, ret, f);
}

bool lists_terms(struct ctx *cx, struct answer *ret, struct fail *f)
{
	enum term_kind kind = (enum term_kind)cx->tag;
	struct page_about about = {
		.title = str_of(kind == TERM_TAG ? tr(cx->catalog, "Tags")
						 : tr(cx->catalog, "Authors")),
		.path = kind == TERM_TAG ? STR("/tag/") : STR("/author/"),
	};
	struct value *page, *list = value_list(cx->arena);
	struct term *terms;
	size_t n;

	if (!term_all(cx->arena, cx->tx, kind, &terms, &n, f) || !view_page(cx, &about, &page, f))
		return false;
	for (size_t i = 0; i < n; i++)
		value_list_add(list, view_term(cx, &terms[i]));
	value_set(page, "terms", list);
	value_set_bool(page, "has_terms", n > 0);
	return view_render(cx, "terms", page, ret, f);
}

/* The first shelf, from the oldest end, to whose own page a pager leads: none where the top page
 * shows all, and never the one that a serial begins with. */
static bool first_led_to(struct ctx *cx, int64_t list, const int64_t *shelves, size_t n,
			 int64_t *ret, struct fail *f)
{
	int64_t size = 0, last = n ? shelves[n - 1] : 0;
	size_t on_top = 1;

	if (cx->settings.serial) {
		*ret = (n ? shelves[0] : 0) + 1;
		return true;
	}
	if (n > 1 && !list_shelf_size(cx->tx, list, last, &size, f))
		return false;
	if (size < cx->settings.posts_per_page)
		on_top = 2;
	*ret = n > on_top ? 1 : last + 1;
	return true;
}

bool lists_paths(struct ctx *cx, int64_t list, struct str folder, feature_path_fn *tell, void *arg,
		 struct fail *f)
{
	const struct list l = { .id = list, .folder = folder };
	int64_t led_to, *shelves;
	size_t n;

	if (!list_shelves(cx->arena, cx->tx, list, &shelves, &n, f)
	    || !tell(arg, folder, PATH_LED_TO, f)
	    || !first_led_to(cx, list, shelves, n, &led_to, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		enum path_use use = shelves[i] < led_to ? PATH_RARE : PATH_LED_TO;

		if (!tell(arg, page_path(cx, &l, shelves[i]), use, f))
			return false;
	}
	return true;
}
