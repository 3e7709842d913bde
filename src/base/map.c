/* map.c - open addressing with linear probing; removal shifts the run back, so
 * there are no tombstones and look-ups stay short. */
#include "base/map.h"

#include "base/digest.h"
#include "base/mem.h"

struct slot {
	char *key;		/* NULL: empty */
	size_t n;
	uint64_t hash;
	void *value;
};

struct map {
	struct slot *slots;
	size_t cap, count;	/* cap is a power of two, at most 3/4 full */
	uint64_t seed;
};

/* Each table has its own; a question to the kernel for each was a tenth of what rendering a
 * text asked of it. */
static uint64_t new_seed(void)
{
	static _Thread_local uint64_t key, count;

	while (key == 0)
		key = rand_u64();
	return str_hash(str_from((const char *)&count, sizeof count), key + ++count);
}

struct map *map_new(void)
{
	struct map *m = MEM_NEW(struct map);

	m->cap = 16;
	m->slots = mem_array(m->cap, sizeof *m->slots);
	m->seed = new_seed();
	return m;
}

void map_free(struct map *m, void (*free_value)(void *))
{
	if (!m)
		return;
	for (size_t i = 0; i < m->cap; i++) {
		if (m->slots[i].key && free_value)
			free_value(m->slots[i].value);
		mem_free(m->slots[i].key);
	}
	mem_free(m->slots);
	mem_free(m);
}

/* The slot that holds the key, or the empty one where it belongs. */
static size_t slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->cap - 1);

	while (m->slots[i].key && (m->slots[i].hash != hash
	       || !str_eq(str_from(m->slots[i].key, m->slots[i].n), key)))
		i = (i + 1) & (m->cap - 1);
	return i;
}

static void grow(struct map *m)
{
	struct slot *old = m->slots;
	size_t cap = m->cap;

	m->cap *= 2;
	m->slots = mem_array(m->cap, sizeof *m->slots);
	for (size_t i = 0; i < cap; i++)
		if (old[i].key)
			m->slots[slot_of(m, str_from(old[i].key, old[i].n), old[i].hash)] = old[i];
	mem_free(old);
}

void *map_find(const struct map *m, struct str key)
{
	return m->slots[slot_of(m, key, str_hash(key, m->seed))].value;
}

void *map_put(struct map *m, struct str key, void *value)
{
	uint64_t hash = str_hash(key, m->seed);
	struct slot *s;
	void *was;

	if ((m->count + 1) * 4 > m->cap * 3)
		grow(m);
	s = &m->slots[slot_of(m, key, hash)];
	was = s->value;
	if (!s->key) {
		s->key = mem_cstr(key);
		s->n = key.n;
		s->hash = hash;
		m->count++;
	}
	s->value = value;
	return was;
}

void *map_remove(struct map *m, struct str key)
{
	size_t i = slot_of(m, key, str_hash(key, m->seed)), hole = i;
	void *was = m->slots[i].value;

	if (!m->slots[i].key)
		return NULL;
	mem_free(m->slots[i].key);
	m->slots[i] = (struct slot){ 0 };
	m->count--;
	for (i = (i + 1) & (m->cap - 1); m->slots[i].key; i = (i + 1) & (m->cap - 1)) {
		size_t home = m->slots[i].hash & (m->cap - 1);

		/* May it move into the hole? Only if its home is not between the two. */
		if (((i - home) & (m->cap - 1)) < ((i - hole) & (m->cap - 1)))
			continue;
		m->slots[hole] = m->slots[i];
		m->slots[i] = (struct slot){ 0 };
		hole = i;
	}
	return was;
}

size_t map_count(const struct map *m)
{
	return m->count;
}

bool map_each(const struct map *m, size_t *at, struct str *key, void **value)
{
	for (; *at < m->cap; (*at)++) {
		const struct slot *s = &m->slots[*at];

		if (!s->key)
			continue;
		*key = str_from(s->key, s->n);
		*value = s->value;
		(*at)++;
		return true;
	}
	return false;
}
