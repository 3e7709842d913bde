/* entries.c - see entries.h. What is kept is true for the other pages because they read from the
 * same snapshot; that each of them depends on the list is noted when it asks for the list's ids. */
#include "feeds/entries.h"

#include "base/limits.h"
#include "content/list.h"

/* As many posts as one feed has, and what was written of those that are not long. */
enum { KEPT_MOST = 20, KEPT_ENTRY = 64 * KIB };

struct kept_post {
	struct post post;
	struct str entries[FEED_FORMATS];	/* empty: not yet written */
};

struct kept {
	struct kept_post posts[KEPT_MOST];
	size_t n;
};

static struct kept *kept_of(const struct ctx *cx)
{
	static const char whose;

	return tx_keep(cx->tx, &whose, sizeof(struct kept));
}

static struct kept_post *find(struct kept *k, int64_t id)
{
	for (size_t i = 0; k && i < k->n; i++)
		if (k->posts[i].post.id == id)
			return &k->posts[i];
	return NULL;
}

/* NULL in *ret: it is not there. */
static bool load_one(struct ctx *cx, struct kept *k, int64_t list, int64_t id, struct post **ret,
		     struct fail *f)
{
	struct kept_post *known = find(k, id);
	bool keep = !known && k && k->n < KEPT_MOST;

	if (known) {
		*ret = &known->post;
		return true;
	}
	if (!list_newest_post(keep ? tx_arena(cx->tx) : cx->arena, cx->tx, list, id, ret, f))
		return false;
	if (keep && *ret)
		k->posts[k->n++].post = **ret;
	return true;
}

bool entries_load(struct ctx *cx, int64_t list, int limit, struct post_list *ret, struct fail *f)
{
	int64_t *ids = arena_array(cx->arena, (size_t)limit, sizeof *ids);
	struct kept *k = kept_of(cx);
	struct post *one;
	size_t n;

	if (!list_newest_ids(cx->tx, list, limit, ids, &n, f))
		return false;
	*ret = (struct post_list){ arena_array(cx->arena, n, sizeof *ret->p), 0 };
	for (size_t i = 0; i < n; i++) {
		if (!load_one(cx, k, list, ids[i], &one, f))
			return false;
		if (one)
			ret->p[ret->n++] = *one;
	}
	return true;
}

void entries_write(struct ctx *cx, struct buf *b, const struct post *p, enum feed_format as,
		   entries_fn *write)
{
	struct kept_post *known = find(kept_of(cx), p->id);
	size_t begin = b->n;

	if (!known || known->post.html.s.p != p->html.s.p) {
		write(cx, b, p);
		return;
	}
	if (known->entries[as].n) {
		buf_add(b, known->entries[as]);
		return;
	}
	write(cx, b, p);
	if (buf_ok(b) && b->n - begin <= KEPT_ENTRY)
		known->entries[as] =
			arena_str(tx_arena(cx->tx), str_skip(buf_str(b), begin));
}
