/* run.c - statements with their values: tx_run(), tx_exec(), tx_number() and the like. */
#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include "store/lite.h"

static uint64_t params_of(const struct gen_use *use, size_t most)
{
	uint64_t named = 0;

	for (size_t i = 0; i < most && use[i].kind; i++)
		named |= UINT64_C(1) << use[i].param | UINT64_C(1) << use[i].param2
			 | UINT64_C(1) << use[i].param3;
	return named;
}

/* The parameters that a query's declarations name, as bits: their texts are hashed, a whole
 * post is not. */
static uint64_t named_params(const struct query *q)
{
	return params_of(q->reads, QUERY_READS) | params_of(q->writes, QUERY_WRITES);
}

static int bind_int(struct row *row, int at, int64_t v, uint64_t *hash)
{
	*hash = lite_value_int(v);
	return sqlite3_bind_int64(row->stmt, at, v);
}

static int bind_null(struct row *row, int at, uint64_t *hash)
{
	*hash = lite_value_str(STR_NONE);
	return sqlite3_bind_null(row->stmt, at);
}

/* The caller keeps the bytes until row_end(), where the binding is cleared. Empty text
 * needs an address to be text and not NULL. hash: NULL where nobody asks for it. */
static int bind_str(struct row *row, int at, struct str s, char type, uint64_t *hash)
{
	const char *p = s.n ? s.p : "";

	if (hash)
		*hash = lite_value_str(s);
	if (type == 'S' && !s.p)
		return sqlite3_bind_null(row->stmt, at);
	if (type == 'b')
		return sqlite3_bind_blob64(row->stmt, at, p, s.n, SQLITE_STATIC);
	return sqlite3_bind_text64(row->stmt, at, p, s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_all(struct row *row, uint64_t *hashes, const char *types, va_list ap)
{
	uint64_t named = named_params(row->q);
	int rc = SQLITE_OK;

	for (int at = 1; types[at - 1] && rc == SQLITE_OK; at++) {
		char type = types[at - 1];
		uint64_t *hash = &hashes[at - 1];

		switch (type) {
		case 'i':
			rc = bind_int(row, at, va_arg(ap, int64_t), hash);
			break;
		case 'd':
			rc = bind_int(row, at, va_arg(ap, int), hash);
			break;
		case 's':
		case 'S':
		case 'b':
			rc = bind_str(row, at, va_arg(ap, struct str), type,
				      named >> at & 1 ? hash : NULL);
			break;
		case 'n':
			rc = bind_null(row, at, hash);
			break;
		default:
			assert(!"an unknown letter");
			rc = SQLITE_MISUSE;
		}
	}
	return rc;
}

static bool is_fitting(struct row *row, size_t given, struct fail *f)
{
	size_t n = (size_t)sqlite3_bind_parameter_count(row->stmt);

	if (given == n)
		return true;
	return fail(f, FAIL_BUG, "the query \"%s\" was given %zu values for %zu parameters",
		    row->q->sql, given, n);
}

/* Ready for its values; NULL on failure. */
static struct row *row_for(struct tx *tx, const struct query *q, struct fail *f)
{
	assert(tx->open);
	if (q->writes[0].kind && tx->kind == TX_READ) {
		fail(f, FAIL_BUG, "the query \"%s\" writes in a transaction for reading", q->sql);
		return NULL;
	}
	return lite_row(tx->db, q, f);
}

/* After its values were bound: what it uses is noted. */
static struct row *row_bound(struct tx *tx, struct row *row, int rc, const uint64_t *hashes,
			     struct fail *f)
{
	if (rc != SQLITE_OK) {
		lite_fail(tx->db, rc, f);
		lite_rest(row);
		return NULL;
	}
	lite_use(tx, row->q, hashes);
	return row;
}

static struct row *run(struct tx *tx, const struct query *q, struct fail *f, const char *types,
		       va_list ap)
{
	uint64_t hashes[LITE_PARAMS] = { 0 };
	struct row *row = row_for(tx, q, f);

	if (!row)
		return NULL;
	if (!is_fitting(row, strlen(types), f)) {
		lite_rest(row);
		return NULL;
	}
	return row_bound(tx, row, bind_all(row, hashes, types, ap), hashes, f);
}

struct row *tx_run(struct tx *tx, const struct query *q, struct fail *f, const char *types, ...)
{
	struct row *row;
	va_list ap;

	va_start(ap, types);
	row = run(tx, q, f, types, ap);
	va_end(ap);
	return row;
}

bool tx_exec(struct tx *tx, const struct query *q, struct fail *f, const char *types, ...)
{
	struct row *row;
	va_list ap;

	va_start(ap, types);
	row = run(tx, q, f, types, ap);
	va_end(ap);
	if (!row)
		return false;
	while (row_next(row))
		;
	return row_end(row, f);
}

bool tx_exec_ints(struct tx *tx, const struct query *q, const int64_t *values, size_t n,
		  struct fail *f)
{
	uint64_t hashes[LITE_PARAMS] = { 0 };
	struct row *row = row_for(tx, q, f);
	int rc = SQLITE_OK;

	if (!row)
		return false;
	if (!is_fitting(row, n, f)) {
		lite_rest(row);
		return false;
	}
	for (size_t i = 0; i < n && rc == SQLITE_OK; i++)
		rc = bind_int(row, (int)i + 1, values[i], &hashes[i]);
	row = row_bound(tx, row, rc, hashes, f);
	if (!row)
		return false;
	row_next(row);
	return row_end(row, f);
}

bool tx_number(struct tx *tx, const struct query *q, int64_t *ret, struct fail *f,
	       const char *types, ...)
{
	struct row *row;
	int64_t number;
	va_list ap;

	va_start(ap, types);
	row = run(tx, q, f, types, ap);
	va_end(ap);
	if (!row)
		return false;
	if (!row_next(row))
		return row_end(row, f) && fail(f, FAIL_NOT_FOUND, "there is no such thing");
	number = row_i64(row, 0);
	if (!row_end(row, f))
		return false;
	*ret = number;
	return true;
}
