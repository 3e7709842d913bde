/* batch.c - see batch.h. What is remembered is as the database will be once what is held
 * back was written. */
#include "content/batch.h"

#include <stdlib.h>
#include "base/map.h"
#include "base/vec.h"
#include "content/batch_store.h"
#include "content/list.h"
#include "content/shelve.h"

enum { REMEMBERED = 4096 };	/* lists or relations; beyond, all is asked anew */

struct batch_term {
	int64_t id;
};

/* The end of a list. */
struct batch_end {
	struct place last;		/* last.post 0: the list is empty */
	int64_t size;			/* of its last shelf */
	int64_t near[RELATE_NEAR + 1];	/* the last posts, a ring */
	size_t n;			/* posts that went through it */
	int64_t added;			/* so many more than the term's count says */
};

/* What a post is related to. */
struct batch_kin {
	int64_t post;
	struct { int64_t other, score; bool held; } p[2 * RELATE_KEPT];
	size_t n;
};

struct batch_month {
	int64_t ym, posts;
};

static void let_go(struct edit_batch *b)
{
	map_free(b->terms, NULL);
	map_free(b->ends, NULL);
	map_free(b->kin, NULL);
	map_free(b->months, NULL);
	arena_free(b->arena);
}

static void remember_nothing(struct edit_batch *b)
{
	b->arena = arena_new(64 * 1024);
	b->terms = map_new();
	b->ends = map_new();
	b->kin = map_new();
	b->months = map_new();
	b->places.n = b->post_terms.n = 0;
	b->next_id = 0;
	b->first_new = INT64_MAX;
}

struct edit_batch *edit_batch_new(const struct edit_rules *rules)
{
	struct edit_batch *b = MEM_NEW(struct edit_batch);

	b->rules = rules;
	b->words = build_new();
	remember_nothing(b);
	return b;
}

void edit_batch_free(struct edit_batch *b)
{
	if (!b)
		return;
	let_go(b);
	build_free(b->words);
	VEC_FREE(&b->places);
	VEC_FREE(&b->post_terms);
	mem_free(b);
}

static void ask_anew(struct edit_batch *b)
{
	let_go(b);
	remember_nothing(b);
}

void edit_batch_forget(struct edit_batch *b)
{
	ask_anew(b);
	build_forget(b->words);
	b->takes_words = b->in_order = false;
}

bool edit_batch_is_in_order(const struct edit_batch *b)
{
	return b->in_order;
}

/* Lists stay in order while nobody else writes: he goes by other rules (shelve.h). */
static bool see_order(struct edit_batch *b, struct tx *tx, int64_t version, struct fail *f)
{
	int64_t next;

	if (b->begun) {
		b->in_order = b->in_order && version == b->version;
		return true;
	}
	if (!edit_store_next_id(tx, &next, f))
		return false;
	b->in_order = next == 1;		/* no post is there */
	b->begun = true;
	return true;
}

bool edit_batch_begin(struct edit_batch *b, struct tx *tx, struct fail *f)
{
	int64_t version;

	if (!tx_version(tx, &version, f) || !see_order(b, tx, version, f))
		return false;
	if (version != b->version || map_count(b->ends) > REMEMBERED
	    || map_count(b->kin) > REMEMBERED)
		ask_anew(b);
	b->version = version;
	b->takes_words = false;
	return !db_is_bulk(tx_db(tx)) || build_begin(b->words, tx, &b->takes_words, f);
}

static struct str key_of(const int64_t *number)
{
	return str_from((const char *)number, sizeof *number);
}

/* ---- ids ---- */

bool batch_next_id(struct edit_batch *b, struct tx *tx, int64_t *ret, struct fail *f)
{
	if (!b->next_id) {
		if (!edit_store_next_id(tx, &b->next_id, f))
			return false;
		b->first_new = b->next_id;
	}
	*ret = b->next_id++;
	return true;
}

bool batch_find_term(struct edit_batch *b, struct tx *tx, enum term_kind kind, struct str slug,
		     struct str name, int64_t *id, struct fail *f)
{
	CLEANUP(buf_release) struct buf key = BUF(slug.n + 1);
	struct batch_term *t;

	buf_addc(&key, (char)('0' + kind));
	buf_add(&key, slug);
	t = map_find(b->terms, buf_str(&key));
	if (!t) {
		t = ARENA_NEW(b->arena, struct batch_term);
		if (!edit_store_term(tx, kind, slug, name, &t->id, f))
			return false;
		map_put(b->terms, buf_str(&key), t);
	}
	*id = t->id;
	return true;
}

void batch_add_term(struct edit_batch *b, int64_t post, int64_t place, int64_t term)
{
	*VEC_ADD(&b->post_terms) = (struct post_term){ post, place, term };
}

/* ---- lists ---- */

static void pass(struct batch_end *end, int64_t post)
{
	end->near[end->n++ % ARRAY_LEN(end->near)] = post;
}

static bool load_end(struct edit_batch *b, struct tx *tx, int64_t list, struct batch_end **ret,
		     struct fail *f)
{
	struct batch_end *end = ARENA_NEW(b->arena, struct batch_end);
	struct place *p;
	size_t n;

	if (!batch_store_end(b->arena, tx, list, RELATE_NEAR, &p, &n, f))
		return false;
	for (size_t i = n; i-- > 0;)
		pass(end, p[i].post);
	end->last = n ? p[0] : (struct place){ .list = list, .shelf = 1 };
	if (n && !list_shelf_size(tx, list, end->last.shelf, &end->size, f))
		return false;
	map_put(b->ends, key_of(&list), end);
	*ret = end;
	return true;
}

bool batch_takes(struct edit_batch *b, struct tx *tx, const int64_t *lists, size_t n,
		 int64_t at, int64_t post, bool *ret, struct fail *f)
{
	*ret = true;
	for (size_t i = 0; i < n && *ret; i++) {
		struct batch_end *end = map_find(b->ends, key_of(&lists[i]));

		if (!end && !load_end(b, tx, lists[i], &end, f))
			return false;
		*ret = !end->last.post || at > end->last.at
			|| (at == end->last.at && post > end->last.post);
	}
	return true;
}

static void count_month(struct edit_batch *b, int64_t ym)
{
	struct batch_month *m = map_find(b->months, key_of(&ym));

	if (!m) {
		m = ARENA_NEW(b->arena, struct batch_month);
		m->ym = ym;
		map_put(b->months, key_of(&ym), m);
	}
	m->posts++;
}

void batch_place(struct edit_batch *b, int64_t list, int64_t at, int64_t post, int64_t out)
{
	struct batch_end *end = map_find(b->ends, key_of(&list));

	if (end->size >= b->rules->per_page) {
		end->last.shelf++;
		end->size = 0;
	}
	end->last = (struct place){ list, at, post, end->last.shelf, out };
	end->size++;
	end->added++;
	pass(end, post);
	*VEC_ADD(&b->places) = end->last;
	if (list == 0)
		count_month(b, shelve_month(b->rules, out));
}

/* ---- relations ---- */

size_t batch_near(const struct edit_batch *b, int64_t list, int64_t post, int64_t *ret)
{
	const struct batch_end *end = map_find(b->ends, key_of(&list));
	size_t room = ARRAY_LEN(end->near), held = end->n < room ? end->n : room, n = 0;

	for (size_t i = 1; i <= held && n < RELATE_NEAR; i++) {
		int64_t near = end->near[(end->n - i) % room];

		if (near != post)
			ret[n++] = near;
	}
	return n;
}

static bool load_kin(struct edit_batch *b, struct tx *tx, int64_t post, struct batch_kin **ret,
		     struct fail *f)
{
	struct batch_kin *kin = map_find(b->kin, key_of(&post));
	struct relation *had;
	size_t n;

	*ret = kin;
	if (kin)
		return true;
	*ret = kin = ARENA_NEW(b->arena, struct batch_kin);
	kin->post = post;
	map_put(b->kin, key_of(&post), kin);
	if (post >= b->first_new)		/* came in this transaction: none are written */
		return true;
	if (!batch_store_related(b->arena, tx, post, &had, &n, f))
		return false;
	for (size_t i = 0; i < n && kin->n < ARRAY_LEN(kin->p) - 1; i++) {
		kin->p[kin->n].other = had[i].other;
		kin->p[kin->n++].score = had[i].score;
	}
	return true;
}

/* The weakest one goes: from the database too, when it is there. */
static bool drop_weakest(struct tx *tx, struct batch_kin *kin, struct fail *f)
{
	size_t worst = 0;

	for (size_t i = 1; i < kin->n; i++)
		if (kin->p[i].score < kin->p[worst].score
		    || (kin->p[i].score == kin->p[worst].score
			&& kin->p[i].other < kin->p[worst].other))
			worst = i;
	if (!kin->p[worst].held
	    && !batch_store_unrelate(tx, kin->post, kin->p[worst].other, f))
		return false;
	kin->p[worst] = kin->p[--kin->n];
	return true;
}

static bool add_kin(struct edit_batch *b, struct tx *tx, int64_t post, int64_t other,
		    int64_t score, struct batch_kin **ret, struct fail *f)
{
	struct batch_kin *kin;

	if (!load_kin(b, tx, post, &kin, f))
		return false;
	kin->p[kin->n].other = other;
	kin->p[kin->n].score = score;
	kin->p[kin->n++].held = true;
	*ret = kin;
	return true;
}

bool batch_relate(struct edit_batch *b, struct tx *tx, int64_t post, int64_t other, int64_t score,
		  struct fail *f)
{
	struct batch_kin *kin;

	if (!add_kin(b, tx, post, other, score, &kin, f)
	    || !add_kin(b, tx, other, post, score, &kin, f))
		return false;
	while (kin->n > RELATE_KEPT)
		if (!drop_weakest(tx, kin, f))
			return false;
	return true;
}

/* ---- writing ---- */

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->list != b->list)
		return a->list < b->list ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->post > b->post) - (a->post < b->post);
}

static int by_post(const void *x, const void *y)
{
	const struct relation *a = x, *b = y;

	if (a->post != b->post)
		return a->post < b->post ? -1 : 1;
	return (a->other > b->other) - (a->other < b->other);
}

static bool write_kin(struct edit_batch *b, struct tx *tx, struct fail *f)
{
	VEC(struct relation) all = { 0 };
	size_t at = 0;
	struct str key;
	void *v;
	bool ok;

	while (map_each(b->kin, &at, &key, &v)) {
		struct batch_kin *kin = v;

		for (size_t i = 0; i < kin->n; i++) {
			if (kin->p[i].held)
				*VEC_ADD(&all) = (struct relation){ kin->post, kin->p[i].other,
								    kin->p[i].score };
			kin->p[i].held = false;
		}
	}
	if (all.n)
		qsort(all.p, all.n, sizeof *all.p, by_post);
	ok = batch_store_relate(tx, all.p, all.n, f);
	VEC_FREE(&all);
	return ok;
}

static bool write_counts(struct edit_batch *b, struct tx *tx, struct fail *f)
{
	size_t at = 0;
	struct str key;
	void *v;

	while (map_each(b->ends, &at, &key, &v)) {
		struct batch_end *end = v;

		if (end->added && end->last.list != 0
		    && !batch_store_count_term(tx, end->last.list, end->added, f))
			return false;
		end->added = 0;
	}
	for (at = 0; map_each(b->months, &at, &key, &v);) {
		struct batch_month *m = v;

		if (m->posts && !edit_store_month_add(tx, m->ym, m->posts, f))
			return false;
		m->posts = 0;
	}
	return true;
}

bool edit_batch_write(struct edit_batch *b, struct tx *tx, struct fail *f)
{
	if (b->places.n)
		qsort(b->places.p, b->places.n, sizeof *b->places.p, by_place);
	if (!batch_store_places(tx, b->places.p, b->places.n, f)
	    || !batch_store_terms(tx, b->post_terms.p, b->post_terms.n, f)
	    || !write_kin(b, tx, f) || !write_counts(b, tx, f)
	    || !build_write(b->words, tx, f))
		return false;
	b->takes_words = false;
	b->places.n = b->post_terms.n = 0;
	if (b->next_id)
		b->first_new = b->next_id;
	return true;
}

bool batch_yield(struct edit_batch *b, struct tx *tx, struct fail *f)
{
	if (!edit_batch_write(b, tx, f))
		return false;
	ask_anew(b);
	b->in_order = false;
	return true;
}
