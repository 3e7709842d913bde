/* pseudo.h - the pseudo-language: English that shows what is wrong with an interface.
 *
 * "Read more" becomes "⟦Ŕéáḋ ṁóŕé ~~~⟧": accents show what cannot show them, a third more
 * length shows what breaks when it is long, brackets show sentences that are put together
 * or cut off, and what has no brackets is in no catalog. Placeholders, tags and addresses
 * are left alone, so the result is used as any translation.
 */
#ifndef TRANSLATE_PSEUDO_H
#define TRANSLATE_PSEUDO_H

#include "base/buf.h"
#include "lang/po.h"

#define PSEUDO_LANG "qps"

/* c_format: "%" begins a placeholder. */
void pseudo_text(struct buf *out, struct str text, bool c_format);

/* The whole catalog of a template, in one form for plurals' singular and one for the rest. */
void pseudo_catalog(struct buf *out, const struct po *pot);

#endif
