/* po_new.c - see po_new.h. */
#include "translate/po_new.h"

#include "base/arena.h"
#include "lang/po_write.h"
#include "unicode/language.h"

static void put_header(struct buf *out, struct str lang, const char *rule)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str name = language_title(a, lang, STR("en"));
	struct po_message head = { .texts = 1 };

	head.text[0] = arena_printf(a, "Project-Id-Version: hameau\nReport-Msgid-Bugs-To: \n"
				    "PO-Revision-Date: \nLast-Translator: \n"
				    "Language-Team: %.*s\nLanguage: %.*s\nMIME-Version: 1.0\n"
				    "Content-Type: text/plain; charset=UTF-8\n"
				    "Content-Transfer-Encoding: 8bit\nPlural-Forms: %s\n",
				    STR_ARG(name), STR_ARG(lang), rule);
	buf_addf(out, "# The messages of Hameau in %.*s.\n"
		 "# Copyright (C) the authors of Hameau\n"
		 "# This file is distributed under the same license as the hameau package.\n#\n",
		 STR_ARG(name));
	po_write_body(out, &head);
}

void po_new(struct buf *out, const struct po *pot, struct str lang, const char *rule)
{
	struct plural p;
	unsigned forms = plural_parse(str_of(rule), &p, NULL) ? p.forms : 2;

	put_header(out, lang, rule);
	for (size_t i = 0; i < pot->count; i++) {
		struct po_message m = pot->messages[i];

		m.texts = m.id_plural.p ? forms : 1;
		buf_adds(out, "\n");
		buf_add(out, m.comments);
		po_write_body(out, &m);
	}
}
