/* po_check_impl.h - the inside of a check of catalogs, for po_check.c, po_check_*.c and the same
 * questions to long texts (text_check.c) only. */
#ifndef TRANSLATE_PO_CHECK_IMPL_H
#define TRANSLATE_PO_CHECK_IMPL_H

#include "translate/po_check.h"

struct po_check_prose;

struct po_checking {
	const struct po_check *check;
	const struct po_folder_file *file;
	const struct po_folder_domain *domain;
	struct arena *a;
	struct plural plural;
	bool has_plural;
	struct po_check_prose *prose;
};

/* id: of po_check_rules. */
void po_check_tell(struct po_checking *c, const char *id, int line, struct str text);
void po_check_tell_rule(struct po_checking *c, const struct po_check_rule *rule, int line,
			struct str text);

/* A text without what does not follow the rules of prose. */
struct po_check_prose *po_check_prose_new(struct po_checking *c);
void po_check_prose_free(struct po_check_prose *p);
/* The rules of prose and the glossary for one text. */
void po_check_prose(struct po_checking *c, const struct po_message *m, struct str id,
		    struct str text);

#endif
