/* catalogs.h - the folder of catalogs: a PO file a language, fr.po, and beside it one
 * with what operators read, fr.operator.po, which may be missing.
 *
 * LINGUAS names the languages, in the order of menus; without it every *.po is one.
 * English is always there, with or without en.po. A file that cannot be read does
 * not take the others with it: what was good before stays, and a note says so.
 *
 * A set is immutable and counted; reading the folder again makes another. Any
 * thread; loading blocks.
 */
#ifndef LANG_CATALOGS_H
#define LANG_CATALOGS_H

#include "lang/catalog.h"

#define CATALOGS_MAX 64
#define CATALOGS_OPERATOR ".operator.po"

struct catalogs;

/* last: the set in use until now, or NULL. False only if the folder cannot be read. */
MUST_CHECK bool catalogs_load(const char *dir, const struct catalogs *last, struct catalogs **ret,
			      struct fail *f);
struct catalogs *catalogs_ref(const struct catalogs *s);
void catalogs_unref(const struct catalogs *s);		/* NULL is fine */

size_t catalogs_count(const struct catalogs *s);
const struct catalog *catalogs_at(const struct catalogs *s, size_t i);	/* lent, in menu order */

/* By the tag, else by its language alone ("fr-CH" finds "fr"); NULL where there is none. */
const struct catalog *catalogs_find(const struct catalogs *s, struct str lang);

/* The best for the value of Accept-Language; English where nothing fits. Never NULL. */
const struct catalog *catalogs_best(const struct catalogs *s, struct str accept);

/* What went wrong with single files and messages, "fr.po:12: ...": call the function for each. */
void catalogs_notes(const struct catalogs *s, void (*tell)(void *data, const char *note),
		    void *data);

#endif
