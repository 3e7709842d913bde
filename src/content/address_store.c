/* address_store.c - old addresses. post 0 means that it leads to a file, or, when that
 * is empty, that what was there is gone. */
#include "content/address.h"

#include <string.h>
#include "base/vec.h"
#include "content/kinds.h"
#include "store/row.h"

static const struct query FIND = {
	.sql = "SELECT a.post, p.path, p.status, a.file FROM address a LEFT JOIN post p ON p.id ="
	       " a.post"
	       " WHERE a.path = ?1",
	.reads = {{ GEN_ADDRESS, 1 }},
};

bool address_find(struct arena *a, struct tx *tx, struct str path, enum address_kind *kind,
		  struct str *to, struct fail *f)
{
	struct row *r = tx_run(tx, &FIND, f, "s", path);

	if (!r)
		return false;
	*kind = ADDRESS_UNKNOWN;
	*to = STR_NONE;
	if (row_next(r)) {
		if (row_i64(r, 0) == 0) {
			*to = arena_str(a, row_str(r, 3));
			*kind = to->n ? ADDRESS_FILE : ADDRESS_GONE;
		} else if (row_int(r, 2) == 2) {	/* POST_PUBLISHED */
			*kind = ADDRESS_MOVED;
			*to = arena_str(a, row_str(r, 1));
		}
	}
	return row_end(r, f);
}

static const struct query MOVE = {
	.sql = "INSERT INTO address (path, post, file) VALUES (?1, ?2, ?3)"
	       " ON CONFLICT (path) DO UPDATE SET post = ?2, file = ?3",
	.writes = {{ GEN_ADDRESS, 1 }},
};

bool address_move(struct tx *tx, struct str from, int64_t post, struct fail *f)
{
	return tx_exec(tx, &MOVE, f, "sis", from, post, STR(""));
}

bool address_point(struct tx *tx, struct str from, struct str file, struct fail *f)
{
	return tx_exec(tx, &MOVE, f, "sis", from, (int64_t)0, file);
}

bool address_gone(struct tx *tx, struct str path, struct fail *f)
{
	return tx_exec(tx, &MOVE, f, "sis", path, (int64_t)0, STR(""));
}

/* The paths are raised by hand, for no parameter names them. */
static const struct query GONE_ALL = {
	.sql = "UPDATE address SET post = 0 WHERE post = ?1 RETURNING path",
	.writes = {{ GEN_ADDRESS }},
};

bool address_gone_all(struct arena *a, struct tx *tx, int64_t post, struct fail *f)
{
	struct row *r = tx_run(tx, &GONE_ALL, f, "i", post);

	if (!r)
		return false;
	while (row_next(r))
		tx_raise(tx, GEN_ADDRESS, query_key("s", arena_str(a, row_str(r, 0))));
	return row_end(r, f);
}

static const struct query CLEAR = {
	.sql = "DELETE FROM address WHERE path = ?1",
	.writes = {{ GEN_ADDRESS, 1 }},
};

bool address_clear(struct tx *tx, struct str path, struct fail *f)
{
	return tx_exec(tx, &CLEAR, f, "s", path);
}

static const struct query OF_POST = {
	.sql = "SELECT path FROM address WHERE post = ?1 ORDER BY path",
	.reads = {{ GEN_ADDRESS }},
};

bool address_of(struct arena *a, struct tx *tx, int64_t post, struct str **ret, size_t *n,
		struct fail *f)
{
	struct row *r = tx_run(tx, &OF_POST, f, "i", post);
	VEC(struct str) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		*VEC_ADD(&all) = arena_str(a, row_str(r, 0));
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

static const struct query ALL = {
	.sql = "SELECT a.path, coalesce(p.path, a.file), a.post FROM address a LEFT JOIN post p ON"
	       " p.id = a.post"
	       " WHERE a.path > ?1 ORDER BY a.path LIMIT ?2",
	.reads = {{ GEN_ADDRESS }},
};

bool address_all(struct arena *a, struct tx *tx, struct str after, int limit,
		 struct address **ret, size_t *n, struct fail *f)
{
	struct row *r = tx_run(tx, &ALL, f, "sd", after, limit);
	VEC(struct address) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r)) {
		struct address *one = VEC_ADD(&all);

		one->from = arena_str(a, row_str(r, 0));
		one->to = arena_str(a, row_str(r, 1));
		one->post = row_i64(r, 2);
	}
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}
