/* check.c - db_check(): everything that can be told about a file's health. */
#include "base/buf.h"
#include "base/vec.h"
#include "store/lite.h"

#define STATEMENT_MAX 1024

static bool check_structure(struct db *db, struct fail *f)
{
	static const struct query integrity = { .sql = "PRAGMA integrity_check(1)" };
	struct row *row = lite_row(db, &integrity, f);
	bool ok;

	if (!row)
		return false;
	if (!row_next(row))
		return row_end(row, f);
	ok = str_eq(row_str(row, 0), STR("ok"));
	if (!ok)
		fail(f, FAIL_CORRUPT, "the database %s is damaged (%.*s): put a copy in its place",
		     db->path, STR_ARG(row_str(row, 0)));
	lite_rest(row);
	return ok;
}

static bool check_references(struct db *db, struct fail *f)
{
	static const struct query references = { .sql = "PRAGMA foreign_key_check" };
	struct row *row = lite_row(db, &references, f);

	if (!row)
		return false;
	if (!row_next(row))
		return row_end(row, f);
	fail(f, FAIL_CORRUPT, "the database %s is damaged: a row of %.*s belongs to a row of %.*s "
	     "that is not there", db->path, STR_ARG(row_str(row, 0)), STR_ARG(row_str(row, 2)));
	lite_rest(row);
	return false;
}

static bool check_index(struct db *db, struct str name, struct fail *f)
{
	CLEANUP(buf_release) struct buf sql = BUF(STATEMENT_MAX);
	struct fail why = FAIL_INIT;

	/* rank 1: compared with the table that the text is in, too */
	buf_addf(&sql, "INSERT INTO \"%.*s\"(\"%.*s\", rank) VALUES('integrity-check', 1)",
		 STR_ARG(name), STR_ARG(name));
	if (buf_ok(&sql) && lite_exec(db, sql.p, &why))
		return true;
	if (why.code == FAIL_BUSY || why.code == FAIL_IO || why.code == FAIL_QUOTA) {
		if (f)
			*f = why;
		return false;
	}
	return fail(f, FAIL_CORRUPT, "the full text index %.*s of the database %s is damaged and "
		    "must be built anew", STR_ARG(name), db->path);
}

/* Their names first: while they are read, a write by somebody else would keep this handle
 * from writing, and what the indexes are asked for is a write to SQLite. */
static bool check_indexes(struct db *db, struct fail *f)
{
	static const struct query indexes = {
		.sql = "SELECT name FROM sqlite_schema WHERE type = 'table'"
		       " AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
	};
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct row *row = lite_row(db, &indexes, f);
	struct str *names;
	size_t n, i;
	VEC(struct str) found = { 0 };

	if (!row)
		return false;
	while (row_next(row))
		*VEC_ADD(&found) = arena_str(a, row_str(row, 0));
	names = VEC_INTO(a, &found, &n);
	if (!row_end(row, f))
		return false;
	for (i = 0; i < n; i++)
		if (!check_index(db, names[i], f))
			return false;
	return true;
}

bool db_check(struct db *db, struct fail *f)
{
	return check_structure(db, f) && check_references(db, f)
	       && (lite_is_unchanging(db) || check_indexes(db, f));
}
