/* stylesheet.h - Sass to CSS, and CSS whose addresses are those of the theme's assets.
 *
 * Compiling runs in a child process with limits (sass_child.h) and happens once for each
 * content: the result is kept in a folder of the cache under the digest of all that went
 * in. The folder may be deleted at any time. Blocking: bulk workers and commands only.
 */
#ifndef THEME_STYLESHEET_H
#define THEME_STYLESHEET_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

struct stylesheet_source {
	struct str name;	/* "style.scss", "parts/_nav.scss": as under sass/ */
	struct str text;
};

/* Compiles sources[main]. options: a line of Sass that stands before it. cache: a folder,
 * or NULL. Appends the CSS to out (LIMIT_STYLESHEET). What is wrong in the source is
 * FAIL_INVALID "sass/NAME:LINE:COLUMN: ..."; too slow or too large says so. */
MUST_CHECK bool stylesheet_compile(const struct stylesheet_source *sources, size_t n, size_t main,
				   struct str options, const char *cache, struct buf *out,
				   struct fail *f);

/* Rewrites the addresses in url(...) and @import "..." by asking `map`; it answers false
 * with a reason, or leaves *ret as it was given. data: addresses and "#fragments" are not
 * asked about. file names the stylesheet in messages; failures say file:line. */
struct stylesheet_map {
	bool (*map)(void *arg, struct str url, struct str *ret, struct fail *f);
	void *arg;
};
MUST_CHECK bool stylesheet_rewrite(struct str css, const char *file,
				   const struct stylesheet_map *map, struct buf *out,
				   struct fail *f);

#endif
