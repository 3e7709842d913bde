/* feature.h - what a feature folder gives to the rest: one const struct.
 *
 * Adding a feature is a folder, a line in app/features.c, one in src/LAYERS and one in
 * Makefile.am. Nobody above or beside it knows more of it than this.
 */
#ifndef WEB_FEATURE_H
#define WEB_FEATURE_H

#include "web/route.h"

/* Who asks for what is at a path, as its feature knows; each less than the one before. */
enum path_use {
	PATH_LED_TO,		/* pages lead there, or programs look there by themselves */
	PATH_RARE,		/* a further form or name, or nothing leads there now */
	PATH_SOURCE,		/* the text that something was made from */
};

/* Told every path that a site's feature answers: for exports and cache warming. */
typedef bool feature_path_fn(void *arg, struct str path, enum path_use use, struct fail *f);

struct feature {
	const char *name;
	const struct route *routes;	/* ends with pattern NULL */
	/* Every path it has, but redirects, within the context's transaction; ends when `tell`
	 * gives false. NULL: none that an export needs. */
	bool (*paths)(struct ctx *cx, feature_path_fn *tell, void *arg, struct fail *f);
	/* The last word about every page that a host makes, and a page in place of one that
	 * could not be made. NULL: none, as of every feature but the workshop. */
	void (*finish)(struct ctx *cx, struct answer *an);
	bool (*explain)(struct ctx *cx, const struct fail *why, struct answer *ret);
};

#endif
