/* po_edit.h - one message of a PO file is translated, everything else stays as it is.
 *
 * For small edits by commands and by translators in the page: comments, order and lines of
 * the other messages are kept byte for byte. Any thread.
 */
#ifndef LANG_PO_EDIT_H
#define LANG_PO_EDIT_H

#include "base/buf.h"
#include "lang/catalog.h"
#include "lang/po.h"

/* Appends the text of a PO file in which the message m has the translation of m: in its
 * place when it is there (no longer fuzzy, without what it was before), at the end when it
 * is not. m->texts 0: the message is taken out. An empty text gets a header for the language.
 * Fails where the text cannot be read; name: how it is called then. */
MUST_CHECK bool po_edit(struct str text, const char *name, struct str lang,
			const struct po_message *m, struct buf *out, struct fail *f);

/* Would the translation be used? FAIL_INVALID says why not: other placeholders, too few
 * forms. like: whose plural rule is meant. */
MUST_CHECK bool po_edit_check(struct str lang, const struct po_message *m,
			      const struct catalog *like, struct fail *f);

/* The message of that key, or NULL. context: empty is none. */
const struct po_message *po_edit_find(const struct po *po, struct str context, struct str id);

#endif
