/* marks.h - what was looked for, found again in the texts that are shown.
 *
 * FTS5's highlight() and snippet() want the search once more for each text, and go through
 * all of it. Here the words of the search are kept, and of a long text only what stands
 * before and in the excerpt is looked at.
 */
#ifndef FULLTEXT_MARKS_H
#define FULLTEXT_MARKS_H

#include "base/html.h"
#include "store/tokens.h"

enum {
	MARKS_PHRASES = 12,	/* that are looked for */
	MARKS_WORDS = 32	/* of a phrase; a longer one is found, and not marked */
};

/* Words that stand one behind the other. */
struct marks_phrase {
	uint64_t words[MARKS_WORDS];	/* hashes of them, folded */
	size_t n;
	struct str last;
	bool prefix;			/* the last one may go on */
};

struct marks {
	struct marks_phrase phrases[MARKS_PHRASES];
	size_t n, longest;		/* phrases; words of one */
};

/* One more, of at most MARKS_PHRASES. */
MUST_CHECK bool marks_seek(struct marks *m, struct arena *a, struct db *db, struct str phrase,
			   bool prefix, struct fail *f);

/* All of the text, or the words round its first mark (or its first words), as HTML: what was
 * looked for stands in <mark>. */
MUST_CHECK bool marks_all(const struct marks *m, struct arena *a, struct db *db, struct str text,
			  struct html *ret, struct fail *f);
MUST_CHECK bool marks_excerpt(const struct marks *m, struct arena *a, struct db *db,
			      struct str text, struct html *ret, struct fail *f);

#endif
