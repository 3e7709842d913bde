/* slug.h - the part of an address that is made from a title.
 *
 * Lower-case ASCII letters and digits, single hyphens between them, none at the
 * ends. Other scripts are written in Latin letters: "L'Été à Łódź" becomes
 * "l-ete-a-lodz", "Привет, мир" "privet-mir", "你好" "ni-hao". Any thread.
 */
#ifndef UNICODE_SLUG_H
#define UNICODE_SLUG_H

#include "base/arena.h"

#define SLUG_MAX 512		/* no slug is longer, whatever max says */

/* At most max bytes, cut between words where one ends in the second half. Empty when
 * the text holds no letter and no digit. */
struct str slug_make(struct arena *a, struct str text, size_t max);

/* As the language would: "Über Größe" is "ueber-groesse" in German, "uber-grosse" else. */
struct str slug_make_in(struct arena *a, struct str lang, struct str text, size_t max);

#endif
