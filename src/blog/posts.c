/* posts.c - one post with what stands around it. */
#include "blog/posts.h"

#include "content/address.h"
#include "content/list.h"
#include "content/month.h"

static bool is_visible(const struct post *p)
{
	return p && p->status == POST_PUBLISHED;
}

static void set_link(struct ctx *cx, struct value *page, const char *has, const char *name,
		     const struct post *p)
{
	value_set_bool(page, has, p != NULL);
	if (p)
		value_set(page, name, view_link_to(cx, p));
}

static bool set_around(struct ctx *cx, struct value *page, const struct post *p, struct fail *f)
{
	const struct post *before, *after;
	struct post_list related;

	if (!post_neighbours(cx->arena, cx->tx, p, &before, &after, f)
	    || !post_related(cx->arena, cx->tx, p->id, &related, f))
		return false;
	set_link(cx, page, "has_previous", "previous", before);
	set_link(cx, page, "has_next", "next", after);
	value_set(page, "related", view_links_to(cx, &related));
	value_set_bool(page, "has_related", related.n > 0);
	return true;
}

/* "Chapter 3 of 12". Each new chapter changes that on every page, so it is made for a theme
 * only whose post.html speaks of it, and for chapters whose number is one of so many. */
static bool set_progress(struct ctx *cx, struct value *page, const struct post *p, struct fail *f)
{
	const struct template *t = theme_template(cx->theme, STR("post"));
	struct value *m = value_map(cx->arena);
	struct month *months;
	int64_t all = 0;
	size_t n;

	value_set_bool(page, "has_progress", false);
	if (!cx->settings.serial || p->weight <= 0 || !t || !template_mentions(t, STR("progress")))
		return true;
	if (!month_all(cx->arena, cx->tx, &months, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		all += months[i].posts;
	if (p->weight > all)
		return true;
	value_set(m, "value", value_i64(cx->arena, p->weight));
	value_set(m, "max", value_i64(cx->arena, all));
	value_set_text(m, "label", ctx_say(cx, tr(cx->catalog, "Chapter %1$d of %2$d"),
					   (int)p->weight, (int)all));
	value_set(page, "progress", m);
	value_set_bool(page, "has_progress", true);
	return true;
}

static bool show(struct ctx *cx, const struct post *p, struct answer *ret, struct fail *f)
{
	struct post_list set;
	struct page_about about = {
		.title = p->title.n ? view_title(cx, p) : view_summary(cx, p, 60),
		.description = view_summary(cx, p, VIEW_DESCRIPTION),
		.path = p->path, .post = p, .translations = &set, .image = p->cover,
	};
	struct value *page;

	if (!post_translations(cx->arena, cx->tx, p, &set, f) || !view_page(cx, &about, &page, f))
		return false;
	value_set(page, "post", view_post(cx, p, true));
	value_set(page, "translations", view_links_to(cx, &set));
	value_set_bool(page, "has_translations", set.n > 0);
	value_set_bool(page, "is_serial", cx->settings.serial);
	if (p->kind == POST_POST
	    && (!set_around(cx, page, p, f) || !set_progress(cx, page, p, f)))
		return false;
	if (!view_render(cx, p->kind == POST_POST ? "post" : "page", page, ret, f))
		return false;
	ret->last_modified = 0;		/* neighbours change it, too: the ETag tells better */
	return true;
}

/* "/rain.md": the source, as it can be read and imported again. */
static bool show_source(struct ctx *cx, const struct post *p, struct answer *ret)
{
	struct str text = p->source;

	while (str_starts(text, STR("\n")))
		text = str_skip(text, 1);
	if (p->title.n)
		text = arena_printf(cx->arena, "# %.*s\n\n%.*s", STR_ARG(p->title), STR_ARG(text));
	answer_text(ret, STR("text/markdown; charset=utf-8"), text);
	return true;
}

static bool elsewhere(struct ctx *cx, struct answer *ret, struct fail *f)
{
	enum address_kind kind;
	struct str to, path = cx->path;
	struct post *p;

	if (!address_find(cx->arena, cx->tx, path, &kind, &to, f))
		return false;
	if (kind == ADDRESS_MOVED || kind == ADDRESS_FILE) {
		answer_moved(cx, ret, to);
		if (kind == ADDRESS_FILE)
			ret->status = 302;	/* the picture may be replaced one day */
		return true;
	}
	if (kind == ADDRESS_GONE) {
		*ret = (struct answer){ .status = 410, .not_found = true };
		return true;
	}
	answer_not_found(ret);
	if (path.n && path.p[path.n - 1] == '/')
		return true;
	/* Typed without its slash. */
	path = arena_printf(cx->arena, "%.*s/", STR_ARG(path));
	if (!post_shown_at(cx->arena, cx->tx, path, &p, f)
	    || !address_find(cx->arena, cx->tx, path, &kind, &to, f))
		return false;
	if (is_visible(p) || kind != ADDRESS_UNKNOWN)
		answer_moved(cx, ret, kind == ADDRESS_MOVED ? to : path);
	return true;
}

bool posts_show(struct ctx *cx, struct answer *ret, struct fail *f)
{
	bool source = str_ends(cx->path, STR(".md"));
	struct str path = cx->path;
	struct post *p;

	if (source)
		path = arena_printf(cx->arena, "%.*s/", STR_ARG(str_sub(path, 0, path.n - 3)));
	if (!(source ? post_at : post_shown_at)(cx->arena, cx->tx, path, &p, f))
		return false;
	if (is_visible(p))
		return source ? show_source(cx, p, ret) : show(cx, p, ret, f);
	return elsewhere(cx, ret, f);
}

bool posts_start(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct post_list first;

	for (int64_t shelf = 1, last = 1; shelf <= last; shelf++) {
		if (!list_last_shelf(cx->tx, 0, &last, f)
		    || !list_shelf(cx->arena, cx->tx, 0, shelf, true, false, &first, f))
			return false;
		if (first.n) {
			answer_moved(cx, ret, first.p[0].path);
			ret->status = 302;	/* another post may come first one day */
			return true;
		}
	}
	answer_moved(cx, ret, STR("/"));
	ret->status = 302;
	return true;
}
