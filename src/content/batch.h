/* batch.h - what many puts in a row know of each other, so that the database is not asked.
 *
 * An import puts thousands of posts, oldest first: each goes to the end of its lists. A batch
 * remembers these ends, the ids of terms and what posts are related to, and holds rows back
 * that nobody reads before the commit, to be written in the order of their keys, several a
 * statement. What is written is the same, row for row (batch_test.c).
 *
 * It takes new posts that are newer than all others of their lists, in transactions that
 * make the whole site stale (tx_raise_all()), so that nobody need be told. For any other
 * post batch_yield() writes what is held and forgets all, and the usual way is gone. The full
 * text index of a new site is built from words that were counted before (fulltext/build.h).
 *
 * One thread at a time. What edit.h says of struct edit_batch is for everybody else.
 */
#ifndef CONTENT_BATCH_H
#define CONTENT_BATCH_H

#include "content/edit_store.h"
#include "content/relate.h"
#include "fulltext/build.h"

struct edit_batch {
	struct arena *arena;		/* of all below, until it is forgotten */
	const struct edit_rules *rules;
	struct build *words;		/* the full text index */
	bool takes_words;		/* does it take posts in this transaction? */
	bool begun;			/* a transaction was */
	bool in_order;			/* lists are as edit_arrange() would leave them */
	int64_t version;		/* of the database: tx_version() */
	int64_t next_id;		/* 0: not known */
	int64_t first_new;		/* of the posts from here on nothing was written yet */
	struct map *terms;		/* kind and slug -> struct batch_term */
	struct map *ends;		/* list -> struct batch_end */
	struct map *kin;		/* post -> struct batch_kin */
	struct map *months;		/* yyyymm -> struct batch_month */
	struct { struct place *p; size_t n, cap; } places;
	struct { struct post_term { int64_t post, place, term; } *p; size_t n, cap; } post_terms;
};

/* Writes what is held back and forgets all: somebody is about to change lists by himself. */
MUST_CHECK bool batch_yield(struct edit_batch *b, struct tx *tx, struct fail *f);

MUST_CHECK bool batch_next_id(struct edit_batch *b, struct tx *tx, int64_t *ret, struct fail *f);
MUST_CHECK bool batch_find_term(struct edit_batch *b, struct tx *tx, enum term_kind kind,
				struct str slug, struct str name, int64_t *id, struct fail *f);
void batch_add_term(struct edit_batch *b, int64_t post, int64_t place, int64_t term);

/* *ret: would a post go to the end of all these lists? */
MUST_CHECK bool batch_takes(struct edit_batch *b, struct tx *tx, const int64_t *lists, size_t n,
			    int64_t at, int64_t post, bool *ret, struct fail *f);
/* To their ends; batch_takes() said so. */
void batch_place(struct edit_batch *b, int64_t list, int64_t at, int64_t post, int64_t out);

/* The posts before that one at the end of a list, the last one first, at most RELATE_NEAR. */
size_t batch_near(const struct edit_batch *b, int64_t list, int64_t post, int64_t *ret);
/* Both ways; the other one keeps its best RELATE_KEPT. */
MUST_CHECK bool batch_relate(struct edit_batch *b, struct tx *tx, int64_t post, int64_t other,
			     int64_t score, struct fail *f);

#endif
