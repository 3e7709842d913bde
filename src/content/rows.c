/* rows.c - see rows.h. */
#include "content/rows.h"

#include "base/vec.h"

bool rows_ids(struct arena *a, struct row *r, int64_t **ret, size_t *n, struct fail *f)
{
	VEC(int64_t) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r))
		*VEC_ADD(&all) = row_i64(r, 0);
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

bool post_collect_each(struct arena *a, struct row *ids, post_find_fn *find, const void *of,
		       struct post_list *ret, struct fail *f)
{
	const struct post *one;
	int64_t *id;
	size_t n;

	if (!rows_ids(a, ids, &id, &n, f))
		return false;
	*ret = (struct post_list){ arena_array(a, n, sizeof *ret->p), 0 };
	for (size_t i = 0; i < n; i++) {
		if (!find(of, id[i], &one, f))
			return false;
		if (one)
			ret->p[ret->n++] = *one;
	}
	return true;
}

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

bool post_read_long(struct arena *a, struct row *r, struct post **ret, struct fail *f)
{
	return read_only(a, r, long_row, ret, f);
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
