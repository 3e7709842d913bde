/* po_write.h - PO files as gettext's tools write them, line for line.
 *
 * What is written by us and then by msgmerge, Weblate or Poedit is the same text, so
 * that changes stay small whoever makes them. Lines are at most 79 columns.
 */
#ifndef LANG_PO_WRITE_H
#define LANG_PO_WRITE_H

#include "base/buf.h"
#include "lang/po.h"

/* The comments of one kind: '.' of the extractor, ':' places, ',' flags, '|' previous
 * texts, ' ' of translators. Calls with *rest = m->comments first; false: no more. The
 * line is without its newline. */
bool po_comment_next(struct str *rest, char kind, struct str *line);

/* "msgid" and a string, on one line or several; each begins with prefix ("", "#| "). */
void po_write_string(struct buf *b, const char *prefix, const char *keyword, struct str text);

/* msgctxt to msgstr, without comments. An obsolete message has its "#~ ". */
void po_write_body(struct buf *b, const struct po_message *m);

/* "#| " lines: what the message was before it was changed. id_plural.p may be NULL. */
void po_write_previous(struct buf *b, const struct po_message *was);

#endif
