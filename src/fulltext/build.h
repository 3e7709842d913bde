/* build.h - the full text index of many posts at once, where there was none.
 *
 * FTS5 takes a text word by word, keeps them in a table in memory, writes that as a segment
 * whenever it is full or somebody commits, and merges segments: a fifth of an import, all by
 * the thread that writes. Here texts come with their words counted (concord.h, on any thread),
 * and a transaction's words are laid out as one segment (segment.h). What is in the tables
 * afterwards is what FTS5 would have written, but for where a segment ends; it goes on from
 * there.
 *
 * For new posts whose numbers grow, in an index in which nobody else writes meanwhile; db_bulk()
 * is on. One thread at a time.
 */
#ifndef FULLTEXT_BUILD_H
#define FULLTEXT_BUILD_H

#include "fulltext/concord.h"
#include "store/tx.h"

struct build;
struct build *build_new(void);
void build_free(struct build *b);		/* NULL is fine */

/* At the begin of each transaction. *ret: does it take posts? Not where the index has others
 * than those that it was given: they are FTS5's. */
MUST_CHECK bool build_begin(struct build *b, struct tx *tx, bool *ret, struct fail *f);
MUST_CHECK bool build_add(struct build *b, struct tx *tx, int64_t post, struct str title,
			  struct str terms, struct str text, const struct concord *words,
			  struct fail *f);
/* Before the commit, and before FTS5 is given anything in this transaction: it takes no more
 * posts, then. */
MUST_CHECK bool build_write(struct build *b, struct tx *tx, struct fail *f);
/* The transaction was lost. */
void build_forget(struct build *b);

#endif
