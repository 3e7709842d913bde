/* pattern.h - regular expressions over Unicode text, for checks of people's texts.
 *
 * The expressions are ours, or made from quoted words; texts may be anybody's, and a
 * search that takes too long finds nothing. For tools: compiling and searching allocate.
 * One thread at a time uses a pattern.
 */
#ifndef UNICODE_PATTERN_H
#define UNICODE_PATTERN_H

#include "base/arena.h"

struct pattern;

struct pattern *pattern_new(struct str regex);		/* NULL: it makes no sense */
void pattern_free(struct pattern *p);			/* NULL is fine */

bool pattern_found(struct pattern *p, struct str text);
/* Every match replaced by `with` ("" or words without signs), in the arena. */
struct str pattern_replace(struct arena *a, struct pattern *p, struct str text, const char *with);

#endif
