/* menu.c - see menu.h. */
#include "web/menu.h"

#include "content/post.h"

/* The menus as a page shows them, and the addresses in them. */
struct menus {
	struct ctx *cx;
	struct str current;
	struct value *urls;
};

static void entry(struct menus *m, struct value *list, struct str title, struct str url)
{
	struct value *v = value_map(m->cx->arena);

	value_set_text(v, "title", title);
	value_set_url(v, "url", url);
	value_set_bool(v, "is_current", str_eq(url, m->current));
	value_list_add(list, v);
	value_list_add(m->urls, value_text(m->cx->arena, url));
}

/* "Title = /address/" lines. */
static struct value *entries_of(struct menus *m, struct str lines)
{
	struct value *list = value_list(m->cx->arena);
	struct str line;

	while (str_line(&lines, &line)) {
		struct str url, title = str_trim(str_cut(line, '=', &url));

		url = str_trim(url);
		if (title.n && url.n)
			entry(m, list, title, url);
	}
	return list;
}

static struct str lines_of(const struct settings *s, struct str place)
{
	for (size_t i = 0; i < s->n_menus; i++)
		if (str_eq(s->menus[i].name, place))
			return s->menus[i].value;
	return STR_NONE;
}

/* Every place of the theme is there, empty or not. */
static void put_places(struct menus *of, struct value *ret)
{
	const struct ctx *cx = of->cx;
	const struct manifest *m = theme_manifest(cx->theme);
	struct value *menus = value_map(cx->arena), *has = value_map(cx->arena);

	for (size_t i = 0; i < m->n_menus; i++) {
		struct str name = m->menus[i].name;
		struct value *list = entries_of(of, lines_of(&cx->settings, name));

		value_set_str(menus, name, list);
		value_set_str(has, name, value_bool(cx->arena, value_length(list) > 0));
	}
	value_set(ret, "menus", menus);
	value_set(ret, "has_menus", has);
}

/* All of them, in a map of their own. */
static bool make(struct ctx *cx, struct str current, struct value **ret, struct fail *f)
{
	struct value *all = value_map(cx->arena), *list;
	struct menus m = { cx, current, value_list(cx->arena) };
	struct post_list pages = { NULL, 0 };
	bool own;

	list = entries_of(&m, cx->settings.menu);
	own = value_length(list) > 0;
	if (!own && !post_menu(cx->arena, cx->tx, &pages, f))
		return false;
	for (size_t i = 0; i < pages.n; i++)
		entry(&m, list, pages.p[i].title, pages.p[i].path);
	value_set(all, "menu", list);
	value_set_bool(all, "has_menu", value_length(list) > 0);
	put_places(&m, all);
	value_set(all, "urls", m.urls);
	value_set_bool(all, "from_pages", !own);
	*ret = all;
	return true;
}

static bool leads_to(const struct value *menus, struct str path)
{
	const struct value *urls = value_find(menus, STR("urls"));

	for (size_t i = 0; i < value_length(urls); i++)
		if (str_eq(value_str(value_item(urls, i)), path))
			return true;
	return false;
}

/* As pages show them that do not stand in them; such a page has menus of its own. */
static bool common(struct ctx *cx, struct value **ret, struct fail *f)
{
	struct value **kept = &cx->common->parts[CTX_MENUS];
	struct arena *page = cx->arena;
	bool ok = true;

	if (!*kept) {
		cx->arena = cx->common->arena;
		ok = make(cx, STR_NONE, kept, f);
		cx->arena = page;
	} else if (value_is_true(value_find(*kept, STR("from_pages")))) {
		post_menu_again(cx->tx);
	}
	*ret = *kept;
	return ok;
}

bool menu_value(struct ctx *cx, struct str current, struct value *page, struct fail *f)
{
	static const char *const names[] = { "menu", "has_menu", "menus", "has_menus" };
	struct value *all = NULL;

	if (cx->common && !common(cx, &all, f))
		return false;
	if ((!all || leads_to(all, current)) && !make(cx, current, &all, f))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		value_set(page, names[i], (struct value *)value_find(all, str_of(names[i])));
	return true;
}
