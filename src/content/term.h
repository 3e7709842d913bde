/* term.h - words under which posts are listed: tags, authors and languages.
 *
 * Each has a list of its own (list.h), whose number is the term's id. All functions work in the
 * caller's transaction on site.db; results are in the arena.
 */
#ifndef CONTENT_TERM_H
#define CONTENT_TERM_H

#include "base/arena.h"
#include "store/tx.h"

enum term_kind { TERM_TAG = 0, TERM_AUTHOR = 1, TERM_LANG = 2 };

struct term {
	int64_t id;
	enum term_kind kind;
	struct str slug, name;
	int64_t posts;			/* how many published posts have it */
};

/* The term, when it has posts; NULL in *ret: there is none (true all the same). */
MUST_CHECK bool term_find(struct arena *a, struct tx *tx, enum term_kind kind, struct str slug,
			  struct term **ret, struct fail *f);
/* The same without its count: for pages that do not change with it. */
MUST_CHECK bool term_named(struct arena *a, struct tx *tx, enum term_kind kind, struct str slug,
			   struct term **ret, struct fail *f);
/* Terms that have posts, by slug, at most 5000. */
MUST_CHECK bool term_all(struct arena *a, struct tx *tx, enum term_kind kind, struct term **ret,
			 size_t *n, struct fail *f);

/* The language list of the posts that name none: it is the site's, whichever that is. */
#define TERM_OWN_LANG STR("own")
/* The slug of the term behind "/lang/<asked>/"; empty: there is none of that name. */
struct str term_lang_slug(struct str asked, struct str lang_of_site);

#endif
