/* catalogs_impl.h - the inside of a set of catalogs, for catalogs.c and catalogs_read.c only. */
#ifndef LANG_CATALOGS_IMPL_H
#define LANG_CATALOGS_IMPL_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/ref.h"
#include "lang/catalogs.h"
#include "work/turn.h"

/* Where the files are, and how they are read. */
struct from {
	const char *const *dirs;
	size_t n;
	const char *label;		/* before names in notes; NULL: the folder, or nothing */
	bool wording;
	const struct catalogs *core;	/* of wording: whose plural rules are meant */
	const struct catalogs *last;
};

struct language {
	struct str tag;
	atomic_bool is_read;
	const struct catalog *catalog;	/* NULL: nothing of it can be read */
};

/* Languages are known at once, and each is read when it is first asked for; `whole` tells that
 * all are, and measured. Who reads has the turn, and with it the arena and the notes. */
struct catalogs {
	struct ref ref;
	struct arena *arena;
	struct from from;
	struct language languages[CATALOGS_MAX];
	size_t n_languages;
	struct turn turn;		/* of who reads */
	atomic_bool whole;
	const struct catalog *at[CATALOGS_MAX];
	signed char percent[CATALOGS_MAX];
	size_t count;
	struct catalog_note *notes, **last_note;
};

/* By its tag exactly, or NULL. Its catalog counts when it is read. */
struct language *catalogs_language(struct catalogs *s, struct str tag);

/* --- catalogs_read.c; who calls has the turn, or is alone with the set --- */

/* Adds the languages of the folders, in the order of menus. False if a folder cannot be read. */
MUST_CHECK bool catalogs_look(struct catalogs *s, struct fail *f);
/* Adds one, if there is a file of it; where: for a note, who names it. */
void catalogs_add(struct catalogs *s, struct str lang, const char *where);
/* Counted for the caller; NULL: nothing of it can be read. What was wrong is noted. */
const struct catalog *catalogs_read(struct catalogs *s, struct str lang);
/* Fills `percent` when all are read. */
void catalogs_measure(struct catalogs *s);

#endif
