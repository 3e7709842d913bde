/* confusable.h - names that look like other names (UTS 39).
 *
 * Two names that a reader may take for each other have one skeleton: "paypa1" and
 * "paypal", "pаypal" with a Cyrillic а. Skeletons are for comparing, not for
 * showing. Any thread.
 */
#ifndef UNICODE_CONFUSABLE_H
#define UNICODE_CONFUSABLE_H

#include "base/arena.h"

struct str confusable_skeleton(struct arena *a, struct str text);

/* True when the text mixes scripts that no language writes together (Latin with
 * Cyrillic or Greek), or digits of several scripts. Ask it of one label of a domain,
 * or of one name, at a time. */
bool confusable_is_mixed(struct str text);

#endif
