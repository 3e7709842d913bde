/* text_check.h - what is wrong with long texts: against the English ones, and as prose.
 *
 * Texts of two languages do not go line by line, so what is compared is what has to agree:
 * headings by their levels, names in braces, where links lead. Findings are those of
 * po_check.h, with rules of the same table (LA100 and above) and those of the language.
 */
#ifndef TRANSLATE_TEXT_CHECK_H
#define TRANSLATE_TEXT_CHECK_H

#include "translate/po_check.h"
#include "translate/text_folder.h"

/* All texts of that language; one that is missing counts where check->complete is set or
 * LINGUAS names the language. */
void text_check(const struct po_check *check, const struct text_folder *folder, struct str lang);

#endif
