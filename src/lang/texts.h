/* texts.h - the long texts of the program: a Markdown file a text and language,
 * legal.fr.md, which begins with its title ("# ...").
 *
 * Several folders are looked at, and the first that has a good file counts: an operator's
 * own before the program's. A file that cannot be used is told, and the next folder's
 * stands in for it. One that begins with TEXTS_FUZZY waits for its translator and is left
 * out.
 *
 * A set is immutable and counted; reading the folders again makes another. Any thread;
 * loading blocks.
 */
#ifndef LANG_TEXTS_H
#define LANG_TEXTS_H

#include "base/arena.h"
#include "base/fail.h"

#define TEXTS_FUZZY "<!-- fuzzy -->"

struct texts;

struct text {
	struct str name, lang;		/* "legal", "fr" */
	struct str title, body;		/* of a line of plain text; Markdown */
};

/* Their names, in the order of menus; ends with NULL. */
extern const char *const texts_names[];
bool texts_is_name(struct str name);

/* One file, whose name is not looked at: FAIL_INVALID with file:line; `path` names it. */
MUST_CHECK bool texts_parse(struct arena *a, struct str source, const char *path, struct text *ret,
			   struct fail *f);

/* "legal.fr.md" taken apart; false: no such name, whether the text is known or not. */
bool texts_split(struct str file, struct str *name, struct str *lang);

/* check: whether a body can be shown, beyond what is looked at here; may be NULL. A folder
 * that cannot be read is a note. */
struct texts *texts_load(const char *const *dirs, size_t n,
			 bool (*check)(struct str body, struct str lang, struct fail *f));
struct texts *texts_ref(struct texts *s);
void texts_unref(struct texts *s);		/* NULL is fine */

/* By the tag, else by its language alone, else in English; NULL where there is none. Lent. */
const struct text *texts_find(const struct texts *s, struct str name, struct str lang);

/* What went wrong with single files: call the function for each. */
void texts_notes(const struct texts *s, void (*tell)(void *data, const char *note), void *data);

#endif
