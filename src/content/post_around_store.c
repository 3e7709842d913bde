/* post_around_store.c - what stands around a post on its page: neighbours, related posts,
 * translations, each as a link (POST_COLUMNS_LINK).
 */
#include "content/post.h"

#include <stdlib.h>
#include "base/vec.h"
#include "content/kinds.h"
#include "content/rows.h"
#include "content/seen.h"
#include "store/row.h"

/* Ids first and then each post by its own: SQLite prepares every column of every statement, and a
 * page of a site that was not open waits for that. ?2 is the post that it stands beside: what the
 * counter is named by. */
static const struct query LINK_AROUND = {
	.sql = "SELECT " POST_COLUMNS_LINK " FROM post p WHERE p.id = ?1 AND p.status = 2"
	       " AND ?2 >= 0",
	.reads = {{ GEN_AROUND, 2 }},
};

/* NULL: it is not there, or not out. */
static bool link_around(struct arena *a, struct tx *tx, int64_t id, int64_t of,
			const struct post **ret, struct fail *f)
{
	struct post *new;

	if ((*ret = seen_find(tx, id)))
		return true;
	if (!post_read_link(a, tx_run(tx, &LINK_AROUND, f, "ii", id, of), &new, f))
		return false;
	*ret = new;
	return true;
}

/* 0: there is none. */
static const struct query NEIGHBOURS = {
	.sql = "SELECT coalesce((SELECT post FROM listing WHERE list = 0"
	       " AND (at, post) < (l.at, l.post) ORDER BY at DESC, post DESC LIMIT 1), 0),"
	       " coalesce((SELECT post FROM listing WHERE list = 0"
	       " AND (at, post) > (l.at, l.post) ORDER BY at, post LIMIT 1), 0)"
	       " FROM listing l WHERE l.list = 0 AND l.post = ?1",
	.reads = {{ GEN_AROUND, 1 }},
};

bool post_neighbours(struct arena *a, struct tx *tx, const struct post *of,
		     const struct post **before, const struct post **after, struct fail *f)
{
	struct row *r = tx_run(tx, &NEIGHBOURS, f, "i", of->id);
	int64_t ids[2] = { 0, 0 };

	*before = *after = NULL;
	if (!r)
		return false;
	if (row_next(r)) {
		ids[0] = row_i64(r, 0);
		ids[1] = row_i64(r, 1);
	}
	return row_end(r, f) && (!ids[0] || link_around(a, tx, ids[0], of->id, before, f))
		&& (!ids[1] || link_around(a, tx, ids[1], of->id, after, f));
}

/* A handful (relate.c), put in order here: for a LIMIT SQLite would make a table of its own. */
static const struct query RELATED = {
	.sql = "SELECT other, score FROM related WHERE post = ?1",
	.reads = {{ GEN_AROUND, 1 }},
};

enum { RELATED_SHOWN = 3 };

struct related {
	int64_t id, score;
	const struct post *post;
};

static int by_score(const void *x, const void *y)
{
	const struct related *a = x, *b = y;
	int64_t p = a->post->published_at, q = b->post->published_at;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	if (p != q)
		return p < q ? 1 : -1;
	return (a->id > b->id) - (a->id < b->id);
}

struct related_list {
	struct related *p;
	size_t n, cap;
};

static bool related_ids(struct row *r, struct related_list *all, struct fail *f)
{
	if (!r)
		return false;
	while (row_next(r))
		*VEC_ADD(all) = (struct related){ row_i64(r, 0), row_i64(r, 1), NULL };
	return row_end(r, f);
}

/* Reads their links; those that are not out are left out. */
static bool read_related(struct arena *a, struct tx *tx, int64_t of, struct related_list *all,
			 struct fail *f)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct related *r = &all->p[i];

		if (!link_around(a, tx, r->id, of, &r->post, f))
			return false;
		if (r->post)
			all->p[n++] = *r;
	}
	all->n = n;
	return true;
}

bool post_related(struct arena *a, struct tx *tx, int64_t id, struct post_list *ret, struct fail *f)
{
	struct related_list all = { NULL, 0, 0 };
	bool ok = related_ids(tx_run(tx, &RELATED, f, "i", id), &all, f)
		&& read_related(a, tx, id, &all, f);

	size_t n = ok ? all.n : 0;

	if (n)
		qsort(all.p, n, sizeof *all.p, by_score);
	ret->n = n < RELATED_SHOWN ? n : RELATED_SHOWN;
	ret->p = arena_array(a, ret->n, sizeof *ret->p);
	for (size_t i = 0; i < ret->n; i++)
		ret->p[i] = *all.p[i].post;
	VEC_FREE(&all);
	return ok;
}

static const struct query TRANSLATIONS = {
	.sql = "SELECT " POST_COLUMNS_LINK " FROM post p WHERE p.translations = ?1"
	       " AND p.translations <> ''"
	       " AND p.status = 2 AND p.id <> ?2 ORDER BY p.lang, p.id LIMIT 50",
	.reads = {{ GEN_SET, 1 }},
};

bool post_translations(struct arena *a, struct tx *tx, const struct post *of,
		       struct post_list *ret, struct fail *f)
{
	*ret = (struct post_list){ NULL, 0 };
	if (of->set.n == 0)
		return true;
	return post_collect_link(a, tx_run(tx, &TRANSLATIONS, f, "si", of->set, of->id), ret, f);
}
