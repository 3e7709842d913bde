/* row.c - see row.h. Statements are at rest again after row_end(), see stmt.c. */
#include "store/row.h"

#include <assert.h>
#include "store/lite.h"
#include "work/thread.h"

#define STEPS 4			/* a row is a few microseconds */

bool row_next(struct row *row)
{
	assert(row->busy);
	if (row->rc != SQLITE_OK && row->rc != SQLITE_ROW)
		return false;
	if (row->db->steps++ % STEPS == 0)
		thread_give_way();
	row->rc = sqlite3_step(row->stmt);
	return row->rc == SQLITE_ROW;
}

bool row_end(struct row *row, struct fail *f)
{
	int rc = row->rc;
	bool ok = rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE
		  || lite_fail(row->db, rc, f);

	lite_rest(row);
	return ok;
}

int64_t row_i64(struct row *row, int col)
{
	return sqlite3_column_int64(row->stmt, col);
}

int row_int(struct row *row, int col)
{
	return sqlite3_column_int(row->stmt, col);
}

bool row_bool(struct row *row, int col)
{
	return sqlite3_column_int64(row->stmt, col) != 0;
}

struct str row_str(struct row *row, int col)
{
	const char *p = (const char *)sqlite3_column_text(row->stmt, col);

	return p ? str_from(p, (size_t)sqlite3_column_bytes(row->stmt, col)) : STR_NONE;
}
