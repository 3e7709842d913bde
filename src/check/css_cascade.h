/* css_cascade.h - which colours the text of a page has, and on what.
 *
 * As much of the cascade as that takes: rules in the order of layers, weight and place,
 * inheritance, custom properties, media queries for one reader. Positions, pictures and
 * gradients are not followed: where a background is one, its colour is unknown.
 *
 * Everything lives in the arena; a sheet serves any number of pages of one reader.
 */
#ifndef CHECK_CSS_CASCADE_H
#define CHECK_CSS_CASCADE_H

#include "check/css_color.h"
#include "check/css_media.h"
#include "check/css_vars.h"
#include "check/html_tree.h"

struct css_sheet;

struct css_style {
	struct css_color color, ground;	/* of text, and of what it stands on: opaque */
	bool unknown;			/* the ground is a picture, or a colour not known here */
	bool unknown_text;		/* the colour of text is not known here */
	bool hidden, dark;
	double size;			/* of text, in pixels */
	bool bold;
	struct css_color outline;	/* of an element with the focus */
	bool has_outline;		/* it is set, and a colour */
	const struct css_vars *vars;	/* custom properties */
};

struct css_sheet *css_cascade_sheet(struct arena *a, struct str css, const struct css_reader *r);

/* styles[node->number] for every element of the page. */
struct css_style *css_cascade_page(struct arena *a, const struct css_sheet *sheet,
				   const struct html_tree *page);

#endif
