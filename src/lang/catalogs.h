/* catalogs.h - folders of catalogs: a PO file a language, fr.po, and beside it one with
 * what operators read, fr.operator.po, which may be missing.
 *
 * Every *.po is a language; LINGUAS names them in the order of menus, and those that it
 * does not name follow. With several folders what an earlier one says counts, message by
 * message: an operator's own folder before the program's. English is always there, with
 * or without en.po. A file that cannot be read does not take the others with it: what the
 * set before had read of it stays, and a note says so.
 *
 * How much of a language is translated is measured by hameau.pot, which stands in one of
 * the folders: what visitors and members read. Languages are offered from
 * CATALOGS_OFFERED percent on.
 *
 * A set is counted and says the same to everybody; reading the folders again makes another.
 * Any thread; loading blocks. Loading looks which languages there are. One that nobody finds is
 * not read: its file is when it is first found, by who asks first, while others wait. Who counts,
 * measures, chooses or wants the notes has all of them read. With a set in use until now, and
 * for wording, all are read at once.
 */
#ifndef LANG_CATALOGS_H
#define LANG_CATALOGS_H

#include "lang/catalog.h"

#define CATALOGS_MAX 64
#define CATALOGS_FOLDERS 4
#define CATALOGS_OPERATOR ".operator.po"
#define CATALOGS_OFFERED 80		/* percent */

struct catalogs;

/* last: the set in use until now, or NULL. False only if a folder cannot be read. Notes name
 * files by their paths, with catalogs_load() by their names alone. */
MUST_CHECK bool catalogs_load(const char *dir, const struct catalogs *last, struct catalogs **ret,
			      struct fail *f);
MUST_CHECK bool catalogs_load_all(const char *const *dirs, size_t n, const struct catalogs *last,
				  struct catalogs **ret, struct fail *f);

/* The one language that catalogs_find() would find in the folder, or none, for who wants no
 * other. */
struct catalogs *catalogs_load_one(const char *dir, struct str lang);

/* The wording of a theme or of a site, to stand over the catalogs (catalog_over): as above,
 * but English only where there is an en.po, and plural rules are those of `core` where a
 * file has none of its own. label: what stands before the names of files in notes. */
MUST_CHECK bool catalogs_load_wording(const char *dir, const char *label,
				      const struct catalogs *core, const struct catalogs *last,
				      struct catalogs **ret, struct fail *f);
struct catalogs *catalogs_ref(const struct catalogs *s);
void catalogs_unref(const struct catalogs *s);		/* NULL is fine */

size_t catalogs_count(const struct catalogs *s);
const struct catalog *catalogs_at(const struct catalogs *s, size_t i);	/* lent, in menu order */

/* By the tag, else by its language alone ("fr-CH" finds "fr"); NULL where there is none. */
const struct catalog *catalogs_find(const struct catalogs *s, struct str lang);

/* How much of what visitors read is translated, 0 to 100; -1: there is no such catalog, or
 * that was not measured (catalogs_load_one). */
int catalogs_percent(const struct catalogs *s, struct str lang);
bool catalogs_is_offered(const struct catalogs *s, struct str lang);

/* The best of those offered for the value of Accept-Language; English where nothing fits.
 * Never NULL. */
const struct catalog *catalogs_best(const struct catalogs *s, struct str accept);

/* What went wrong with single files and messages, "fr.po:12: ...": call the function for each. */
void catalogs_notes(const struct catalogs *s, void (*tell)(void *data, const char *note),
		    void *data);

#endif
