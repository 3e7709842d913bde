/* css_vars.h - custom properties (--x) of an element, and var() in values.
 *
 * A list is immutable and lives in an arena; NULL is the empty one. What an element sets stands
 * before what it inherits, so that the newest counts.
 */
#ifndef CHECK_CSS_VARS_H
#define CHECK_CSS_VARS_H

#include "base/arena.h"

struct css_vars;

/* The list with one more in front. */
const struct css_vars *css_vars_add(struct arena *a, const struct css_vars *vars, struct str name,
				    struct str value);
/* The value with every var() replaced; empty when one is not set and has no fallback. */
struct str css_vars_resolve(struct arena *a, const struct css_vars *vars, struct str value);
/* Those of an element (its own in front of `above`, which it inherits) as its children inherit
 * them: with the values that hold here, each name of its own once. */
const struct css_vars *css_vars_settle(struct arena *a, const struct css_vars *own,
				       const struct css_vars *above);

#endif
