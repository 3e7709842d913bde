/* batch_store.c - see batch_store.h. Only transactions that make the whole site stale come
 * here, so the declarations name no single thing. */
#include "content/batch_store.h"

#include "base/vec.h"
#include "content/kinds.h"
#include "store/row.h"

/* Rows go into one statement while there are enough of them, the rest one by one. OR FAIL: a
 * failure ends the transaction anyway, and what one statement did need not be undone alone,
 * for which each page would be copied first and the full text index written. */
struct rows {
	const struct query *many, *one;
	size_t width, at_once;		/* values of a row; rows of `many` */
};

static bool write_rows(struct tx *tx, const struct rows *r, const int64_t *values, size_t n,
		       struct fail *f)
{
	while (n) {
		size_t now = n >= r->at_once ? r->at_once : 1;

		if (!tx_exec_ints(tx, now > 1 ? r->many : r->one, values, now * r->width, f))
			return false;
		values += now * r->width;
		n -= now;
	}
	return true;
}

static const struct query PLACES = {
	.sql = "INSERT OR FAIL INTO listing (list, at, post, shelf, out)"
	       " VALUES (?1, ?2, ?3, ?4, ?5), (?6, ?7, ?8, ?9, ?10),"
	       " (?11, ?12, ?13, ?14, ?15), (?16, ?17, ?18, ?19, ?20),"
	       " (?21, ?22, ?23, ?24, ?25), (?26, ?27, ?28, ?29, ?30)",
	.writes = {{ GEN_SHELF }},
};

static const struct query PLACE = {
	.sql = "INSERT OR FAIL INTO listing (list, at, post, shelf, out)"
	       " VALUES (?1, ?2, ?3, ?4, ?5)",
	.writes = {{ GEN_SHELF }},
};

bool batch_store_places(struct tx *tx, const struct place *p, size_t n, struct fail *f)
{
	static const struct rows rows = { &PLACES, &PLACE, 5, 6 };

	return n == 0 || write_rows(tx, &rows, &p->list, n, f);
}

static const struct query TERMS = {
	.sql = "INSERT OR FAIL INTO post_term (post, place, term)"
	       " VALUES (?1, ?2, ?3), (?4, ?5, ?6),"
	       " (?7, ?8, ?9), (?10, ?11, ?12), (?13, ?14, ?15), (?16, ?17, ?18), (?19, ?20, ?21),"
	       " (?22, ?23, ?24), (?25, ?26, ?27), (?28, ?29, ?30)",
	.writes = {{ GEN_POST }},
};

static const struct query TERM = {
	.sql = "INSERT OR FAIL INTO post_term (post, place, term) VALUES (?1, ?2, ?3)",
	.writes = {{ GEN_POST }},
};

bool batch_store_terms(struct tx *tx, const struct post_term *p, size_t n, struct fail *f)
{
	static const struct rows rows = { &TERMS, &TERM, 3, 10 };

	return n == 0 || write_rows(tx, &rows, &p->post, n, f);
}

static const struct query RELATE = {
	.sql = "INSERT OR FAIL INTO related (post, other, score) VALUES (?1, ?2, ?3),"
	       " (?4, ?5, ?6), (?7, ?8, ?9), (?10, ?11, ?12), (?13, ?14, ?15), (?16, ?17, ?18),"
	       " (?19, ?20, ?21), (?22, ?23, ?24), (?25, ?26, ?27), (?28, ?29, ?30)",
	.writes = {{ GEN_AROUND }},
};

static const struct query RELATE_ONE = {
	.sql = "INSERT OR FAIL INTO related (post, other, score) VALUES (?1, ?2, ?3)",
	.writes = {{ GEN_AROUND }},
};

bool batch_store_relate(struct tx *tx, const struct relation *p, size_t n, struct fail *f)
{
	static const struct rows rows = { &RELATE, &RELATE_ONE, 3, 10 };

	return n == 0 || write_rows(tx, &rows, &p->post, n, f);
}

static const struct query UNRELATE = {
	.sql = "DELETE FROM related WHERE post = ?1 AND other = ?2",
	.writes = {{ GEN_AROUND, 1 }},
};

bool batch_store_unrelate(struct tx *tx, int64_t post, int64_t other, struct fail *f)
{
	return tx_exec(tx, &UNRELATE, f, "ii", post, other);
}

static const struct query RELATED = {
	.sql = "SELECT post, other, score FROM related WHERE post = ?1",
	.reads = {{ GEN_AROUND, 1 }},
};

bool batch_store_related(struct arena *a, struct tx *tx, int64_t post, struct relation **ret,
			 size_t *n, struct fail *f)
{
	struct row *r = tx_run(tx, &RELATED, f, "i", post);
	VEC(struct relation) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		*VEC_ADD(&all) = (struct relation){ row_i64(r, 0), row_i64(r, 1), row_i64(r, 2) };
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

static const struct query END = {
	.sql = "SELECT list, at, post, shelf, out FROM listing WHERE list = ?1"
	       " ORDER BY at DESC, post DESC LIMIT ?2",
	.reads = {{ GEN_LIST, 1 }},
};

bool batch_store_end(struct arena *a, struct tx *tx, int64_t list, int limit, struct place **ret,
		     size_t *n, struct fail *f)
{
	struct row *r = tx_run(tx, &END, f, "id", list, limit);
	VEC(struct place) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		*VEC_ADD(&all) = (struct place){ row_i64(r, 0), row_i64(r, 1), row_i64(r, 2),
						 row_i64(r, 3), row_i64(r, 4) };
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

static const struct query COUNT_TERM = {
	.sql = "UPDATE term SET posts = posts + ?2 WHERE id = ?1",
	.writes = {{ GEN_TERMS }},
};

bool batch_store_count_term(struct tx *tx, int64_t term, int64_t posts, struct fail *f)
{
	return tx_exec(tx, &COUNT_TERM, f, "ii", term, posts);
}
