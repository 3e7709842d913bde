/* db.h - one open SQLite database, with our settings.
 *
 * WAL, synchronous FULL (what was acknowledged is on the disk), foreign keys, no
 * trusted schema, defensive, small caches. A struct db is used by one thread at a
 * time (handles.h lends them out). Several processes may work on one file; a writer
 * waits up to five seconds for another, then it is FAIL_BUSY.
 *
 * On a medium that cannot be written (gens_is_private()) it can be read, as it is in its file and
 * in its log; who would write is told so: FAIL_FORBIDDEN.
 *
 * A damaged file is FAIL_CORRUPT for whoever asks, and nothing more. A full disk is
 * FAIL_QUOTA, a broken rule of the schema FAIL_CONFLICT.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/fail.h"
#include "store/query.h"

struct db;

struct db_config {
	const char *path;
	bool create;			/* make the file when it is not there */
	bool read_only;
	/* No shared memory, for which a full disk has no room: nobody else can use the file while
	 * this is open. Somebody else does: FAIL_BUSY at once. */
	bool alone;
	bool relaxed;			/* a power cut may lose the last commits, nothing else */
	struct gens *gens;		/* where its transactions count; NULL: nothing is counted */
	uint64_t site;			/* 0: the host's own database */
	const struct gen_tables *tables;	/* NULL: declarations are not proved */
};

/* Once per process, before the first db_open() and before threads. */
void db_init(void);

MUST_CHECK bool db_open(const struct db_config *c, struct db **ret, struct fail *f);
void db_close(struct db *db);		/* writes the log back; NULL is fine */
void db_closep(struct db **db);		/* for CLEANUP */

uint64_t db_site(const struct db *db);
const char *db_path(const struct db *db);
/* For some minutes of work that is not acknowledged before db_sync(): commits do not wait. */
void db_hasten(struct db *db, bool on);

/* Much work is coming on this handle (an import), or is over: its page cache may grow to 16 MiB
 * and more with a large transaction, pages are not written before the commit, and then many a
 * call, commits do not wait for the disk, and a thread writes the log back meanwhile; the
 * tables that stand behind a full text index may be written to (fulltext/build.h). Or all is as
 * ever again. Outside of a transaction. On a database that is held it does nothing. */
void db_bulk(struct db *db, bool on);
bool db_is_bulk(const struct db *db);

/* Before much comes into a database that is small: its pages become larger (8 KiB), if nobody
 * else has it open now. Outside of a transaction. False: it could not be brought back to what it
 * was, but is whole (db_open() will). */
MUST_CHECK bool db_widen(struct db *db, struct fail *f);

/* Until db_undo() all transactions are parts of one that is never committed: what they write
 * is seen on this handle and by image_write(), and then it never happened. Statements stay
 * prepared over that, and a schema is read once. For a database in memory (image.h). */
MUST_CHECK bool db_hold(struct db *db, struct fail *f);
void db_undo(struct db *db);

/* What was committed meanwhile is on the disk now: before it is acknowledged. The end of bulk
 * work: nobody writes the log back after it. */
MUST_CHECK bool db_sync(struct db *db, struct fail *f);

/* What was asked of the file since it was opened, the full text index's own work included:
 * for tests of what something costs. */
struct db_work {
	int64_t looked;			/* pages looked at, in the cache or not */
	int64_t written;		/* pages */
};
void db_work(const struct db *db, struct db_work *ret);

/* Looks through the whole file: structure, indexes, foreign keys, and each full text
 * index, which on a medium that cannot be written is not possible. FAIL_CORRUPT says the first
 * thing found. */
MUST_CHECK bool db_check(struct db *db, struct fail *f);

#endif
