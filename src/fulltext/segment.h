/* segment.h - a whole index of words, written in one go: FTS5's segment.
 *
 * Words come in order, each with all its posts in order. The form is that of FTS5's tables
 * _data and _idx, told at the head of ext/fts5/fts5_index.c in SQLite's sources; it has not
 * changed since FTS5 is there, and SQLite promises to go on reading it. Every test that
 * writes one asks FTS5 to compare it with the texts (db_check()).
 */
#ifndef FULLTEXT_SEGMENT_H
#define FULLTEXT_SEGMENT_H

#include "base/buf.h"
#include "store/tx.h"

struct segment_skips {
	int64_t page;
	struct buf bytes;
};

struct segment {
	struct tx *tx;
	struct fail *f;
	bool failed;			/* f tells; what follows does nothing */
	int64_t number;			/* of the segment: 1 and up */
	int64_t page;			/* of the leaf that is filled: 1 and up */
	struct buf leaf, footer;	/* it; its offsets of words */
	size_t last_offset;		/* the last one in the footer */
	bool has_word, has_post;	/* in this leaf */
	struct buf word;		/* the last one */

	int64_t index_page;		/* the leaf whose row in _idx is next; 0: none */
	struct buf index_word;		/* what stands for it: a beginning of its first word */

	/* Where posts begin in the leaves of the last word, for words that take many. */
	struct buf skips;
	int64_t skips_page, skips_post;
	size_t without_word;		/* leaves since then */
	struct { struct segment_skips *p; size_t n, cap; } kept;
};

void segment_begin(struct segment *s, struct tx *tx, int64_t number, struct fail *f);
/* posts: for each, the number of the post less that of the one before it, twice the bytes of
 * its places, its places (varint.h). */
void segment_add(struct segment *s, struct str word, struct str posts);
/* How many leaves it has. Frees s. */
MUST_CHECK bool segment_end(struct segment *s, int64_t *leaves);

#endif
