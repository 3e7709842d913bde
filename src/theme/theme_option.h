/* theme_option.h - what a site chose of a theme, and what becomes of it in its pages.
 *
 * An option (option.h) is declared in theme.ini. In templates it is {{options.NAME}}; in CSS
 * var(--NAME); in Sass $NAME, which *is* var(--NAME), and for colors, numbers and fonts
 * $NAME-default, the theme's own value to compute with. So what a site chooses is one line of
 * CSS in its pages and nothing is compiled for it.
 *
 * Nothing here keeps or changes a theme or a choice; any thread. Results are in the arena that
 * is given, or lent by the theme or the choice.
 */
#ifndef THEME_THEME_OPTION_H
#define THEME_THEME_OPTION_H

#include "theme/theme.h"

/* What a site chose. Values that do not fit (any more) count as not chosen. */
struct theme_setting {
	struct str name, value;
};

struct theme_choice {
	struct str preset;		/* empty: none */
	const struct theme_setting *settings;
	size_t n;
};

/* Whether an option is one to choose: what its show_if says holds. */
bool theme_option_is_shown(struct arena *a, const struct theme *t,
			   const struct theme_choice *choice, const struct option *o);
/* The value that holds: the site's (also under an earlier name of the option), else the
 * preset's, else the theme's own. One that is not shown counts as not chosen. */
struct str theme_option(struct arena *a, const struct theme *t, const struct theme_choice *choice,
			const struct option *o);
/* For a form: is this a value for the option? FAIL_NOT_FOUND: no such option. */
MUST_CHECK bool theme_option_check(struct arena *a, const struct theme *t, struct str name,
				   struct str value, struct str *ret, struct fail *f);
/* ":root{--accent:#2a6;...}", safe inside <style>; empty without options. */
void theme_options_css(const struct theme *t, const struct theme_choice *choice, struct buf *out);
/* The map for {{options...}}: bools as such, pictures as addresses, a select "layout" with
 * the value "cards" also as the bool "layout_cards". markdown: renders those options; when
 * NULL they are text. */
struct value *theme_options_value(struct arena *a, const struct theme *t,
				  const struct theme_choice *choice,
				  struct html (*markdown)(struct arena *a, struct str source));

#endif
