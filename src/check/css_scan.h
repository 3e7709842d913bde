/* css_scan.h - a stylesheet cut into blocks and declarations, CSS or SCSS.
 *
 * Follows strings, comments, brackets and the interpolation of Sass; accepts anything, for
 * it is for finding faults (what is served is cut by theme/stylesheet.h). Nothing is copied,
 * nothing fails; the text outlives the items.
 */
#ifndef CHECK_CSS_SCAN_H
#define CHECK_CSS_SCAN_H

#include "base/str.h"

enum css_kind {
	CSS_OPEN,		/* prelude {, a selector or an at-rule */
	CSS_CLOSE,		/* } */
	CSS_DECLARATION,	/* name: value; */
	CSS_STATEMENT,		/* @import ...; $x: y; in prelude */
};

struct css_item {
	enum css_kind kind;
	struct str prelude;
	struct str name, value;	/* the value without !important */
	bool important;
	size_t at;		/* where it begins, in the text */
	size_t value_at;
};

struct css_scan {
	struct str text;
	size_t at;
	bool plain;		/* CSS: "//" is no comment */
};

/* False at the end. */
bool css_scan_next(struct css_scan *s, struct css_item *ret);

/* The next part of a comma-separated list, trimmed; commas in brackets and strings do not
 * count. False when nothing is left. sep: ',' or ' ' (any white space). */
bool css_scan_part(struct str *rest, char sep, struct str *part);

#endif
