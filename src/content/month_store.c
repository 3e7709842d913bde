/* month_store.c - months by their counts, and the posts of one by the order of its days. */
#include "content/month.h"

#include "base/date.h"
#include "base/vec.h"
#include "content/kinds.h"
#include "content/rows.h"
#include "content/seen.h"
#include "unicode/zone.h"

static const struct query MONTHS = {
	.sql = "SELECT ym, posts FROM month WHERE posts > 0 ORDER BY ym DESC",
	.reads = {{ GEN_MONTHS }},
};

bool month_all(struct arena *a, struct tx *tx, struct month **ret, size_t *n, struct fail *f)
{
	struct row *r = tx_run(tx, &MONTHS, f, "");
	VEC(struct month) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r)) {
		int ym = row_int(r, 0);

		*VEC_ADD(&all) = (struct month){ ym / 100, ym % 100, row_i64(r, 1) };
	}
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

/* Those between are parameters for the counters' sake: SQLite has as many as the last one says. */
static const struct query YEAR = {
	.sql = "SELECT ym % 100, posts FROM month WHERE ym >= ?1 AND ym <= ?12",
	.reads = {{ GEN_MONTH, 1 }, { GEN_MONTH, 2 }, { GEN_MONTH, 3 }, { GEN_MONTH, 4 },
		  { GEN_MONTH, 5 }, { GEN_MONTH, 6 }, { GEN_MONTH, 7 }, { GEN_MONTH, 8 },
		  { GEN_MONTH, 9 }, { GEN_MONTH, 10 }, { GEN_MONTH, 11 }, { GEN_MONTH, 12 }},
};

bool month_of_year(struct tx *tx, int year, int64_t posts[12], struct fail *f)
{
	int y = year * 100;
	struct row *r = tx_run(tx, &YEAR, f, "dddddddddddd", y + 1, y + 2, y + 3, y + 4, y + 5,
			       y + 6, y + 7, y + 8, y + 9, y + 10, y + 11, y + 12);

	if (!r)
		return false;
	for (int i = 0; i < 12; i++)
		posts[i] = 0;
	while (row_next(r))
		posts[row_int(r, 0) - 1] = row_i64(r, 1);
	return row_end(r, f);
}

static const struct query MONTH_COUNT = {
	.sql = "SELECT coalesce((SELECT posts FROM month WHERE ym = ?1), 0)",
	.reads = {{ GEN_MONTH, 1 }},
};

bool month_count(struct tx *tx, int year, int month, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &MONTH_COUNT, ret, f, "d", year * 100 + month);
}

/* ?3 is the month: what the counter is named by. */
static const struct query MONTH = {
	.sql = "SELECT post FROM listing WHERE list = 0 AND out >= ?1 AND out < ?2 AND ?3 > 0"
	       " ORDER BY out, at, post LIMIT ?4 OFFSET ?5",
	.reads = {{ GEN_MONTH, 3 }},
};

static const struct query ONE_OF_MONTH = {
	.sql = "SELECT " POST_COLUMNS_LINK " FROM post p WHERE p.id = ?1 AND ?2 > 0",
	.reads = {{ GEN_MONTH, 2 }},
};

/* A month whose posts are asked for one by one. */
struct days {
	struct arena *a;
	struct tx *tx;
	int ym;
};

static bool find_of_month(const void *month, int64_t id, const struct post **ret, struct fail *f)
{
	const struct days *of = month;
	struct post *new;

	if ((*ret = seen_find(of->tx, id)))
		return true;
	if (!post_read_link(of->a, tx_run(of->tx, &ONE_OF_MONTH, f, "id", id, of->ym), &new, f))
		return false;
	*ret = new;
	return true;
}

static int64_t month_begin(int year, int month, const char *zone)
{
	struct date d = { .year = year + (month > 12), .month = month > 12 ? 1 : month, .day = 1 };
	int64_t t = date_unix(&d, 0);

	return t - zone_offset(zone, t - zone_offset(zone, t));
}

bool month_posts(struct arena *a, struct tx *tx, const struct month *m, int64_t part,
		 const char *zone, struct post_list *ret, struct fail *f)
{
	int64_t begin = month_begin(m->year, m->month, zone);
	int64_t end = month_begin(m->year, m->month + 1, zone);
	const struct days of = { a, tx, m->year * 100 + m->month };

	return post_collect_each(a, tx_run(tx, &MONTH, f, "iiddi", begin, end, of.ym, MONTH_PART,
					   (part - 1) * MONTH_PART),
				 find_of_month, &of, ret, f);
}

int64_t month_parts(const struct month *m)
{
	return (m->posts + MONTH_PART - 1) / MONTH_PART;
}
