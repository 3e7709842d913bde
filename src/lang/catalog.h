/* catalog.h - the messages of one interface language.
 *
 * A message is found by its English text, and by a context where one word has two
 * meanings. What is missing is answered with the English text itself, so a look-up
 * never fails and the answers live as long as the catalog (or the literal).
 *
 *	printf(trn(cat, "%d reply", "%d replies", n), n);
 *
 * A catalog is immutable and counted; any thread. NULL is English.
 */
#ifndef LANG_CATALOG_H
#define LANG_CATALOG_H

#include "base/fail.h"
#include "lang/marks.h"

struct catalog;

/* What was left out of a catalog although the file could be read. */
struct catalog_note {
	const char *text;		/* "fr.po:12: ..." */
	const struct catalog_note *next;
};

/* lang: the tag of its language. name: how the text is called in messages. A text that
 * cannot be read is told with file:line and makes no catalog. A message whose
 * placeholders do not agree is left out, with a note. */
MUST_CHECK bool catalog_parse(struct str lang, struct str text, const char *name,
			      struct catalog **ret, struct fail *f);

/* The same from several texts, such as fr.po and fr.operator.po: what an earlier one
 * says counts, and each has the plural rule of its own header. */
struct catalog_source {
	struct str text;
	const char *name;
	const struct catalog *like;	/* whose plural rule is meant where the header has none */
};
MUST_CHECK bool catalog_parse_all(struct str lang, const struct catalog_source *sources,
				  size_t count, struct catalog **ret, struct fail *f);

/* A catalog in which a few messages of `over` stand before those of `under` (which may be
 * NULL), each with its own plural forms. Takes references of its own; as cheap as that. */
struct catalog *catalog_over(const struct catalog *over, const struct catalog *under);

/* A catalog whose answers stand in frames (marks.h); for the thread of `m` alone. */
struct catalog *catalog_marking(const struct catalog *under, struct marks *m);

struct catalog *catalog_ref(const struct catalog *c);	/* NULL is fine */
void catalog_unref(const struct catalog *c);		/* NULL is fine */

struct str catalog_lang(const struct catalog *c);	/* "fr"; of NULL "en" */
size_t catalog_count(const struct catalog *c);		/* messages in use, without layers below */
unsigned catalog_forms(const struct catalog *c);	/* of a plural */
unsigned catalog_form(const struct catalog *c, uint64_t n);	/* which of them n takes */
bool catalog_has(const struct catalog *c, struct str context, struct str msgid);
const struct catalog_note *catalog_notes(const struct catalog *c);

/* For sentences from C: the answer takes the same printf arguments as msgid.
 * context may be NULL. */
const char *catalog_get(const struct catalog *c, const char *context, const char *msgid)
	FORMAT_ARG(3);
const char *catalog_plural(const struct catalog *c, const char *context, const char *one,
			   const char *many, uint64_t n) FORMAT_ARG(3) FORMAT_ARG(4);

/* For sentences from templates: the answer holds the same {names}, and is no format. It
 * ends in NUL. False: not there, *ret is left alone. An empty context is none. */
bool catalog_find(const struct catalog *c, struct str context, struct str msgid, struct str *ret);

/* The marks that `make pot` looks for. */
#define tr(c, msgid) catalog_get((c), NULL, msgid)
#define trc(c, context, msgid) catalog_get((c), (context), msgid)
#define trn(c, one, many, n) catalog_plural((c), NULL, one, many, (n))

#endif
