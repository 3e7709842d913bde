/* features.h - every feature of a site, in the order in which their routes are tried. */
#ifndef APP_FEATURES_H
#define APP_FEATURES_H

#include "web/feature.h"

extern const struct feature *const features[];		/* ends with NULL */

/* The route for a path; its arguments are put into cx. NULL: none. */
const struct route *features_route(struct ctx *cx);

#endif
