/* option.h - what a site may choose in a theme: typed options and their values.
 *
 * A value is text, as the site keeps it. option_check() says whether it fits the type and
 * writes it in one spelling; only checked values reach CSS and templates. Nothing here
 * touches memory but the arena given.
 */
#ifndef THEME_OPTION_H
#define THEME_OPTION_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

enum option_type {
	OPTION_BOOL,		/* yes, no, ... -> "true" or "false" */
	OPTION_SELECT,		/* one of `choices` */
	OPTION_COLOR,		/* #rgb, #rrggbb (with alpha), a name, rgb(), hsl(), oklch() ... */
	OPTION_TEXT,		/* one line */
	OPTION_MARKDOWN,	/* several lines; rendered by who shows it */
	OPTION_IMAGE,		/* an address: of the site, or "assets/..." of the theme */
	OPTION_NUMBER,		/* decimal, with `unit` in CSS */
	OPTION_FONT,		/* a font-family list */
};

struct option {
	struct str name;
	enum option_type type;
	struct str value;		/* the default, checked */
	struct str label, help, group, unit, show_if, renamed_from;
	struct str *choices;
	size_t n_choices;
	double min, max;		/* number; text and markdown: most characters */
	int line;			/* in theme.ini */
};

bool option_type_find(struct str name, enum option_type *ret);
const char *option_type_name(enum option_type type);

/* *ret is the value in its one spelling, in the arena. */
MUST_CHECK bool option_check(struct arena *a, const struct option *o, struct str value,
			     struct str *ret, struct fail *f);

/* The checked value as CSS: fit for a custom property and for a <style> element. Markdown
 * has no CSS: false. image: the address to put into url(). */
bool option_css(const struct option *o, struct str checked, struct buf *out);

/* A word of letters, digits, "_" and "-" that begins with a letter. */
bool option_name_is_good(struct str name);

#endif
