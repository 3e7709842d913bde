/* widen.c - a small database that is about to become a large one gets larger pages.
 *
 * A page costs its handling in memory, a frame of the log, a place in the log's index and a
 * call to write it back, however large it is. SQLite changes the size when it writes the file
 * anew (VACUUM), and not while there is a log; to leave the log takes the file for oneself. So
 * it is done where nobody else has it open, in three steps, each by itself as safe as any commit.
 * Who opens the file between them brings the log back (db_open()), and its pages stay as they
 * were; so does who finds it after a crash.
 */
#include "store/lite.h"

enum { LARGE = 8192, SMALL_FILE = 1 << 20 };

static bool is_worth_it(struct db *db)
{
	int64_t size, pages;

	return lite_number(db, "PRAGMA page_size", &size, NULL) && size < LARGE
		&& lite_number(db, "PRAGMA page_count", &pages, NULL)
		&& size * pages <= SMALL_FILE;
}

bool db_widen(struct db *db, struct fail *f)
{
	if (db->held || !is_worth_it(db) || !lite_exec(db, "PRAGMA journal_mode = DELETE", NULL))
		return true;
	sqlite3_limit(db->lite, SQLITE_LIMIT_ATTACHED, 1);	/* VACUUM fills another database */
	/* If it fails, pages are as they were. */
	(void)!lite_exec(db, "PRAGMA page_size = 8192; VACUUM", NULL);
	sqlite3_limit(db->lite, SQLITE_LIMIT_ATTACHED, 0);
	return lite_exec(db, "PRAGMA journal_mode = WAL", f);
}
