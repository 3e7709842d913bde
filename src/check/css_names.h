/* css_names.h - the properties that browsers know (CSS snapshot 2025, with those of SVG). */
#ifndef CHECK_CSS_NAMES_H
#define CHECK_CSS_NAMES_H

#include "base/str.h"

/* False: unknown; then *near is the name most like it, or empty. */
bool css_names_property(struct str name, struct str *near);

#endif
