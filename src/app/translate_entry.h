/* translate_entry.h - in which file, on which line a message is, for translators.
 *
 * The files of a language in the order in which they count: those of the site, of its theme,
 * of the operator, of the program. Where a message stands in the source comes from
 * hameau.pot and, line for line, from the templates of the theme.
 */
#ifndef APP_TRANSLATE_ENTRY_H
#define APP_TRANSLATE_ENTRY_H

#include "app/engine.h"
#include "lang/po.h"

struct translate_entry {
	const char *path;		/* NULL: in no file yet */
	int line;			/* of its msgid */
	bool fuzzy;
	const struct po_message *message;	/* NULL: in no file yet */
	struct str places;		/* "plume/templates/list.html:7:4 src/blog/lists.c" */
};

struct translate_files;

/* site and theme may be NULL. like: the catalog of
 * lang, or NULL. All of it lives in the arena. */
struct translate_files *translate_entry_files(struct engine *e, struct arena *a,
					      const struct site *site, const struct theme *theme,
					      struct str lang, const struct catalog *like);
struct translate_entry translate_entry_find(const struct translate_files *t, const char *context,
					    const char *id);

/* Writes a translation into its file, or into DATA/lang where there is none that can be
 * written. FAIL_INVALID where it does not fit the message. */
MUST_CHECK bool translate_entry_save(struct engine *e, const struct translate_files *t,
				     struct po_message *m, struct fail *f);

#endif
