/* stmt.c - prepared statements, kept per database, found by the address of their query.
 *
 * The cache is a small array looked through in order: a site's page uses a few dozen
 * queries and each run costs microseconds anyway. The longest unused one at rest makes place.
 */
#include <assert.h>
#include "base/mem.h"
#include "store/lite.h"

static bool row_prepare(struct row *row, struct db *db, const struct query *q, struct fail *f)
{
	const unsigned keep = SQLITE_PREPARE_PERSISTENT;
	int rc;

	lite_prove_begin(db, q);
	rc = sqlite3_prepare_v3(db->lite, q->sql, -1, row->extra ? 0 : keep, &row->stmt, NULL);
	lite_prove_end(db);
	if (rc == SQLITE_AUTH)
		return fail(f, FAIL_BUG, "the query \"%s\" does not declare what it touches (%s)",
			    q->sql, sqlite3_errmsg(db->lite));
	if (rc != SQLITE_OK)
		return lite_fail(db, rc, f);
	row->db = db;
	row->q = q;
	return true;
}

static void row_forget(struct row *row)
{
	sqlite3_finalize(row->stmt);
	row->stmt = NULL;
	row->q = NULL;
}

/* The place of q, or the place that q may take; NULL when all are busy. */
static struct row *row_place(struct db *db, const struct query *q)
{
	struct row *best = NULL;

	for (size_t i = 0; i < LITE_STATEMENTS; i++) {
		struct row *row = &db->rows[i];

		if (row->q == q)
			return row;
		if (!row->busy && (!best || row->used < best->used))
			best = row;
	}
	return best;
}

/* The same query is running already (a recursion), or all places are: one for now. */
static struct row *row_extra(struct db *db, const struct query *q, struct fail *f)
{
	struct row *row = MEM_NEW(struct row);

	row->extra = true;
	if (!row_prepare(row, db, q, f)) {
		mem_free(row);
		return NULL;
	}
	row->next_extra = db->extras;
	db->extras = row;
	return row;
}

struct row *lite_row(struct db *db, const struct query *q, struct fail *f)
{
	struct row *row = row_place(db, q);

	if (!row || row->busy) {
		row = row_extra(db, q, f);
		if (!row)
			return NULL;
	} else if (row->q != q) {
		row_forget(row);
		if (!row_prepare(row, db, q, f))
			return NULL;
	}
	row->busy = true;
	row->rc = SQLITE_OK;
	row->used = ++db->runs;
	return row;
}

void lite_rest(struct row *row)
{
	struct row **at = &row->db->extras;

	sqlite3_reset(row->stmt);
	sqlite3_clear_bindings(row->stmt);
	row->busy = false;
	if (!row->extra)
		return;
	while (*at != row)
		at = &(*at)->next_extra;
	*at = row->next_extra;
	row_forget(row);
	mem_free(row);
}

void lite_rest_all(struct db *db)
{
	for (size_t i = 0; i < LITE_STATEMENTS; i++)
		if (db->rows[i].busy)
			lite_rest(&db->rows[i]);
	while (db->extras)
		lite_rest(db->extras);
}

void lite_forget_all(struct db *db)
{
	assert(!db->extras);
	for (size_t i = 0; i < LITE_STATEMENTS; i++)
		row_forget(&db->rows[i]);
}
