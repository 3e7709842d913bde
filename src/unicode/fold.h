/* fold.h - one spelling for all spellings that a reader takes for the same.
 *
 * For comparing and for search: case, width and accents are folded ("ÉTÉ",
 * "été" and "ete" are one; "Straße" is "strasse"; "Łódź" is "lodz"). Accents are
 * dropped where readers drop them: Latin, Greek, Hebrew and Arabic points, the
 * stress marks and the ё of Cyrillic, but not й, nor the vowel signs of Indic
 * scripts. Folding twice changes nothing. Any thread.
 */
#ifndef UNICODE_FOLD_H
#define UNICODE_FOLD_H

#include "base/arena.h"

struct str fold_key(struct arena *a, struct str text);

#endif
