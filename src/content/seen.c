/* seen.c - see seen.h. A table of posts by their ids, open addressing. */
#include "content/seen.h"

enum { FIRST_SLOTS = 64 };

struct seen {
	const struct post **slots;
	size_t n, cap;			/* a power of two */
};

static struct seen *seen_of(struct tx *tx)
{
	static const char whose;

	return tx_keep(tx, &whose, sizeof(struct seen));
}

/* Where it is, or would be. Ids are counted up, so their last bits spread. */
static const struct post **slot_of(const struct seen *k, int64_t id)
{
	size_t i = (size_t)id & (k->cap - 1);

	while (k->slots[i] && k->slots[i]->id != id)
		i = (i + 1) & (k->cap - 1);
	return &k->slots[i];
}

static void grow(struct seen *k, struct arena *a)
{
	struct seen old = *k;

	k->cap = old.cap ? old.cap * 2 : FIRST_SLOTS;
	k->slots = arena_array(a, k->cap, sizeof *k->slots);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i])
			*slot_of(k, old.slots[i]->id) = old.slots[i];
}

const struct post *seen_find(struct tx *tx, int64_t id)
{
	const struct seen *k = seen_of(tx);

	return k && k->n ? *slot_of(k, id) : NULL;
}

bool seen_any(struct tx *tx)
{
	const struct seen *k = seen_of(tx);

	return k && k->n;
}

void seen_add(struct tx *tx, const struct post *p)
{
	struct seen *k = seen_of(tx);

	if (!k)
		return;
	if (k->n * 2 >= k->cap)
		grow(k, tx_arena(tx));
	*slot_of(k, p->id) = p;
	k->n++;
}

struct arena *seen_arena(struct tx *tx, struct arena *otherwise)
{
	struct arena *a = tx_arena(tx);

	return a ? a : otherwise;
}
