/* fulltext.h - search in a site's posts (SQLite's FTS5 behind it).
 *
 * Words are compared without case and accents; a query is words (all must occur),
 * "phrases" in quotes, and a beginning* with a star; the last word typed counts as
 * a beginning too. Whatever a reader types is a query: nothing is a syntax error.
 */
#ifndef FULLTEXT_FULLTEXT_H
#define FULLTEXT_FULLTEXT_H

#include "base/html.h"
#include "store/tokens.h"
#include "store/tx.h"

/* No index of beginnings (prefix = '2 3'): in 10,000 posts it made half of the searches for a
 * beginning quicker and half of them slower, for a fifth of an import. */
#define FULLTEXT_SCHEMA \
	"CREATE VIRTUAL TABLE found USING fts5(title, terms, text," \
	" tokenize = '" TOKENS "');"
#define FULLTEXT_TABLES "found"

MUST_CHECK bool fulltext_put(struct tx *tx, int64_t id, struct str title, struct str terms,
			     struct str text, struct fail *f);
/* The same for a post that was not there yet: nothing is looked for first. */
MUST_CHECK bool fulltext_add(struct tx *tx, int64_t id, struct str title, struct str terms,
			     struct str text, struct fail *f);
MUST_CHECK bool fulltext_remove(struct tx *tx, int64_t id, struct fail *f);

struct fulltext_hit {
	int64_t id;
	struct html title, snippet;	/* what was found stands in <mark> */
};

struct fulltext_query {
	struct str words;		/* as a reader typed them; none: nothing is found */
	int skip, limit;		/* which of the hits */
};

struct fulltext_hits {
	struct fulltext_hit *p;		/* the best first, in the arena */
	size_t n;
	int64_t total;			/* all there are, up to 1,000 */
};

MUST_CHECK bool fulltext_search(struct arena *a, struct tx *tx, const struct fulltext_query *q,
				struct fulltext_hits *ret, struct fail *f);

#endif
