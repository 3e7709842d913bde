/* spare.c - a set-associative store of objects without a lock.
 *
 * A place is one atomic pointer. Whoever exchanges it for NULL owns what was in
 * it, whole; whoever has an object puts it into an empty place by compare and
 * exchange. The tag beside the pointer is a hint that spares useless exchanges;
 * a stale one costs an object opened twice and is never wrong, because the
 * taker compares the key of what it holds.
 */
#include "unicode/spare.h"
#include <assert.h>
#include <stdatomic.h>
#include <string.h>
#include "base/mem.h"

struct place {
	_Atomic(uint64_t) tag;
	_Atomic(struct spare *) s;
};

static struct place places[SPARE_SETS][SPARE_WAYS];
static atomic_uint next_victim;

static void spare_free(struct spare *s)
{
	if (!s)
		return;
	s->close(s->object);
	mem_free(s);
}

/* Once it is in its place, s may already be another thread's, or gone. */
static bool place_put(struct place *p, struct spare *s)
{
	struct spare *none = NULL;
	uint64_t hash = s->hash;

	if (!atomic_compare_exchange_strong_explicit(&p->s, &none, s, memory_order_release,
						     memory_order_relaxed))
		return false;
	atomic_store_explicit(&p->tag, hash, memory_order_relaxed);
	return true;
}

struct spare *spare_take(const char *key)
{
	uint64_t hash = str_hash(str_of(key), 0);
	struct place *set = places[hash % SPARE_SETS];

	for (size_t i = 0; i < SPARE_WAYS; i++) {
		struct spare *s;

		if (atomic_load_explicit(&set[i].tag, memory_order_relaxed) != hash)
			continue;
		s = atomic_exchange_explicit(&set[i].s, NULL, memory_order_acquire);
		if (s && s->hash == hash && strcmp(s->key, key) == 0)
			return s;
		if (s && !place_put(&set[i], s))
			spare_free(s);
	}
	return NULL;
}

struct spare *spare_new(const char *key, void *object, void (*close)(void *))
{
	struct spare *s = MEM_NEW(struct spare);

	assert(strlen(key) < sizeof s->key);
	strcpy(s->key, key);
	s->hash = str_hash(str_of(key), 0);
	s->object = object;
	s->close = close;
	return s;
}

void spare_give(struct spare *s)
{
	struct place *set;
	unsigned victim;

	if (!s)
		return;
	set = places[s->hash % SPARE_SETS];
	for (size_t i = 0; i < SPARE_WAYS; i++)
		if (place_put(&set[i], s))
			return;

	/* The set is full: one of it, by turns, makes room. */
	victim = atomic_fetch_add_explicit(&next_victim, 1, memory_order_relaxed) % SPARE_WAYS;
	spare_free(atomic_exchange_explicit(&set[victim].s, NULL, memory_order_acquire));
	if (!place_put(&set[victim], s))
		spare_free(s);
}

void spare_givep(struct spare **s)
{
	spare_give(*s);
}

void spare_drop_all(void)
{
	for (size_t i = 0; i < SPARE_SETS * SPARE_WAYS; i++)
		spare_free(atomic_exchange_explicit(&places[i / SPARE_WAYS][i % SPARE_WAYS].s, NULL,
						    memory_order_acquire));
}
