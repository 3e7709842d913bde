/* backup.c - see backup.h. All pages in one step: no other state can come between. */
#include "store/backup.h"

#include <unistd.h>
#include "base/file.h"
#include "store/lite.h"

static bool copy_all(struct db *db, sqlite3 *to, struct fail *f)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", db->lite, "main");
	int rc;

	if (!b)
		return fail(f, FAIL_IO, "cannot copy the database %s: %s", db->path,
			    sqlite3_errmsg(to));
	rc = sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	return rc == SQLITE_DONE || lite_fail(db, rc, f);
}

bool backup_make(struct db *db, const char *path, struct fail *f)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	sqlite3 *to = NULL;
	bool ok;

	if (file_exists(path))
		return fail(f, FAIL_CONFLICT, "%s exists already: name a new file", path);
	if (sqlite3_open_v2(path, &to, flags, NULL) == SQLITE_OK)
		ok = copy_all(db, to, f);
	else
		ok = fail(f, FAIL_IO, "cannot write %s: %s", path, sqlite3_errmsg(to));
	sqlite3_close(to);
	if (!ok)
		unlink(path);
	return ok;
}
