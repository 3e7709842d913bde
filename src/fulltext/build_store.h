/* build_store.h - the rows that FTS5 keeps of the table `found`, written by ourselves:
 * build.h says when. The database takes them while db_bulk() is on. */
#ifndef FULLTEXT_BUILD_STORE_H
#define FULLTEXT_BUILD_STORE_H

#include "base/arena.h"
#include "store/tx.h"

/* A post's texts, and how many words each has (varint.h). */
MUST_CHECK bool build_store_post(struct tx *tx, int64_t id, struct str title, struct str terms,
				 struct str text, struct str sizes, struct fail *f);

/* Rows of the index: segment.h. */
MUST_CHECK bool build_store_leaf(struct tx *tx, int64_t row, struct str bytes, struct fail *f);
MUST_CHECK bool build_store_index(struct tx *tx, int64_t segment, struct str word, int64_t page,
				  struct fail *f);

/* Which segments there are, and how many posts and words: as they are, or NULL strings. */
MUST_CHECK bool build_store_load(struct arena *a, struct tx *tx, struct str *segments,
				 struct str *totals, struct fail *f);
MUST_CHECK bool build_store_save(struct tx *tx, struct str segments, struct str totals,
				 struct fail *f);
/* FTS5 forgets what it remembers of these. */
MUST_CHECK bool build_store_forget(struct tx *tx, struct fail *f);

#endif
