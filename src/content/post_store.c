/* post_store.c - reading posts. Every query that gives posts names the same columns
 * in the same order (SHORT, SHOWN, LONG), so that one function reads them all. */
#include "content/post.h"

#include <stdlib.h>
#include <string.h>
#include "base/vec.h"
#include "content/kinds.h"
#include "content/rows.h"
#include "content/seen.h"
#include "store/row.h"

#define SHORT POST_COLUMNS
#define LINK POST_COLUMNS_LINK
#define SHOWN POST_COLUMNS_SHOWN
#define LONG POST_COLUMNS_LONG

static void short_row(struct arena *a, struct row *r, struct post *p)
{
	*p = (struct post){
		.id = row_i64(r, 0), .kind = (enum post_kind)row_int(r, 1),
		.status = (enum post_status)row_int(r, 2), .path = arena_str(a, row_str(r, 3)),
		.title = arena_str(a, row_str(r, 4)), .lang = arena_str(a, row_str(r, 5)),
		.published_at = row_i64(r, 6), .updated_at = row_i64(r, 7),
		.changed_at = row_i64(r, 8), .pinned = row_bool(r, 9), .in_menu = row_bool(r, 10),
		.weight = row_i64(r, 11), .cover = arena_str(a, row_str(r, 12)),
		.cover_alt = arena_str(a, row_str(r, 13)), .cover_width = row_int(r, 14),
		.cover_height = row_int(r, 15), .set = arena_str(a, row_str(r, 16)),
		.summary = arena_str(a, row_str(r, 17)),
		.source_path = arena_str(a, row_str(r, 18)),
		.source_digest = arena_str(a, row_str(r, 19)), .words = row_i64(r, 20),
		.has_more = row_bool(r, 21),
		.excerpt = html_trusted(arena_str(a, row_str(r, 22))),
	};
}

/* All are published: a link leads to nothing else. */
static void link_row(struct arena *a, struct row *r, struct post *p)
{
	*p = (struct post){
		.id = row_i64(r, 0), .kind = (enum post_kind)row_int(r, 1),
		.status = POST_PUBLISHED, .path = arena_str(a, row_str(r, 2)),
		.title = arena_str(a, row_str(r, 3)), .lang = arena_str(a, row_str(r, 4)),
		.published_at = row_i64(r, 5), .updated_at = row_i64(r, 6),
		.weight = row_i64(r, 7), .cover = arena_str(a, row_str(r, 8)),
		.cover_alt = arena_str(a, row_str(r, 9)), .cover_width = row_int(r, 10),
		.cover_height = row_int(r, 11),
	};
}

static void shown_row(struct arena *a, struct row *r, struct post *p)
{
	short_row(a, r, p);
	p->html = html_trusted(arena_str(a, row_str(r, 23)));
	p->toc = html_trusted(arena_str(a, row_str(r, 24)));
}

static void long_row(struct arena *a, struct row *r, struct post *p)
{
	shown_row(a, r, p);
	p->text = arena_str(a, row_str(r, 25));
	p->source = arena_str(a, row_str(r, 26));
	p->links = arena_str(a, row_str(r, 27));
}

typedef void read_fn(struct arena *, struct row *, struct post *);

static bool collect(struct arena *a, struct row *r, read_fn *read, struct post_list *ret,
		    struct fail *f)
{
	VEC(struct post) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		read(a, r, VEC_ADD(&all));
	ok = row_end(r, f);
	ret->p = VEC_INTO(a, &all, &ret->n);
	return ok;
}

bool post_collect_short(struct arena *a, struct row *r, struct post_list *ret, struct fail *f)
{
	return collect(a, r, short_row, ret, f);
}

bool post_collect_link(struct arena *a, struct row *r, struct post_list *ret, struct fail *f)
{
	return collect(a, r, link_row, ret, f);
}

bool post_collect_shown(struct arena *a, struct row *r, struct post_list *ret, struct fail *f)
{
	return collect(a, r, shown_row, ret, f);
}

/* The only row; NULL: there is none. */
static bool read_only(struct arena *a, struct row *r, read_fn *read, struct post **ret,
		      struct fail *f)
{
	if (!r)
		return false;
	*ret = NULL;
	if (row_next(r)) {
		*ret = ARENA_NEW(a, struct post);
		read(a, r, *ret);
	}
	return row_end(r, f);
}

bool post_read_short(struct arena *a, struct row *r, struct post **ret, struct fail *f)
{
	return read_only(a, r, short_row, ret, f);
}

bool post_read_link(struct arena *a, struct row *r, struct post **ret, struct fail *f)
{
	return read_only(a, r, link_row, ret, f);
}

bool post_read_shown(struct arena *a, struct row *r, struct post **ret, struct fail *f)
{
	return read_only(a, r, shown_row, ret, f);
}

bool post_read_rest(struct arena *a, struct row *r, const struct post *seen, struct post **ret,
		    struct fail *f)
{
	if (!r)
		return false;
	*ret = NULL;
	if (row_next(r)) {
		*ret = ARENA_NEW(a, struct post);
		**ret = *seen;
		(*ret)->html = html_trusted(arena_str(a, row_str(r, 0)));
		(*ret)->toc = html_trusted(arena_str(a, row_str(r, 1)));
	}
	return row_end(r, f);
}

/* A term with its place among those of its post. */
struct placed {
	struct term term;
	int64_t place;
};

struct placed_list {
	struct placed *p;
	size_t n, cap;
};

/* Behind those that come before it; they come in order, so it stays at the end nearly always. */
static void put_in_place(struct placed_list *all, struct placed new)
{
	size_t at = all->n;

	VEC_ADD(all);
	for (; at > 0 && all->p[at - 1].place > new.place; at--)
		all->p[at] = all->p[at - 1];
	all->p[at] = new;
}

static void give_placed(struct arena *a, struct post *p, struct placed_list *all)
{
	if (p && all->n) {
		p->terms = arena_array(a, all->n, sizeof *p->terms);
		for (size_t i = 0; i < all->n; i++)
			p->terms[i] = all->p[i].term;
		p->n_terms = all->n;
	}
	all->n = 0;
}

bool post_read_terms(struct arena *a, struct row *r, struct post_list *of, struct fail *f)
{
	struct post *p = NULL;
	struct placed_list all = { NULL, 0, 0 };
	bool ok;

	if (!r)
		return false;
	/* (post, id, kind, slug, name, posts, place) */
	while (row_next(r)) {
		int64_t id = row_i64(r, 0);
		struct placed new = { .place = row_i64(r, 6) };

		if (!p || p->id != id) {
			give_placed(a, p, &all);
			p = NULL;
			for (size_t i = 0; i < of->n && !p; i++)
				if (of->p[i].id == id)
					p = &of->p[i];
		}
		term_read(a, r, 1, &new.term);
		put_in_place(&all, new);
	}
	give_placed(a, p, &all);
	ok = row_end(r, f);
	VEC_FREE(&all);
	return ok;
}

void term_read(struct arena *a, struct row *r, int col, struct term *t)
{
	*t = (struct term){
		.id = row_i64(r, col), .kind = (enum term_kind)row_int(r, col + 1),
		.slug = arena_str(a, row_str(r, col + 2)),
		.name = arena_str(a, row_str(r, col + 3)), .posts = row_i64(r, col + 4),
	};
}

static const struct query TERMS_OF_POST = {
	.sql = "SELECT x.post, " POST_TERM_COLUMNS " FROM post_term x"
	       " JOIN term t ON t.id = x.term WHERE x.post = ?1",
	.reads = {{ GEN_POST, 1 }},
};

static bool one(struct arena *a, struct tx *tx, struct row *r, read_fn *read, struct post **ret,
		struct fail *f)
{
	return read_only(a, r, read, ret, f)
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
	.sql = "SELECT " LONG " FROM post p WHERE p.path = ?1",
	.reads = {{ GEN_ADDRESS, 1 }},
};

bool post_at(struct arena *a, struct tx *tx, struct str path, struct post **ret, struct fail *f)
{
	return one(a, tx, tx_run(tx, &POST_AT, f, "s", path), long_row, ret, f);
}

static const struct query SHOWN_AT = {
	.sql = "SELECT " SHOWN " FROM post p WHERE p.path = ?1",
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
	return *ret || one(a, tx, tx_run(tx, &SHOWN_AT, f, "s", path), shown_row, ret, f);
}

static const struct query POST_BY_ID = {
	.sql = "SELECT " LONG " FROM post p WHERE p.id = ?1",
	.reads = {{ GEN_POST, 1 }},
};

bool post_by_id(struct arena *a, struct tx *tx, int64_t id, struct post **ret, struct fail *f)
{
	return one(a, tx, tx_run(tx, &POST_BY_ID, f, "i", id), long_row, ret, f);
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

/* Ids first and then each post by its own: SQLite prepares every column of every statement, and a
 * page of a site that was not open waits for that. ?2 is the post that it stands beside: what the
 * counter is named by. */
static const struct query LINK_AROUND = {
	.sql = "SELECT " LINK " FROM post p WHERE p.id = ?1 AND p.status = 2 AND ?2 >= 0",
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
	.sql = "SELECT " LINK " FROM post p WHERE p.translations = ?1 AND p.translations <> ''"
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

static const struct query PINNED = {
	.sql = "SELECT " SHORT " FROM post p WHERE p.pinned = 1 AND (p.in_menu <> 0 OR p.pinned <>"
			       " 0)"
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
	.sql = "SELECT " LINK " FROM post p WHERE p.in_menu = 1 AND (p.in_menu <> 0 OR p.pinned <>"
			       " 0)"
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
	"SELECT " SHORT " FROM post p WHERE p.kind = 1 AND p.status = 2 AND p.path > ?1" \
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
