/* css_space.h - colour spaces (CSS Color 4): how their three channels are written, and the way to
 * sRGB and back. Channels are numbers as stylesheets have them; those of sRGB are 0 to 1 for
 * what can be shown, and not bounded. Pure.
 */
#ifndef CHECK_CSS_SPACE_H
#define CHECK_CSS_SPACE_H

#include "base/str.h"

typedef void css_space_fn(const double in[3], double out[3]);

struct css_space {
	const char *name;		/* of the function, and for color-mix() */
	const char *words[3];		/* of the channels */
	double percent[3];		/* what 100% of each stands for */
	int hue;			/* which channel turns round; -1: none */
	css_space_fn *to, *from;	/* sRGB */
};

/* By the name of its function, or as color-mix() has it; NULL: not known here. */
const struct css_space *css_space_find(struct str name);

#endif
