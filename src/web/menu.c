/* menu.c - see menu.h. */
#include "web/menu.h"

#include "content/post.h"

static void entry(struct ctx *cx, struct value *list, struct str title, struct str url,
		  struct str current)
{
	struct value *m = value_map(cx->arena);

	value_set_text(m, "title", title);
	value_set_url(m, "url", url);
	value_set_bool(m, "is_current", str_eq(url, current));
	value_list_add(list, m);
}

/* "Title = /address/" lines. */
static struct value *entries_of(struct ctx *cx, struct str lines, struct str current)
{
	struct value *list = value_list(cx->arena);
	struct str line;

	while (str_line(&lines, &line)) {
		struct str url, title = str_trim(str_cut(line, '=', &url));

		url = str_trim(url);
		if (title.n && url.n)
			entry(cx, list, title, url, current);
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
static void put_places(struct ctx *cx, struct str current, struct value *page)
{
	const struct manifest *m = theme_manifest(cx->theme);
	struct value *menus = value_map(cx->arena), *has = value_map(cx->arena);

	for (size_t i = 0; i < m->n_menus; i++) {
		struct str name = m->menus[i].name;
		struct value *list = entries_of(cx, lines_of(&cx->settings, name), current);

		value_set_str(menus, name, list);
		value_set_str(has, name, value_bool(cx->arena, value_length(list) > 0));
	}
	value_set(page, "menus", menus);
	value_set(page, "has_menus", has);
}

bool menu_value(struct ctx *cx, struct str current, struct value *page, struct fail *f)
{
	struct value *list = entries_of(cx, cx->settings.menu, current);
	struct post_list pages = { NULL, 0 };

	if (value_length(list) == 0 && !post_menu(cx->arena, cx->tx, &pages, f))
		return false;
	for (size_t i = 0; i < pages.n; i++)
		entry(cx, list, pages.p[i].title, pages.p[i].path, current);
	value_set(page, "menu", list);
	value_set_bool(page, "has_menu", value_length(list) > 0);
	put_places(cx, current, page);
	return true;
}
