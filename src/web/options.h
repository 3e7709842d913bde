/* options.h - the theme's options with the site's values, for templates and for CSS.
 *
 * As CSS they are custom properties in a stylesheet of the site's own, whose address
 * holds a digest of it: changing an option compiles nothing and shows at once. Results are
 * in the context's arena.
 */
#ifndef WEB_OPTIONS_H
#define WEB_OPTIONS_H

#include "mustache/value.h"
#include "web/ctx.h"

/* Sets `options` in the page. */
void options_value(struct ctx *cx, struct value *page);

/* The value of one option; empty when the theme has no such option. */
struct str options_one(struct ctx *cx, struct str name);

/* ":root{--accent:#234}": empty when the theme has no options. */
struct str options_css(struct ctx *cx);
/* "/_/options-1f2e3d4c.css" */
struct str options_path(struct ctx *cx, struct str css);

#endif
