/* po.h - reading gettext's PO files.
 *
 * Read are messages with their context and plural forms, the flags and the header;
 * obsolete messages (#~), previous ones (#|) and other comments are passed over, but by
 * po_parse_all(), which is for tools that write the file again.
 * The text must be UTF-8 and within LIMIT_CATALOG; a message within PO_MESSAGE_MAX.
 * The first mistake ends the reading and is told with file:line.
 */
#ifndef LANG_PO_H
#define LANG_PO_H

#include "base/arena.h"
#include "base/fail.h"
#include "lang/plural.h"

#define PO_MESSAGES_MAX 20000
#define PO_MESSAGE_MAX (64 * 1024)

struct po_message {
	struct str context;		/* p is NULL where there is none */
	struct str id, id_plural;	/* id_plural.p is NULL where there is none */
	struct str text[PLURAL_FORMS];
	unsigned texts;			/* how many msgstr were given */
	bool fuzzy;
	bool c_format;			/* marked as such by the extractor */
	int line;			/* of its msgid */

	/* By po_parse_all() only, lent from the text: its lines, without the newline of the
	 * last; and of these the comments before it, with all newlines. */
	struct str raw, comments;
	bool obsolete;
};

struct po {
	struct str header;		/* the translation of the empty message; may be empty */
	struct po_message head;		/* that message; by po_parse_all() only */
	struct po_message *messages;	/* in the order of the file, in the arena */
	size_t count;
};

/* name: how the file is called in messages. */
MUST_CHECK bool po_parse(struct arena *a, struct str text, const char *name, struct po *ret,
			 struct fail *f);

/* The same with obsolete messages and with the lines of each; text must live as long as ret. */
MUST_CHECK bool po_parse_all(struct arena *a, struct str text, const char *name, struct po *ret,
			     struct fail *f);

/* The value of a header field ("Plural-Forms"), or empty. */
struct str po_header(const struct po *po, const char *field);

#endif
