/* list_store.c - reading lists, shelves and the sitemap. */
#include "content/list.h"

#include "content/kinds.h"
#include "content/rows.h"
#include "content/seen.h"

static const struct query LAST_SHELF = {
	.sql = "SELECT coalesce(max(shelf), 0) FROM listing WHERE list = ?1",
	.reads = {{ GEN_LIST, 1 }},
};

bool list_last_shelf(struct tx *tx, int64_t list, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &LAST_SHELF, ret, f, "i", list);
}

static const struct query SHELF_SIZE = {
	.sql = "SELECT count(*) FROM listing WHERE list = ?1 AND shelf = ?2",
	.reads = {{ GEN_SHELF, 1, 2 }},
};

bool list_shelf_size(struct tx *tx, int64_t list, int64_t shelf, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &SHELF_SIZE, ret, f, "ii", list, shelf);
}

static const struct query HAS_SHELF = {
	.sql = "SELECT EXISTS (SELECT 1 FROM listing WHERE list = ?1 AND shelf = ?2)",
	.reads = {{ GEN_ROOM, 1, 2 }},
};

bool list_has_shelf(struct tx *tx, int64_t list, int64_t shelf, bool *ret, struct fail *f)
{
	int64_t found;

	if (!tx_number(tx, &HAS_SHELF, &found, f, "ii", list, shelf))
		return false;
	*ret = found != 0;
	return true;
}

static const struct query SHELVES = {
	.sql = "SELECT DISTINCT shelf FROM listing WHERE list = ?1 ORDER BY shelf",
	.reads = {{ GEN_LIST, 1 }},
};

bool list_shelves(struct arena *a, struct tx *tx, int64_t list, int64_t **ret, size_t *n,
		  struct fail *f)
{
	return rows_ids(a, tx_run(tx, &SHELVES, f, "i", list), ret, n, f);
}

static const struct query SHELF = {
	.sql = "SELECT post FROM listing WHERE list = ?1 AND shelf = ?2"
	       " ORDER BY at DESC, post DESC",
	.reads = {{ GEN_SHELF, 1, 2 }},
};

/* One by one: other pages have shown most of them. ?2 and ?3 are what the counter is named by. */
static const struct query ONE_OF_SHELF = {
	.sql = "SELECT " POST_COLUMNS " FROM post p WHERE p.id = ?1 AND ?2 >= 0 AND ?3 >= 0",
	.reads = {{ GEN_SHELF, 2, 3 }},
};

static const struct query ONE_OF_SHELF_FULL = {
	.sql = "SELECT " POST_COLUMNS_SHOWN " FROM post p WHERE p.id = ?1 AND ?2 >= 0 AND ?3 >= 0",
	.reads = {{ GEN_SHELF, 2, 3 }},
};

static const struct query ONES_TERMS = {
	.sql = "SELECT x.post, " POST_TERM_COLUMNS " FROM post_term x"
	       " JOIN term t ON t.id = x.term WHERE x.post = ?1 AND ?2 >= 0 AND ?3 >= 0",
	.reads = {{ GEN_SHELF, 2, 3 }},
};

/* A shelf whose posts are asked for one by one. */
struct shelf {
	struct arena *a;
	struct tx *tx;
	int64_t list, number;
	bool full;
};

static void turn_round(struct post_list *l)
{
	for (size_t i = 0; i < l->n / 2; i++) {
		struct post p = l->p[i];

		l->p[i] = l->p[l->n - 1 - i];
		l->p[l->n - 1 - i] = p;
	}
}

static bool read_of_shelf(struct arena *a, const struct shelf *of, int64_t id, struct post **ret,
			  struct fail *f)
{
	struct row *r = tx_run(of->tx, of->full ? &ONE_OF_SHELF_FULL : &ONE_OF_SHELF, f, "iii", id,
			       of->list, of->number);

	if (!(of->full ? post_read_shown : post_read_short)(a, r, ret, f))
		return false;
	if (!*ret)
		return true;
	r = tx_run(of->tx, &ONES_TERMS, f, "iii", id, of->list, of->number);
	return post_read_terms(a, r, &(struct post_list){ *ret, 1 }, f);
}

static bool find_of_shelf(const void *shelf, int64_t id, const struct post **ret, struct fail *f)
{
	const struct shelf *of = shelf;
	struct post *new;

	if (!of->full && (*ret = seen_find(of->tx, id)))
		return true;
	if (!read_of_shelf(of->full ? of->a : seen_arena(of->tx, of->a), of, id, &new, f))
		return false;
	if (new && !of->full)
		seen_add(of->tx, new);
	*ret = new;
	return true;
}

bool list_shelf(struct arena *a, struct tx *tx, int64_t list, int64_t shelf, bool oldest_first,
		bool full, struct post_list *ret, struct fail *f)
{
	const struct shelf of = { a, tx, list, shelf, full };

	if (!post_collect_each(a, tx_run(tx, &SHELF, f, "ii", list, shelf), find_of_shelf, &of, ret,
			       f))
		return false;
	if (oldest_first)
		turn_round(ret);
	return true;
}

/* In the order of listing_out, so that nothing has to be sorted: `at` is the date once more, or a
 * chapter's number. */
#define NEWEST_FIRST " ORDER BY out DESC, at DESC, post DESC"

static const struct query NEWEST = {
	.sql = "SELECT post FROM listing WHERE list = ?1" NEWEST_FIRST " LIMIT ?2",
	.reads = {{ GEN_FEED, 1 }},
};

/* One by one, so that SQLite does not sort whole texts. ?2 is the list: what the counter is named
 * by. */
static const struct query ONE_OF_NEWEST = {
	.sql = "SELECT " POST_COLUMNS_SHOWN " FROM post p WHERE p.id = ?1 AND ?2 >= 0",
	.reads = {{ GEN_FEED, 2 }},
};

static const struct query REST_OF_NEWEST = {
	.sql = "SELECT " POST_COLUMNS_REST " FROM post p WHERE p.id = ?1 AND ?2 >= 0",
	.reads = {{ GEN_FEED, 2 }},
};

static const struct query ITS_TERMS = {
	.sql = "SELECT x.post, " POST_TERM_COLUMNS " FROM post_term x"
	       " JOIN term t ON t.id = x.term WHERE x.post = ?1 AND ?2 >= 0",
	.reads = {{ GEN_FEED, 2 }},
};

bool list_newest_ids(struct tx *tx, int64_t list, int limit, int64_t *ids, size_t *n,
		     struct fail *f)
{
	struct row *r = tx_run(tx, &NEWEST, f, "id", list, limit);

	*n = 0;
	while (r && row_next(r))
		ids[(*n)++] = row_i64(r, 0);
	return r && row_end(r, f);
}

bool list_newest_post(struct arena *a, struct tx *tx, int64_t list, int64_t id, struct post **ret,
		      struct fail *f)
{
	const struct post *seen = seen_find(tx, id);

	if (seen)
		return post_read_rest(a, tx_run(tx, &REST_OF_NEWEST, f, "ii", id, list), seen, ret,
				      f);
	return post_read_shown(a, tx_run(tx, &ONE_OF_NEWEST, f, "ii", id, list), ret, f)
		&& (!*ret || post_read_terms(a, tx_run(tx, &ITS_TERMS, f, "ii", id, list),
					     &(struct post_list){ *ret, 1 }, f));
}

bool list_newest(struct arena *a, struct tx *tx, int64_t list, int limit, struct post_list *ret,
		 struct fail *f)
{
	int64_t *ids = arena_array(a, (size_t)limit, sizeof *ids);
	struct post *one;
	size_t n;

	if (!list_newest_ids(tx, list, limit, ids, &n, f))
		return false;
	*ret = (struct post_list){ arena_array(a, n, sizeof *ret->p), 0 };
	for (size_t i = 0; i < n; i++) {
		if (!list_newest_post(a, tx, list, ids[i], &one, f))
			return false;
		if (one)
			ret->p[ret->n++] = *one;
	}
	return true;
}

/* A few sizes, so that a write has a few counters to raise. */
const int list_tops[] = { 1, 3, 5, 8, 12, LIST_TOP };

static int top_size(int limit)
{
	int i = 0;

	while (list_tops[i] < limit && list_tops[i] < LIST_TOP)
		i++;
	return list_tops[i];
}

static const struct query TOP = {
	.sql = "SELECT " POST_COLUMNS " FROM listing l JOIN post p ON p.id = l.post"
	       " WHERE l.list = ?1" NEWEST_FIRST " LIMIT min(?2, ?3)",
	.reads = {{ GEN_TOP, 1, 3 }},
};

static const struct query TOP_TERMS = {
	.sql = "SELECT n.post, " POST_TERM_COLUMNS " FROM (SELECT post FROM listing"
	       " WHERE list = ?1" NEWEST_FIRST " LIMIT min(?2, ?3)) n"
	       " JOIN post_term x ON x.post = n.post JOIN term t ON t.id = x.term"
	       " ORDER BY n.post",
	.reads = {{ GEN_TOP, 1, 3 }},
};

static const struct query TOP_LINKS = {
	.sql = "SELECT " POST_COLUMNS_LINK " FROM listing l JOIN post p ON p.id = l.post"
	       " WHERE l.list = ?1" NEWEST_FIRST " LIMIT min(?2, ?3)",
	.reads = {{ GEN_TOP, 1, 3 }},
};

bool list_top_links(struct arena *a, struct tx *tx, int64_t list, int limit,
		    struct post_list *ret, struct fail *f)
{
	return post_collect_link(a, tx_run(tx, &TOP_LINKS, f, "idd", list, limit, top_size(limit)),
				 ret, f);
}

bool list_top(struct arena *a, struct tx *tx, int64_t list, int limit, struct post_list *ret,
	      struct fail *f)
{
	int size = top_size(limit);

	return post_collect_short(a, tx_run(tx, &TOP, f, "idd", list, limit, size), ret, f)
		&& post_read_terms(a, tx_run(tx, &TOP_TERMS, f, "idd", list, limit, size), ret, f);
}

/* Shelf by shelf from the first; the number of the last is asked for only where one is empty,
 * because it changes when posts are added at the other end. */
bool list_bottom(struct arena *a, struct tx *tx, int64_t list, int limit, struct post_list *ret,
		 struct fail *f)
{
	struct post *all = arena_array(a, (size_t)limit, sizeof *all);
	int64_t last = INT64_MAX;
	size_t n = 0;

	for (int64_t shelf = 1; n < (size_t)limit && shelf <= last; shelf++) {
		struct post_list part;

		if (!list_shelf(a, tx, list, shelf, true, false, &part, f)
		    || (part.n == 0 && !list_last_shelf(tx, list, &last, f)))
			return false;
		for (size_t i = 0; i < part.n && n < (size_t)limit; i++)
			all[n++] = part.p[i];
	}
	*ret = (struct post_list){ all, n };
	return true;
}

static const struct query PARTS = {
	.sql = "SELECT coalesce(max(id), 0) FROM post",
	.reads = {{ GEN_PARTS }},
};

bool list_sitemap_parts(struct tx *tx, int64_t *ret, struct fail *f)
{
	int64_t last;

	if (!tx_number(tx, &PARTS, &last, f, ""))
		return false;
	*ret = last ? (last - 1) / SITEMAP_PART + 1 : 1;
	return true;
}

static const struct query SITEMAP = {
	.sql = "SELECT " POST_COLUMNS_LINK " FROM post p WHERE p.id > ?1 * ?2"
	       " AND p.id <= (?1 + 1) * ?2 AND p.status = 2 ORDER BY p.id",
	.reads = {{ GEN_SITEMAP, 1 }},
};

bool list_sitemap(struct arena *a, struct tx *tx, int64_t part, struct post_list *ret,
		  struct fail *f)
{
	return post_collect_link(a, tx_run(tx, &SITEMAP, f, "id", part, SITEMAP_PART), ret, f);
}
