/* build_store.c - see build_store.h. */
#include "fulltext/build_store.h"

#include "store/row.h"

enum { TOTALS = 1, SEGMENTS = 10 };	/* FTS5's numbers for these rows of _data */

static const struct query CONTENT = {
	.sql = "INSERT OR FAIL INTO found_content (id, c0, c1, c2) VALUES (?1, ?2, ?3, ?4)",
	.writes = {{ GEN_COMMIT }},
};

static const struct query SIZES = {
	.sql = "INSERT OR FAIL INTO found_docsize (id, sz) VALUES (?1, ?2)",
	.writes = {{ GEN_COMMIT }},
};

bool build_store_post(struct tx *tx, int64_t id, struct str title, struct str terms,
		      struct str text, struct str sizes, struct fail *f)
{
	return tx_exec(tx, &CONTENT, f, "isss", id, title, terms, text)
		&& tx_exec(tx, &SIZES, f, "ib", id, sizes);
}

static const struct query LEAF = {
	.sql = "INSERT OR FAIL INTO found_data (id, block) VALUES (?1, ?2)",
	.writes = {{ GEN_COMMIT }},
};

bool build_store_leaf(struct tx *tx, int64_t row, struct str bytes, struct fail *f)
{
	return tx_exec(tx, &LEAF, f, "ib", row, bytes);
}

static const struct query INDEX = {
	.sql = "INSERT OR FAIL INTO found_idx (segid, term, pgno) VALUES (?1, ?2, ?3)",
	.writes = {{ GEN_COMMIT }},
};

bool build_store_index(struct tx *tx, int64_t segment, struct str word, int64_t page,
		       struct fail *f)
{
	return tx_exec(tx, &INDEX, f, "ibi", segment, word, page);
}

static const struct query DATA = {
	.sql = "SELECT block FROM found_data WHERE id = ?1",
	.reads = {{ GEN_COMMIT }},
};

static bool load(struct arena *a, struct tx *tx, int id, struct str *ret, struct fail *f)
{
	struct row *r = tx_run(tx, &DATA, f, "d", id);

	*ret = STR_NONE;
	if (!r)
		return false;
	if (row_next(r))
		*ret = arena_str(a, row_str(r, 0));
	return row_end(r, f);
}

bool build_store_load(struct arena *a, struct tx *tx, struct str *segments, struct str *totals,
		      struct fail *f)
{
	return load(a, tx, SEGMENTS, segments, f) && load(a, tx, TOTALS, totals, f);
}

static const struct query SAVE = {
	.sql = "REPLACE INTO found_data (id, block) VALUES (?1, ?2)",
	.writes = {{ GEN_COMMIT }},
};

bool build_store_save(struct tx *tx, struct str segments, struct str totals, struct fail *f)
{
	return tx_exec(tx, &SAVE, f, "db", SEGMENTS, segments)
		&& tx_exec(tx, &SAVE, f, "db", TOTALS, totals);
}

/* An order to FTS5 that changes nothing, undone: with it goes what FTS5 has in memory. */
static const struct query ORDER = {
	.sql = "INSERT INTO found (found, rank) VALUES ('usermerge', 4)",
	.writes = {{ GEN_COMMIT }},
};

bool build_store_forget(struct tx *tx, struct fail *f)
{
	bool ok = tx_part_begin(tx, f);

	if (!ok)
		return false;
	ok = tx_exec(tx, &ORDER, f, "");
	tx_part_drop(tx);
	return ok;
}
