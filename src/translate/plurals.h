/* plurals.h - the plural rules of the usual languages, as headers of catalogs say them.
 *
 * Newer tables have a form more for French, Spanish and others, for round millions; tools
 * disagree about it, so ours have the classic two.
 */
#ifndef TRANSLATE_PLURALS_H
#define TRANSLATE_PLURALS_H

#include "base/str.h"

/* "nplurals=2; plural=(n > 1);" for "fr", also for "fr-CH"; NULL where we do not know. */
const char *plurals_of(struct str lang);

#endif
