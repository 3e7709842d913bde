/* menu.h - the site's menus: its own entries, or the pages that want to stand in it. */
#ifndef WEB_MENU_H
#define WEB_MENU_H

#include "mustache/value.h"
#include "web/ctx.h"

/* Sets menu (a list of title, url, is_current) and has_menu. The setting `menu` has one entry a
 * line, "Title = /address/"; without it the pages of the menu by weight. Also menus.NAME and
 * has_menus.NAME for the places that the theme has, from the settings menu.NAME. current: the path
 * of the page that is made. */
MUST_CHECK bool menu_value(struct ctx *cx, struct str current, struct value *page, struct fail *f);

#endif
