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

bool menu_value(struct ctx *cx, struct str current, struct value *page, struct fail *f)
{
	struct value *list = value_list(cx->arena);
	struct str rest = cx->settings.menu, line;
	struct post_list pages = { NULL, 0 };

	while (str_line(&rest, &line)) {
		struct str url, title = str_trim(str_cut(line, '=', &url));

		url = str_trim(url);
		if (title.n && url.n)
			entry(cx, list, title, url, current);
	}
	if (value_length(list) == 0 && !post_menu(cx->arena, cx->tx, &pages, f))
		return false;
	for (size_t i = 0; i < pages.n; i++)
		entry(cx, list, pages.p[i].title, pages.p[i].path, current);
	value_set(page, "menu", list);
	value_set_bool(page, "has_menu", value_length(list) > 0);
	return true;
}
