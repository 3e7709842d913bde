/* highlight.h - what was looked for, found again in the texts that are shown.
 *
 * FTS5's highlight() and snippet() want the search once more for each text, and go through
 * all of it. Here the words of the search are kept, and of a long text only what stands
 * before and in the excerpt is looked at.
 */
#ifndef FULLTEXT_HIGHLIGHT_H
#define FULLTEXT_HIGHLIGHT_H

#include "base/html.h"
#include "store/tokens.h"

enum {
	HIGHLIGHT_PHRASES = 12,	/* that are looked for */
	HIGHLIGHT_WORDS = 32	/* of a phrase; a longer one is found, and not marked */
};

/* Words that stand one behind the other. */
struct highlight_phrase {
	uint64_t words[HIGHLIGHT_WORDS];	/* hashes of them, folded */
	size_t n;
	struct str last;
	bool prefix;			/* the last one may go on */
};

struct highlight {
	struct highlight_phrase phrases[HIGHLIGHT_PHRASES];
	size_t n, longest;		/* phrases; words of one */
};

/* One more, of at most HIGHLIGHT_PHRASES; what is kept of it lies in the arena. */
MUST_CHECK bool highlight_seek(struct highlight *h, struct arena *a, struct db *db,
			       struct str phrase, bool prefix, struct fail *f);

/* All of the text, or the words round its first mark (or its first words), as HTML: what was
 * looked for stands in <mark>. */
MUST_CHECK bool highlight_all(const struct highlight *h, struct arena *a, struct db *db,
			      struct str text, struct html *ret, struct fail *f);
MUST_CHECK bool highlight_excerpt(const struct highlight *h, struct arena *a, struct db *db,
				  struct str text, struct html *ret, struct fail *f);

#endif
