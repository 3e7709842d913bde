/* features.h - every feature of a site, in the order in which their routes are tried. */
#ifndef APP_FEATURES_H
#define APP_FEATURES_H

#include "web/feature.h"

extern const struct feature *const features[];		/* ends with NULL */

/* One more, tried before them: what a host for one purpose needs (workshop/). Before anything
 * is served; lent for good. */
void features_add(const struct feature *feature);
/* What it has to say about a page, or about one that could not be made. */
void features_finish(struct ctx *cx, struct answer *an);
bool features_explain(struct ctx *cx, const struct fail *why, struct answer *ret);

/* The route for cx->path; its arguments, lent from the path, and its tag are put into cx. NULL:
 * none. Any thread. */
const struct route *features_route(struct ctx *cx);

#endif
