/* newest_store.c - SQL of newest.h. The table is made in host_store.c. */
#include "site/newest.h"

#include "base/limits.h"

static const struct query CLEAR = {
	.sql = "DELETE FROM newest WHERE site = ?1",
	.writes = {{ GEN_LISTED }},
};
static const struct query ADD = {
	.sql = "INSERT OR REPLACE INTO newest (site, url, at, title, lang, shown)"
	       " SELECT ?1, ?2, ?3, ?4, ?5, listed = 1 AND state = 0 FROM site WHERE id = ?1",
	.reads = {{ GEN_REGISTRY, 1 }},
	.writes = {{ GEN_LISTED }},
};
static const struct query OF_SITE = {
	.sql = "SELECT url, at, title, lang FROM newest WHERE site = ?1",
	.reads = {{ GEN_LISTED }},
};
static const struct query LIST = {
	.sql = "SELECT n.url, n.title, n.lang, n.at, n.site, s.name, s.title FROM newest n"
	       " JOIN site s ON s.id = n.site WHERE n.shown = 1"
	       " AND (n.at, n.site, n.url) < (?1, ?2, ?3)"
	       " ORDER BY n.at DESC, n.site DESC, n.url DESC LIMIT ?4",
	.reads = {{ GEN_LISTED }},
};

bool newest_replace(struct tx *tx, uint64_t site, const struct newest *posts, size_t count,
		    struct fail *f)
{
	if (!tx_exec(tx, &CLEAR, f, "i", (int64_t)site))
		return false;
	for (size_t i = 0; i < count && i < LIMIT_NEWEST; i++)
		if (!tx_exec(tx, &ADD, f, "isiss", (int64_t)site, posts[i].url, posts[i].at,
			     posts[i].title, posts[i].lang))
			return false;
	return true;
}

static bool has_row(const struct newest *posts, size_t count, struct row *row)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(posts[i].url, row_str(row, 0)))
			return posts[i].at == row_i64(row, 1)
				&& str_eq(posts[i].title, row_str(row, 2))
				&& str_eq(posts[i].lang, row_str(row, 3));
	return false;
}

bool newest_compare(struct tx *tx, uint64_t site, const struct newest *posts, size_t count,
		    bool *same, struct fail *f)
{
	struct row *row = tx_run(tx, &OF_SITE, f, "i", (int64_t)site);
	size_t kept = count < LIMIT_NEWEST ? count : LIMIT_NEWEST, found = 0;
	bool all = true;

	if (!row)
		return false;
	for (; row_next(row); found++)
		all = all && has_row(posts, kept, row);
	*same = all && found == kept;
	return row_end(row, f);
}

bool newest_list(struct arena *a, struct tx *tx, const struct newest *after, int limit,
		 struct newest **ret, size_t *count, struct fail *f)
{
	const struct newest begin = { .at = INT64_MAX, .url = STR("") };
	const struct newest *from = after ? after : &begin;
	struct row *row = tx_run(tx, &LIST, f, "iisd", from->at, (int64_t)from->site, from->url,
				 limit);
	struct newest *list = arena_array(a, (size_t)limit, sizeof *list);
	size_t n = 0;

	if (!row)
		return false;
	while (n < (size_t)limit && row_next(row)) {
		list[n++] = (struct newest){
			.url = arena_str(a, row_str(row, 0)),
			.title = arena_str(a, row_str(row, 1)),
			.lang = arena_str(a, row_str(row, 2)),
			.at = row_i64(row, 3),
			.site = (uint64_t)row_i64(row, 4),
			.site_name = arena_str(a, row_str(row, 5)),
			.site_title = arena_str(a, row_str(row, 6)),
		};
	}
	if (!row_end(row, f))
		return false;
	*ret = list;
	*count = n;
	return true;
}
