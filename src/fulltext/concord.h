/* concord.h - a concordance: the words of a text, each with its places, as the full text index
 * keeps them.
 *
 * Counting needs no transaction and may be done on many threads at once; the result is given
 * to build.h. FTS5's own tokenizer says what a word is.
 */
#ifndef FULLTEXT_CONCORD_H
#define FULLTEXT_CONCORD_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/str.h"

enum { CONCORD_COLUMNS = 3 };		/* of the index: title, terms, text */
enum { CONCORD_SHORT = 8 };		/* most words are shorter */
enum { CONCORD_ROOM = 16 };		/* so much may be read where places begin */

struct concord_word {
	const char *p;			/* folded; n bytes */
	const unsigned char *places;	/* as FTS5 writes them: their length, and they */
	uint32_t n, n_places;		/* bytes of both */
	uint64_t hash;			/* up to CONCORD_SHORT bytes it and n tell the word */
};

struct concord {
	const struct concord_word *p;	/* each once */
	size_t n;
	int64_t sizes[CONCORD_COLUMNS];	/* words in each column, each as often as it is there */
};

/* Counts words, again and again; one thread at a time. */
struct concord_maker;
MUST_CHECK bool concord_maker_new(struct concord_maker **ret, struct fail *f);
void concord_maker_free(struct concord_maker *m);	/* NULL is fine */

MUST_CHECK bool concord_make(struct concord_maker *m, struct arena *a,
			     const struct str columns[CONCORD_COLUMNS],
			     const struct concord **ret, struct fail *f);

#endif
