/* language.h - languages by their BCP 47 tags ("fr", "de-AT", "zh-Hant").
 *
 * English without a country is British English in dates and numbers: the order
 * of day and month that most readers of English on this side of the ocean, and
 * all of the other four languages, share. "en-US" is as Americans write.
 * Tags that make no sense are treated as "en" where a language is needed; what
 * comes from outside is asked language_valid() first. Any thread.
 */
#ifndef UNICODE_LANGUAGE_H
#define UNICODE_LANGUAGE_H

#include "base/arena.h"

#define LANGUAGE_MAX 35		/* bytes of a tag (RFC 5646 section 4.4.1) */

bool language_valid(struct str tag);		/* well-formed, and a language that exists */
bool language_is_rtl(struct str tag);

/* The tag as it is usually written: "FR_fr" gives "fr-FR". Not valid: empty. */
struct str language_canonical(struct arena *a, struct str tag);

/* "allemand" for ("de", "fr"): fit for the middle of a sentence. */
struct str language_name(struct arena *a, struct str tag, struct str in);

/* As it stands alone in a menu, by the customs of `in`: "Français" for ("fr", "fr"). */
struct str language_title(struct arena *a, struct str tag, struct str in);

/* The ICU name of the locale ("fr_FR"), for the files of unicode/. */
#define LANGUAGE_LOCALE_MAX 80
void language_locale(struct str tag, char out[LANGUAGE_LOCALE_MAX]);

#endif
