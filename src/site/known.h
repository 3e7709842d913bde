/* known.h - the registry's memory: answers by host name, in a table of fixed size.
 *
 * Sets of eight places each; a name belongs to one set. A new answer takes an empty
 * or stale place or that of the answer not asked for the longest; unknown names live
 * in two of the eight only, so a flood of invented names pushes out nothing that
 * exists. Any thread; one mutex for some sets, held for a few instructions.
 * Private to site/.
 */
#ifndef SITE_KNOWN_H
#define SITE_KNOWN_H

#include "base/gens.h"
#include "base/ref.h"
#include "site/registry.h"

struct known;

/* One answer: immutable, shared by reference. */
struct known_answer {
	struct ref ref;
	struct str key;
	struct found found;
	struct deps deps;
};

struct known *known_new(size_t places);
void known_free(struct known *k);		/* NULL is fine */

/* Copies what it is given, takes a reference of the site. */
struct known_answer *known_answer_new(struct str key, const struct found *found,
				      const struct deps *deps);
void known_answer_unref(struct known_answer *a);	/* NULL is fine */

/* Copies what was found, with a reference of the site. False: not known or no longer fresh. */
bool known_find(struct known *k, struct str key, const struct gens *g, struct found *ret);
void known_put(struct known *k, struct known_answer *a);	/* takes a reference of its own */

#endif
