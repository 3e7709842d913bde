/* known.c - a set-associative table: no list to keep, no memory that grows. */
#include "site/known.h"

#include "base/digest.h"
#include "base/mem.h"
#include "work/mutex.h"

enum {
	WAYS = 8,
	WAYS_UNKNOWN = 2,	/* the last ones */
	LOCKS = 16,
};

struct set {
	struct known_answer *way[WAYS];
	uint32_t used[WAYS];		/* the tick of the last question */
	uint32_t tick;
};

struct known {
	struct mutex lock[LOCKS];
	struct set *sets;
	size_t n_sets;
	uint64_t seed;			/* nobody outside chooses what meets in a set */
};

struct known *known_new(size_t places)
{
	struct known *k = MEM_NEW(struct known);

	k->n_sets = (places + WAYS - 1) / WAYS;
	k->sets = mem_array(k->n_sets, sizeof *k->sets);
	k->seed = rand_u64();
	for (int i = 0; i < LOCKS; i++)
		mutex_init(&k->lock[i], MUTEX_LEAF);
	return k;
}

void known_free(struct known *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->n_sets; i++)
		for (int way = 0; way < WAYS; way++)
			known_answer_unref(k->sets[i].way[way]);
	for (int i = 0; i < LOCKS; i++)
		mutex_release(&k->lock[i]);
	mem_free(k->sets);
	mem_free(k);
}

struct known_answer *known_answer_new(struct str key, const struct found *found,
				      const struct deps *deps)
{
	struct known_answer *a = MEM_NEW(struct known_answer);

	ref_init(&a->ref);
	a->key = (struct str){ mem_cstr(key), key.n };
	a->found = *found;
	if (a->found.site)
		site_ref(a->found.site);
	deps_add_all(&a->deps, deps);
	return a;
}

void known_answer_unref(struct known_answer *a)
{
	if (!a || !ref_drop(&a->ref))
		return;
	site_unref(a->found.site);
	deps_release(&a->deps);
	mem_free((char *)a->key.p);
	mem_free(a);
}

static size_t set_of(const struct known *k, struct str key)
{
	return str_hash(key, k->seed) % k->n_sets;
}

static int way_of(const struct set *s, struct str key)
{
	for (int way = 0; way < WAYS; way++)
		if (s->way[way] && str_eq(s->way[way]->key, key))
			return way;
	return -1;
}

/* Under the lock of the set; NULL: not known or not fresh. */
static const struct found *look(struct set *s, struct str key, const struct gens *g)
{
	int way = way_of(s, key);

	if (way < 0 || !deps_fresh(&s->way[way]->deps, g))
		return NULL;
	if (s->used[way] != s->tick)	/* nothing is written while one name is asked for */
		s->used[way] = ++s->tick;
	return &s->way[way]->found;
}

bool known_find(struct known *k, struct str key, const struct gens *g, struct found *ret)
{
	size_t at = set_of(k, key);

	MUTEX_HOLD(&k->lock[at % LOCKS]);
	const struct found *found = look(&k->sets[at], key, g);

	if (!found)
		return false;
	*ret = *found;
	if (ret->site)
		site_ref(ret->site);
	return true;
}

/* The place for a new answer: its own old one, an empty one, the longest unasked. */
static int place_for(const struct set *s, const struct known_answer *a)
{
	int way = way_of(s, a->key);
	int from = a->found.kind == FOUND_NOTHING ? WAYS - WAYS_UNKNOWN : 0;

	if (way >= from)
		return way;
	way = from;
	for (int i = from; i < WAYS; i++) {
		if (!s->way[i])
			return i;
		if (s->tick - s->used[i] > s->tick - s->used[way])
			way = i;
	}
	return way;
}

void known_put(struct known *k, struct known_answer *a)
{
	size_t at = set_of(k, a->key);
	struct set *s = &k->sets[at];
	struct known_answer *was[2] = { NULL, NULL };

	ref_hold(&a->ref);
	mutex_lock(&k->lock[at % LOCKS]);
	int same = way_of(s, a->key), way = place_for(s, a);

	/* A name that was deleted moves to the places of unknown ones. */
	if (same >= 0 && same != way) {
		was[0] = s->way[same];
		s->way[same] = NULL;
	}
	was[1] = s->way[way];
	s->way[way] = a;
	s->used[way] = ++s->tick;
	mutex_unlock(&k->lock[at % LOCKS]);

	known_answer_unref(was[0]);
	known_answer_unref(was[1]);
}
