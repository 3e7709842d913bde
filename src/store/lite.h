/* lite.h - the inside of store/: what its own files share about SQLite. Nobody else
 * includes this.
 */
#ifndef STORE_LITE_H
#define STORE_LITE_H

#include <sqlite3.h>
#include "store/db.h"
#include "store/tx.h"

#define LITE_STATEMENTS 48	/* kept prepared, for each open database */
#define LITE_PARAMS 32		/* of one statement */

/* A prepared statement. At rest in the cache of its db, or busy: on loan as a row. */
struct row {
	struct db *db;
	const struct query *q;		/* NULL: an empty place in the cache */
	sqlite3_stmt *stmt;
	int rc;				/* of the last step */
	bool busy;
	bool extra;			/* its query was busy already: made for one use */
	uint64_t used;			/* when, in runs of this db */
	struct row *next_extra;
};

struct tx {
	struct db *db;
	enum tx_kind kind;
	bool open;
	bool started;			/* the snapshot may have begun */
	bool moved;			/* see the proof in tx.h: case 4 */
	bool raise_all;
	uint32_t commits;		/* GEN_COMMIT before the snapshot: c0 */
	struct deps deps;		/* read; kept for the next transaction's use */
	struct { uint32_t *p; size_t n, cap; } raises;	/* slots */
	struct arena *arena;		/* of tx_keep(); NULL: nothing is kept */
	struct kept *kept;		/* in it */
};

struct db {
	sqlite3 *lite;
	char *path;
	struct gens *gens;
	uint64_t site;
	const struct gen_tables *tables;
	bool broken;			/* not to be lent again */
	bool damaged;			/* what is in the file is not what it should be */
	bool relaxed, alone;		/* as it was opened: db_config */
	bool held;			/* db_hold() */
	bool bulk;			/* db_bulk() */
	int patience_ms;		/* so long it waits for another writer */
	int64_t waited_us;		/* this time */
	struct handle *handle;		/* handles.c's, or NULL */
	struct gather *gather;		/* gather.c's, or NULL */
	struct checkpoint *checkpoint;	/* checkpoint.c's, or NULL */
	struct tx tx;
	uint64_t runs, steps;		/* statements begun; their rows */
	struct row rows[LITE_STATEMENTS];
	struct row *extras;		/* busy rows outside the cache */
	fts5_tokenizer tokens;
	Fts5Tokenizer *tokenizer;	/* of `tokens`, or NULL: nobody asked yet */
};

/* It lies on a medium that cannot be written. */
bool lite_is_unchanging(const struct db *db);

/* rc of the last call on db as a failure, in a sentence that names the file. */
bool lite_fail(struct db *db, int rc, struct fail *f);

/* Statements of our own that touch no declared data. */
MUST_CHECK bool lite_exec(struct db *db, const char *sql, struct fail *f);
MUST_CHECK bool lite_number(struct db *db, const char *sql, int64_t *ret, struct fail *f);

/* db.c: a writer died between its commit and the raising of its counters, if the site's
 * mark is set and nobody holds the write lock. Somebody who holds it lives and mends
 * himself. _locked: the caller holds it. */
void lite_mend(struct db *db);
void lite_mend_locked(struct db *db);

/* gather.c: from here to there the file and its log are written many pages a call. Outside of
 * a transaction. */
void lite_gather(struct db *db);
void lite_scatter(struct db *db);

/* checkpoint.c: from here to there the log is written back by a thread of its own, while
 * commits go on. Outside of a transaction; begin: behind lite_gather(). False: the disk failed,
 * and what was committed meanwhile may be lost. Once more does nothing. */
void lite_checkpoint_begin(struct db *db);
MUST_CHECK bool lite_checkpoint_end(struct db *db, struct fail *f);

/* stmt.c: a statement ready for binding, busy until lite_rest(). NULL on failure. */
struct row *lite_row(struct db *db, const struct query *q, struct fail *f);
void lite_rest(struct row *row);
void lite_rest_all(struct db *db);
void lite_forget_all(struct db *db);		/* finalizes; nothing is busy */

void lite_forget_tokens(struct db *db);		/* tokens.c */

/* query.c: the key that a use means; values are hashed, parameter 1 first. */
uint64_t lite_value_int(int64_t v);
uint64_t lite_value_str(struct str s);
uint64_t lite_key(const struct gen_use *use, const uint64_t *values);

/* tx.c: notes what a statement declares, before it runs. */
void lite_use(struct tx *tx, const struct query *q, const uint64_t *values);

/* prove.c: while a statement is prepared, in --enable-debug builds. */
void lite_prove_begin(struct db *db, const struct query *q);
void lite_prove_end(struct db *db);

#endif
