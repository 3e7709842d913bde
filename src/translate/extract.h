/* extract.h - the messages of a source tree or of a theme, as templates of catalogs (.pot).
 *
 * From C come the arguments of tr, trc, trn, N_, fail, fail_in and fail_errno; from
 * templates {{#t}}, found by the engine itself; from theme.ini what it says of options. A
 * message that holds nothing but arguments ("%s:%d") is left out. Blocking.
 */
#ifndef TRANSLATE_EXTRACT_H
#define TRANSLATE_EXTRACT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "lang/po.h"

struct extract;

struct extract *extract_new(void);
void extract_freep(struct extract **e);		/* for CLEANUP */

/* One source. name: how its places are called ("src/web/view.c"). theme: whose theme.ini it is.
 * The source is read to its end, whatever it holds; a template or theme.ini that makes no
 * sense is an error with file:line. */
void extract_c(struct extract *e, const char *name, struct str source);
MUST_CHECK bool extract_template(struct extract *e, const char *name, struct str source,
				 struct fail *f);
MUST_CHECK bool extract_theme_ini(struct extract *e, const char *name, struct str theme,
				  struct str source, struct fail *f);

/* Everything of a theme: templates/ and theme.ini of dir. prefix stands before each name;
 * it is "" or ends in "/". */
MUST_CHECK bool extract_theme(struct extract *e, const char *dir, const char *prefix,
			      struct str id, struct fail *f);
/* Everything of a source tree: src/, headers too but no *_test.c, and themes/. */
MUST_CHECK bool extract_tree(struct extract *e, const char *top, struct fail *f);

/* Which messages are written: those of which take() is true for one of their places. */
typedef bool extract_take(void *arg, struct str place);

/* A whole .pot; title is its first line. `without`: what is in there is left out; or NULL.
 * By place, then by text. Returns how many messages were written. */
size_t extract_write(struct extract *e, const char *title, extract_take *take, void *arg,
		     const struct po *without, struct buf *out);

#endif
