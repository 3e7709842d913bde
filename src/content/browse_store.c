/* browse_store.c - published posts by their list, all others by the index of what stands in
 * none; what these give is merged here.
 */
#include "content/browse.h"

#include <stdlib.h>
#include <string.h>
#include "content/kinds.h"
#include "content/rows.h"

/* Published posts of a list (0: all). */
static const struct query OUT = {
	.sql = "SELECT " POST_COLUMNS_BRIEF ", '' FROM listing l JOIN post p ON p.id = l.post"
	       " WHERE l.list = ?1 AND l.out <= ?2 AND (l.out < ?2 OR l.post < ?3)"
	       " ORDER BY l.out DESC, l.post DESC LIMIT ?4",
	.reads = {{ GEN_AROUND }},
};

#define ASIDE "(p.status <> 2 OR p.kind <> 0)"
#define WITH_TERM \
	"(?1 = 0 OR EXISTS (SELECT 1 FROM post_term x WHERE x.post = p.id AND x.term = ?1))"

/* Drafts with a date, scheduled texts, published pages: by status. */
static const struct query DATED = {
	.sql = "SELECT " POST_COLUMNS_BRIEF ", '' FROM post p WHERE p.status = ?5 AND " ASIDE
	       " AND p.published_at <= ?2 AND (p.published_at < ?2 OR p.id < ?3)"
	       " AND (p.published_at <> 0 OR p.status <> 0) AND " WITH_TERM
	       " ORDER BY p.published_at DESC, p.id DESC LIMIT ?4",
	.reads = {{ GEN_AROUND }},
};

static const struct query UNDATED = {
	.sql = "SELECT " POST_COLUMNS_BRIEF ", '' FROM post p WHERE p.status = 0 AND " ASIDE
	       " AND p.published_at = 0 AND ?2 > 0 AND p.id < ?3 AND " WITH_TERM
	       " ORDER BY p.id DESC LIMIT ?4",
	.reads = {{ GEN_AROUND }},
};

static const struct query TAG = {
	.sql = "SELECT coalesce((SELECT id FROM term WHERE kind = ?1 AND slug = ?2), 0)",
	.reads = {{ GEN_TERM, 1, 2 }},
};

/* Where a page begins: behind this one. */
struct cursor {
	int64_t at, id;
};

static int64_t key_of(const struct post *p)
{
	return p->status == POST_DRAFT && p->published_at == 0 ? INT64_MAX : p->published_at;
}

static int newest_first(const void *x, const void *y)
{
	const struct post *a = x, *b = y;
	int64_t at = key_of(a), other = key_of(b);

	if (at != other)
		return at < other ? 1 : -1;
	return (a->id < b->id) - (a->id > b->id);
}

struct merge {
	struct arena *arena;
	struct tx *tx;
	struct cursor from;
	int64_t term;
	int limit;
	struct post_list found[5];
	size_t n;
};

static bool add(struct merge *m, struct row *r, struct fail *f)
{
	return post_collect_short(m->arena, r, &m->found[m->n++], f);
}

static bool add_dated(struct merge *m, enum post_status status, struct fail *f)
{
	return add(m, tx_run(m->tx, &DATED, f, "iiidd", m->term, m->from.at, m->from.id, m->limit,
			     (int)status), f);
}

static bool add_out(struct merge *m, struct fail *f)
{
	return add(m, tx_run(m->tx, &OUT, f, "iiid", m->term, m->from.at, m->from.id, m->limit),
		   f);
}

/* They come before all dates. */
static bool add_undated(struct merge *m, struct fail *f)
{
	return m->from.at < INT64_MAX
		|| add(m, tx_run(m->tx, &UNDATED, f, "iiid", m->term, m->from.at, m->from.id,
				 m->limit), f);
}

static bool collect(struct merge *m, enum browse_which which, struct fail *f)
{
	if (which == BROWSE_SCHEDULED)
		return add_dated(m, POST_SCHEDULED, f);
	if (which == BROWSE_PAGES)
		return add_dated(m, POST_PUBLISHED, f);
	if (!add_undated(m, f) || !add_dated(m, POST_DRAFT, f))
		return false;
	return which == BROWSE_DRAFTS
		|| (add_dated(m, POST_SCHEDULED, f) && add_dated(m, POST_PUBLISHED, f)
		    && add_out(m, f));
}

static void sort(struct merge *m, struct post_list *ret)
{
	size_t all = 0;

	for (size_t i = 0; i < m->n; i++)
		all += m->found[i].n;
	ret->p = arena_array(m->arena, all + 1, sizeof *ret->p);
	ret->n = 0;
	for (size_t i = 0; i < m->n; i++) {
		if (m->found[i].n)
			memcpy(ret->p + ret->n, m->found[i].p, m->found[i].n * sizeof *ret->p);
		ret->n += m->found[i].n;
	}
	if (ret->n)
		qsort(ret->p, ret->n, sizeof *ret->p, newest_first);
	if (ret->n > (size_t)m->limit)
		ret->n = (size_t)m->limit;
}

static bool find_start(struct merge *m, int64_t after, struct fail *f)
{
	struct post *p;

	m->from = (struct cursor){ INT64_MAX, INT64_MAX };
	if (after == 0)
		return true;
	if (!post_briefly(m->arena, m->tx, after, &p, f))
		return false;
	if (p)
		m->from = (struct cursor){ key_of(p), p->id };
	return true;
}

bool browse(struct arena *a, struct tx *tx, const struct browse *b, struct post_list *ret,
	    struct fail *f)
{
	struct merge m = { .arena = a, .tx = tx, .limit = b->limit };

	if (b->tag.n && !tx_number(tx, &TAG, &m.term, f, "ds", (int)TERM_TAG, b->tag))
		return false;
	if (b->tag.n && m.term == 0)
		return fail(f, FAIL_NOT_FOUND, "no text has the tag %.*s", STR_ARG(b->tag));
	if (!find_start(&m, b->after, f) || !collect(&m, b->which, f))
		return false;
	sort(&m, ret);
	return true;
}
