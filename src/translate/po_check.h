/* po_check.h - what is wrong with a catalog, message by message.
 *
 * A finding has a rule with a stable id, a level and a sentence that says what to do. What
 * is typed or read by machines (options, addresses, code in quotes) is left out before the
 * rules of prose are asked. Rules of a language are asked for that language alone; for one
 * that has none the others still hold.
 */
#ifndef TRANSLATE_PO_CHECK_H
#define TRANSLATE_PO_CHECK_H

#include "translate/glossary.h"
#include "translate/po_folder.h"

enum po_check_level { PO_CHECK_ERROR, PO_CHECK_WARNING, PO_CHECK_ADVICE };

struct po_check_rule {
	const char *id;			/* "LA020" */
	enum po_check_level level;
	const char *text;		/* English; N_() */
	/* Rules of prose: they are broken where the expression is found. */
	const char *lang, *regex;
};

struct po_check_finding {
	const struct po_check_rule *rule;
	const char *path;
	int line;
	struct str text;		/* what it is about; may be empty */
};

struct po_check {
	const struct glossary *glossary;	/* or NULL */
	bool complete;		/* untranslated, fuzzy and missing messages are errors */
	void (*tell)(void *arg, const struct po_check_finding *found);
	void *arg;
};

const char *po_check_level_name(enum po_check_level level);	/* N_(): "error" ... */

void po_check_file(const struct po_check *check, const struct po_folder *folder,
		   const struct po_folder_file *file);

/* All rules, those of po_check.c first; ends with id NULL. */
extern const struct po_check_rule po_check_rules[];

#endif
