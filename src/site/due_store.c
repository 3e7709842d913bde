/* due_store.c - SQL of due.h. The table is made in host_store.c. */
#include "site/due.h"

static const struct query SET = {
	.sql = "INSERT INTO due (site, kind, at) VALUES (?1, ?2, ?3)"
	       " ON CONFLICT (site, kind) DO UPDATE SET at = ?3",
	.writes = {{ GEN_DUE }},
};
static const struct query REMOVE = {
	.sql = "DELETE FROM due WHERE site = ?1 AND kind = ?2",
	.writes = {{ GEN_DUE }},
};
static const struct query AT = {
	.sql = "SELECT max(at) FROM due WHERE site = ?1 AND kind = ?2",
	.reads = {{ GEN_DUE }},
};
static const struct query LIST = {
	.sql = "SELECT site, kind, at FROM due WHERE at <= ?1 ORDER BY at LIMIT ?2",
	.reads = {{ GEN_DUE }},
};
static const struct query NEXT = {
	.sql = "SELECT min(at) FROM due",
	.reads = {{ GEN_DUE }},
};

bool due_set(struct tx *tx, uint64_t site, enum due_kind kind, int64_t at, struct fail *f)
{
	if (!at)
		return tx_exec(tx, &REMOVE, f, "id", (int64_t)site, (int)kind);
	return tx_exec(tx, &SET, f, "idi", (int64_t)site, (int)kind, at);
}

bool due_at(struct tx *tx, uint64_t site, enum due_kind kind, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &AT, ret, f, "id", (int64_t)site, (int)kind);
}

bool due_list(struct arena *a, struct tx *tx, int64_t now, int limit, struct due **ret,
	      size_t *count, struct fail *f)
{
	struct row *row = tx_run(tx, &LIST, f, "id", now, limit);
	struct due *list = arena_array(a, (size_t)limit, sizeof *list);
	size_t n = 0;

	if (!row)
		return false;
	while (n < (size_t)limit && row_next(row)) {
		list[n++] = (struct due){
			.site = (uint64_t)row_i64(row, 0),
			.kind = (enum due_kind)row_int(row, 1),
			.at = row_i64(row, 2),
		};
	}
	if (!row_end(row, f))
		return false;
	*ret = list;
	*count = n;
	return true;
}

bool due_next(struct tx *tx, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &NEXT, ret, f, "");
}
