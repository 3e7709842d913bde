/* relate.c - see relate.h. A newer post offers itself to the older ones it found, so
 * old posts learn of new ones without a search of their own. */
#include "content/relate.h"

#include "base/vec.h"
#include "content/batch.h"
#include "content/edit_store.h"
#include "content/kinds.h"

struct candidate {
	int64_t post, score;
};

struct candidates {
	struct candidate *p;
	size_t n, cap, n_best;
};

static void count(struct candidates *c, size_t before, int64_t post)
{
	for (size_t i = 0; i < before; i++)
		if (c->p[i].post == post) {
			c->p[i].score++;
			return;
		}
	*VEC_ADD(c) = (struct candidate){ post, 1 };
}

/* The posts of a list, each of which stands there once: it may be among those before. */
static void count_all(struct candidates *c, const int64_t *posts, size_t n)
{
	size_t before = c->n;

	for (size_t i = 0; i < n; i++)
		count(c, before, posts[i]);
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
	return a->score != b->score ? a->score > b->score : a->post > b->post;
}

/* The best ones come first, best first: few of many, so the others need no order. */
static void choose(struct candidates *c)
{
	c->n_best = c->n < RELATE_BEST ? c->n : RELATE_BEST;
	for (size_t i = 0; i < c->n_best; i++) {
		struct candidate *best = &c->p[i], was = *best;

		for (size_t k = i + 1; k < c->n; k++)
			if (is_better(&c->p[k], best))
				best = &c->p[k];
		c->p[i] = *best;
		*best = was;
	}
}

static bool look_near(struct arena *a, struct tx *tx, const struct place *p, struct candidates *c,
		      struct fail *f)
{
	int64_t *near;
	size_t n;

	if (!edit_store_near(a, tx, p, RELATE_NEAR, &near, &n, f))
		return false;
	count_all(c, near, n);
	return true;
}

static bool is_among(int64_t list, const int64_t *tags, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (tags[i] == list)
			return true;
	return false;
}

static bool write_down(struct tx *tx, int64_t post, const struct candidates *c, struct fail *f)
{
	for (size_t i = 0; i < c->n_best; i++)
		if (!edit_store_relate(tx, post, c->p[i].post, c->p[i].score, f)
		    || !edit_store_relate(tx, c->p[i].post, post, c->p[i].score, f)
		    || !edit_store_relate_trim(tx, c->p[i].post, RELATE_KEPT, f))
			return false;
	return true;
}

/* Whoever showed it must look again. */
static bool forget(struct arena *a, struct tx *tx, int64_t post, struct fail *f)
{
	int64_t *ids;
	size_t n;

	if (tx_raises_all(tx))
		return edit_store_unrelate(tx, post, f);
	if (!edit_store_related_to(a, tx, post, &ids, &n, f))
		return false;
	for (size_t i = 0; i < n; i++)
		tx_raise(tx, GEN_AROUND, query_key("i", ids[i]));
	return edit_store_unrelate(tx, post, f);
}

bool relate(struct arena *a, struct tx *tx, int64_t post, const int64_t *tags, size_t n_tags,
	    struct fail *f)
{
	struct candidates c = { 0 };
	struct place *places;
	size_t n, most = n_tags < RELATE_TAGS ? n_tags : RELATE_TAGS;
	bool ok = true;

	if (!forget(a, tx, post, f) || !edit_store_places(a, tx, post, &places, &n, f))
		return false;
	for (size_t i = 0; ok && i < n; i++)
		if (is_among(places[i].list, tags, most))
			ok = look_near(a, tx, &places[i], &c, f);
	choose(&c);
	ok = ok && write_down(tx, post, &c, f);
	VEC_FREE(&c);
	return ok;
}

bool relate_new(struct edit_batch *b, struct tx *tx, int64_t post, const int64_t *tags,
		size_t n_tags, struct fail *f)
{
	struct candidates c = { 0 };
	int64_t near[RELATE_NEAR];
	bool ok = true;

	for (size_t i = 0; i < n_tags && i < RELATE_TAGS; i++)
		count_all(&c, near, batch_near(b, tags[i], post, near));
	choose(&c);
	for (size_t i = 0; ok && i < c.n_best; i++)
		ok = batch_relate(b, tx, post, c.p[i].post, c.p[i].score, f);
	VEC_FREE(&c);
	return ok;
}
