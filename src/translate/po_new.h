/* po_new.h - the catalog that a translator begins with. */
#ifndef TRANSLATE_PO_NEW_H
#define TRANSLATE_PO_NEW_H

#include "base/buf.h"
#include "lang/po.h"

/* Everything of the template, untranslated, with the header of the language. rule: the
 * value of Plural-Forms. */
void po_new(struct buf *out, const struct po *pot, struct str lang, const char *rule);

#endif
