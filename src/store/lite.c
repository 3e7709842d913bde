/* lite.c - what SQLite says, as failures with names; small statements of our own. */
#include "store/lite.h"

#include <errno.h>

static bool is_damage(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return true;
	default:
		return false;
	}
}

static bool fail_system(struct db *db, int rc, struct fail *f)
{
	int err = db->lite ? sqlite3_system_errno(db->lite) : 0;

	if (err == EDQUOT || err == ENOSPC)
		return fail(f, FAIL_QUOTA, "there is no room left for the database %s", db->path);
	if ((rc & 0xff) == SQLITE_READONLY && lite_is_unchanging(db))
		return fail(f, FAIL_FORBIDDEN, "%s lies on a medium that cannot be written, and"
			    " this would change it", db->path);
	if ((rc & 0xff) == SQLITE_CANTOPEN && lite_is_unchanging(db))
		return fail(f, FAIL_IO, "%s has a log without its index (-wal without -shm), and"
			    " lies on a medium that cannot be written: copy the folder to another",
			    db->path);
	if ((rc & 0xff) == SQLITE_READONLY)
		return fail(f, FAIL_IO, "the database %s cannot be written: look at the rights of "
			    "the file and its folder", db->path);
	errno = err ? err : EIO;
	fail_errno(f, "cannot use the database %s", db->path);
	if (f)
		f->code = FAIL_IO;
	return false;
}

bool lite_fail(struct db *db, int rc, struct fail *f)
{
	const char *says = db->lite ? sqlite3_errmsg(db->lite) : sqlite3_errstr(rc);

	if (is_damage(rc)) {
		db->broken = db->damaged = true;
		return fail(f, FAIL_CORRUPT, "the database %s is damaged (%s): put a copy in its "
			    "place", db->path, says);
	}
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return fail(f, FAIL_BUSY, "the database %s is in use by another program: try "
			    "again", db->path);
	case SQLITE_FULL:
		return fail(f, FAIL_QUOTA, "there is no room left for the database %s", db->path);
	case SQLITE_CONSTRAINT:
		return fail(f, FAIL_CONFLICT, "this does not go together with what is stored "
			    "(%s)", says);
	case SQLITE_TOOBIG:
		return fail(f, FAIL_TOO_LARGE, "this is too large for the database");
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		db->broken = true;
		return fail_system(db, rc, f);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return fail_system(db, rc, f);
	default:
		return fail(f, FAIL_BUG, "a statement on the database %s failed: %s", db->path,
			    says);
	}
}

bool lite_exec(struct db *db, const char *sql, struct fail *f)
{
	int rc = sqlite3_exec(db->lite, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK || lite_fail(db, rc, f);
}

bool lite_number(struct db *db, const char *sql, int64_t *ret, struct fail *f)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db->lite, sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int64(stmt, 0);
	else
		lite_fail(db, rc, f);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW;
}
