/* schema.c - see schema.h. */
#include "store/schema.h"

#include "base/buf.h"
#include "store/lite.h"

#define STATEMENT_MAX 64

bool schema_version(struct db *db, int *ret, struct fail *f)
{
	int64_t version;

	if (!lite_number(db, "PRAGMA user_version", &version, f))
		return false;
	*ret = (int)version;
	return true;
}

static bool step_write(struct tx *tx, const struct schema_step *step, int version, struct fail *f)
{
	CLEANUP(buf_release) struct buf sql = BUF(STATEMENT_MAX);

	if (!lite_exec(tx_db(tx), step->sql, f))
		return false;
	if (step->run && !step->run(tx, f))
		return false;
	tx_raise_all(tx);
	buf_addf(&sql, "PRAGMA user_version = %d", version);
	return lite_exec(tx_db(tx), sql.p, f);
}

/* Another process may have done the step while we waited for the write lock. */
static bool step_apply(struct db *db, const struct schema_step *step, int version, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	int is;

	if (!tx_begin(db, TX_WRITE, &tx, f) || !schema_version(db, &is, f))
		return false;
	if (is >= version)
		return true;
	if (!step_write(tx, step, version, f))
		return fail_in(f, "version %d", version);
	if (!tx_commit(tx, f))
		return false;
	tx = NULL;
	return true;
}

bool schema_apply(struct db *db, const struct schema_step *steps, struct fail *f)
{
	int is, last = 0;

	while (steps[last].sql)
		last++;
	if (!schema_version(db, &is, f))
		return false;
	if (is > last)
		return fail(f, FAIL_CONFLICT, "the database %s was made by a newer program "
			    "(version %d, this program knows %d)", db_path(db), is, last);
	for (; is < last; is++)
		if (!step_apply(db, &steps[is], is + 1, f))
			return false;
	return true;
}
