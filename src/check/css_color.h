/* css_color.h - colours as stylesheets write them (CSS Color 4 and 5), for measuring contrast.
 *
 * Knows names, hexadecimal, rgb hsl hwb lab lch oklab oklch color(srgb), color-mix(),
 * light-dark(), currentcolor, system colours, and colours made from another one
 * (oklch(from X ...)) with calc, min, max and clamp. var() is resolved before. Pure.
 */
#ifndef CHECK_CSS_COLOR_H
#define CHECK_CSS_COLOR_H

#include "base/str.h"

struct css_color {
	double r, g, b, a;		/* sRGB, 0 to 1 */
};

struct css_color_env {
	struct css_color current;	/* what currentcolor is */
	bool dark;			/* the colour scheme in use */
};

/* False: no colour, or one that is not known here. */
bool css_color_parse(struct str text, const struct css_color_env *env, struct css_color *ret);

/* "teal" to 0x008080; the names that CSS has, but transparent and currentcolor. */
bool css_color_named(struct str name, uint32_t *ret);

/* top laid over an opaque ground. */
struct css_color css_color_over(struct css_color top, struct css_color ground);

/* WCAG 2.2, 1.4.3: from 1 to 21, of two opaque colours. */
double css_color_contrast(struct css_color a, struct css_color b);

/* A number, or calc, min, max, clamp of numbers. percent: what 100% stands for. names: values
 * of single words, ends with name NULL. False: something else. */
struct css_color_word {
	const char *name;
	double value;
};
bool css_color_number(struct str text, double percent, const struct css_color_word *words,
		      double *ret);

#endif
