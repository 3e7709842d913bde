/* post_store.c - finding posts. Every query that gives posts names the same columns in the same
 * order (rows.h), so that one function reads them all.
 */
#include "content/post.h"

#include "base/vec.h"
#include "content/kinds.h"
#include "content/rows.h"
#include "content/seen.h"
#include "store/row.h"

static const struct query TERMS_OF_POST = {
	.sql = "SELECT x.post, " POST_TERM_COLUMNS " FROM post_term x"
	       " JOIN term t ON t.id = x.term WHERE x.post = ?1",
	.reads = {{ GEN_POST, 1 }},
};

typedef bool read_fn(struct arena *, struct row *, struct post **, struct fail *);

static bool one(struct arena *a, struct tx *tx, struct row *r, read_fn *read, struct post **ret,
		struct fail *f)
{
	return read(a, r, ret, f)
		&& (!*ret || post_read_terms(a, tx_run(tx, &TERMS_OF_POST, f, "i", (*ret)->id),
					     &(struct post_list){ *ret, 1 }, f));
}

/* One number; false in *found: there is no row. */
static bool number(struct row *r, int64_t *ret, bool *found, struct fail *f)
{
	if (!r)
		return false;
	*found = row_next(r);
	if (*found)
		*ret = row_i64(r, 0);
	return row_end(r, f);
}

/* A put raises the address of what it changes, so this is as narrow as the post. */
static const struct query POST_AT = {
	.sql = "SELECT " POST_COLUMNS_LONG " FROM post p WHERE p.path = ?1",
	.reads = {{ GEN_ADDRESS, 1 }},
};

bool post_at(struct arena *a, struct tx *tx, struct str path, struct post **ret, struct fail *f)
{
	return one(a, tx, tx_run(tx, &POST_AT, f, "s", path), post_read_long, ret, f);
}

static const struct query SHOWN_AT = {
	.sql = "SELECT " POST_COLUMNS_SHOWN " FROM post p WHERE p.path = ?1",
	.reads = {{ GEN_ADDRESS, 1 }},
};

static const struct query ID_AT = {
	.sql = "SELECT id FROM post WHERE path = ?1",
	.reads = {{ GEN_ADDRESS, 1 }},
};

static const struct query REST_OF_POST = {
	.sql = "SELECT " POST_COLUMNS_REST " FROM post p WHERE p.id = ?1",
	.reads = {{ GEN_POST, 1 }},
};

/* What other pages have shown of it, and the rest. NULL: none has. */
static bool seen_at(struct arena *a, struct tx *tx, struct str path, struct post **ret,
		    struct fail *f)
{
	const struct post *seen;
	int64_t id = 0;
	bool found;

	*ret = NULL;
	if (!seen_any(tx))
		return true;
	if (!number(tx_run(tx, &ID_AT, f, "s", path), &id, &found, f))
		return false;
	seen = found ? seen_find(tx, id) : NULL;
	return !seen || post_read_rest(a, tx_run(tx, &REST_OF_POST, f, "i", id), seen, ret, f);
}

bool post_shown_at(struct arena *a, struct tx *tx, struct str path, struct post **ret,
		   struct fail *f)
{
	if (!seen_at(a, tx, path, ret, f))
		return false;
	return *ret || one(a, tx, tx_run(tx, &SHOWN_AT, f, "s", path), post_read_shown, ret, f);
}

static const struct query POST_BY_ID = {
	.sql = "SELECT " POST_COLUMNS_LONG " FROM post p WHERE p.id = ?1",
	.reads = {{ GEN_POST, 1 }},
};

bool post_by_id(struct arena *a, struct tx *tx, int64_t id, struct post **ret, struct fail *f)
{
	return one(a, tx, tx_run(tx, &POST_BY_ID, f, "i", id), post_read_long, ret, f);
}

static const struct query POST_BRIEFLY = {
	.sql = "SELECT " POST_COLUMNS_BRIEF ", '' FROM post p WHERE p.id = ?1",
	.reads = {{ GEN_POST, 1 }},
};

bool post_briefly(struct arena *a, struct tx *tx, int64_t id, struct post **ret, struct fail *f)
{
	return post_read_short(a, tx_run(tx, &POST_BRIEFLY, f, "i", id), ret, f);
}

static const struct query POST_BY_SOURCE = {
	.sql = "SELECT id, source_digest FROM post WHERE source_path = ?1",
	.reads = {{ GEN_POST }},
};

bool post_by_source(struct arena *a, struct tx *tx, struct str source_path, int64_t *id,
		    struct str *digest, struct fail *f)
{
	struct row *r = tx_run(tx, &POST_BY_SOURCE, f, "s", source_path);

	if (!r)
		return false;
	*id = 0;
	*digest = STR_NONE;
	if (row_next(r)) {
		*id = row_i64(r, 0);
		*digest = arena_str(a, row_str(r, 1));
	}
	return row_end(r, f);
}

static const struct query POST_BY_SOURCE_BELOW = {
	.sql = "SELECT coalesce((SELECT id FROM post WHERE source_path IS NOT NULL"
	       " AND source_path > ?1 AND source_path < ?2 LIMIT 1), 0)",
	.reads = {{ GEN_POST }},
};

bool post_by_source_below(struct arena *a, struct tx *tx, struct str folder, int64_t *id,
			  struct fail *f)
{
	/* Behind "/blog/..." comes "/blog0". */
	return tx_number(tx, &POST_BY_SOURCE_BELOW, id, f, "ss", folder,
			 arena_printf(a, "%.*s0", STR_ARG(str_sub(folder, 0, folder.n - 1))));
}

static const struct query PINNED = {
	.sql = "SELECT " POST_COLUMNS " FROM post p"
	       " WHERE p.pinned = 1 AND (p.in_menu <> 0 OR p.pinned <> 0)"
	       " AND p.kind = 0 AND p.status = 2 ORDER BY p.published_at DESC, p.id LIMIT 20",
	.reads = {{ GEN_PINNED }},
};

static const struct query PINNED_TERMS = {
	.sql = "SELECT x.post, " POST_TERM_COLUMNS " FROM post p"
	       " JOIN post_term x ON x.post = p.id JOIN term t ON t.id = x.term"
	       " WHERE p.pinned = 1 AND (p.in_menu <> 0 OR p.pinned <> 0)"
	       " AND p.kind = 0 AND p.status = 2 ORDER BY x.post, x.place",
	.reads = {{ GEN_PINNED }},
};

/* Few sites have any: then nothing else is prepared. */
static const struct query ANY_PINNED = {
	.sql = "SELECT EXISTS (SELECT 1 FROM post p WHERE p.pinned = 1"
	       " AND (p.in_menu <> 0 OR p.pinned <> 0))",
	.reads = {{ GEN_PINNED }},
};

bool post_pinned(struct arena *a, struct tx *tx, struct post_list *ret, struct fail *f)
{
	int64_t any;

	*ret = (struct post_list){ NULL, 0 };
	if (!tx_number(tx, &ANY_PINNED, &any, f, ""))
		return false;
	if (!any)
		return true;
	return post_collect_short(a, tx_run(tx, &PINNED, f, ""), ret, f)
		&& post_read_terms(a, tx_run(tx, &PINNED_TERMS, f, ""), ret, f);
}

static const struct query MENU = {
	.sql = "SELECT " POST_COLUMNS_LINK " FROM post p"
	       " WHERE p.in_menu = 1 AND (p.in_menu <> 0 OR p.pinned <> 0)"
	       " AND p.status = 2 ORDER BY p.weight, p.title, p.id LIMIT 50",
	.reads = {{ GEN_MENU }},
};

bool post_menu(struct arena *a, struct tx *tx, struct post_list *ret, struct fail *f)
{
	return post_collect_link(a, tx_run(tx, &MENU, f, ""), ret, f);
}

void post_menu_again(struct tx *tx)
{
	tx_again(tx, &MENU);
}

#define PAGES_BELOW \
	"SELECT " POST_COLUMNS " FROM post p WHERE p.kind = 1 AND p.status = 2 AND p.path > ?1" \
	" AND p.path < ?2 ORDER BY "

static const struct query PAGES[] = {
	[POST_BY_WEIGHT] = { .sql = PAGES_BELOW "p.weight, p.title, p.id LIMIT ?3",
			     .reads = {{ GEN_PAGES, 1 }} },
	[POST_NEWEST] = { .sql = PAGES_BELOW "p.published_at DESC, p.id DESC LIMIT ?3",
			  .reads = {{ GEN_PAGES, 1 }} },
	[POST_OLDEST] = { .sql = PAGES_BELOW "p.published_at, p.id LIMIT ?3",
			  .reads = {{ GEN_PAGES, 1 }} },
};

bool post_pages(struct arena *a, struct tx *tx, struct str folder, enum post_order order,
		int limit, struct post_list *ret, struct fail *f)
{
	/* Behind "/club/..." comes "/club0". */
	struct str end = arena_printf(a, "%.*s0", STR_ARG(str_sub(folder, 0, folder.n - 1)));

	return post_collect_short(a, tx_run(tx, &PAGES[order], f, "ssd", folder, end, limit), ret,
				  f);
}

static const struct query PUBLISHED_PATHS = {
	.sql = "SELECT id, path FROM post WHERE id > ?1 AND status = 2 ORDER BY id LIMIT ?2",
	.reads = {{ GEN_POST }},
};

bool post_paths(struct arena *a, struct tx *tx, int64_t *after, int limit, struct str **ret,
		size_t *n, struct fail *f)
{
	struct row *r = tx_run(tx, &PUBLISHED_PATHS, f, "id", *after, limit);
	VEC(struct str) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r)) {
		*after = row_i64(r, 0);
		*VEC_ADD(&all) = arena_str(a, row_str(r, 1));
	}
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

static const struct query ALL_BRIEFLY = {
	.sql = "SELECT " POST_COLUMNS_BRIEF ", '' FROM post p WHERE p.id > ?1"
	       " ORDER BY p.id LIMIT ?2",
	.reads = {{ GEN_POST }},
};

bool post_all_briefly(struct arena *a, struct tx *tx, int64_t after, int limit,
		      struct post_list *ret, struct fail *f)
{
	return post_collect_short(a, tx_run(tx, &ALL_BRIEFLY, f, "id", after, limit), ret, f);
}
