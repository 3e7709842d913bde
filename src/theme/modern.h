/* modern.h - the CSS and Sass of today in words that our Sass knows.
 *
 * libsass knows the Sass of 2018. What themers write since then it refuses, or worse, takes
 * and changes. So each source is rewritten before it is compiled:
 *
 *	min(100%, 60ch)  clamp(1rem, 2vw + 1rem, 3rem)	computed where that can be done, else
 *							left for the browser
 *	calc(100% - $gap)				calc(100% - #{$gap})
 *	rgb(0 0 0 / 50%)  hsl(120deg 50% 50%)		rgba(0, 0, 0, .5), a colour for Sass
 *	rgb(from var(--x) r g b)  lab(50% 1 2 / $a)	left for the browser
 *	@media (width >= 600px), (a) or (b), not (a)	what libsass hands on unchanged
 *	@supports selector(:has(a))			the same
 *	@use "sass:math"; math.div(a, b)		(a/b), and so all built-in modules
 *
 * @use and @forward of files cannot be had and are refused with what to write instead. What
 * libsass takes as it is stays as it is, to the byte, and rewriting twice is rewriting once.
 * Strings, comments, url(...) and custom properties are left alone; interpolations in them
 * are not. modern_origin() leads lines and columns back to the source.
 */
#ifndef THEME_MODERN_H
#define THEME_MODERN_H

#include "base/arena.h"
#include "base/fail.h"

struct modern_edit {
	size_t from, to;		/* of the source */
	struct str text;		/* that stands there instead */
	size_t order;
};

/* Lives in the arena it was made in; text is the source itself when nothing was changed. */
struct modern_text {
	struct str source, text;
	const struct modern_edit *edits;	/* by their place */
	size_t n;
	bool prelude;			/* needs modern_prelude */
};

/* Functions with these names that a theme defines itself keep their meaning. */
unsigned modern_own(struct str source);

struct modern_source {
	const char *label;		/* for messages, "sass/style.scss" */
	struct str text;
	unsigned own;			/* modern_own() of all the theme's sources, joined with | */
};

/* FAIL_INVALID "LABEL:LINE:COLUMN: sentence". */
MUST_CHECK bool modern_rewrite(struct arena *a, const struct modern_source *source,
			       struct modern_text *ret, struct fail *f);

/* The line and column (from 1, in characters) of the source for those of the text. */
void modern_origin(const struct modern_text *t, size_t *line, size_t *column);

/* Sass that must stand before rewritten sources. */
extern const char modern_prelude[];

#endif
