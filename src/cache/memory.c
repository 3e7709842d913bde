/* memory.c - see memory.h.
 *
 * A shard is a chained hash table, a list by age with SIEVE's hand on it, and a table of the
 * hashes that were offered and turned away, each in the one place that it can have. A hit only
 * sets `asked`. Slots that leave are chained and freed after the lock.
 */
#include "cache/memory.h"

#include <string.h>
#include "base/digest.h"
#include "base/limits.h"
#include "base/mem.h"
#include "work/mutex.h"

#define SHARDS_MAX 64
#define SHARD_BYTES (2 * MIB)		/* fewer shards rather than smaller ones */
#define BUCKETS_FIRST 64

/* What a hit looks at comes first, and lies in one or two lines of the processor's cache. */
struct slot {
	struct slot *next;			/* in its bucket, or leaving */
	uint64_t hash;
	struct entry *entry;
	uint16_t host_n, path_n;		/* their bytes lie behind the struct and deps */
	uint16_t n_deps;
	bool gzip;
	bool asked;				/* since the hand last came by */
	struct slot *newer, *older;
	struct dep deps[];			/* of the name; but those that the entry has, too */
};

/* The first slot, and its entry: both are fetched at once, and mostly it is the one. */
struct bucket {
	struct slot *first;
	const struct entry *entry;
};

struct shard {
	struct mutex lock;
	struct bucket *buckets;
	uint32_t *offered;			/* as many as buckets */
	size_t n_buckets, entries, bytes;
	struct slot *newest, *oldest;
	struct slot *hand;			/* next to be looked at; NULL: the oldest */
	uint64_t found, missed;
	char pad[64];				/* two shards do not share a cache line */
};

struct cache {
	const struct gens *gens;
	uint64_t seed;
	atomic_ullong stale;
	size_t budget, shard_budget, n_shards;	/* n_shards: a power of two */
	struct shard shards[];
};

static uint64_t name_hash(const struct cache *c, const struct cache_name *n)
{
	return str_hash(n->path, str_hash(n->host, c->seed ^ n->gzip));
}

static struct shard *shard_of(struct cache *c, uint64_t hash)
{
	return &c->shards[hash >> 58 & (c->n_shards - 1)];
}

static const char *slot_text(const struct slot *s)
{
	return (const char *)(s->deps + s->n_deps);
}

static bool slot_is(const struct slot *s, uint64_t hash, const struct cache_name *n)
{
	const char *text = slot_text(s);

	return s->hash == hash && s->gzip == n->gzip && str_same(str_from(text, s->host_n), n->host)
	       && str_same(str_from(text + s->host_n, s->path_n), n->path);
}

/* Two to four buckets for each, and what malloc keeps for two blocks. */
static size_t cost(const struct cache_name *n, const struct entry *e)
{
	return sizeof(struct slot) + n->host.n + n->path.n + e->size
	       + 4 * (sizeof(struct bucket) + sizeof(uint32_t)) + 32;
}

static size_t slot_cost(const struct slot *s)
{
	struct cache_name n = { { NULL, s->host_n }, { NULL, s->path_n }, s->gzip };

	return cost(&n, s->entry) + s->n_deps * sizeof s->deps[0];
}

static bool has_dep(const struct deps *d, const struct dep *dep)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->p[i].slot == dep->slot && d->p[i].value == dep->value)
			return true;
	return false;
}

static struct slot *slot_new(uint64_t hash, const struct cache_name *n, struct entry *e,
			     const struct deps *of_name)
{
	uint32_t n_deps = of_name ? of_name->n : 0;
	struct slot *s = mem_alloc(sizeof *s + n_deps * sizeof s->deps[0] + n->host.n + n->path.n);
	char *text;

	s->hash = hash;
	s->gzip = n->gzip;
	s->entry = entry_hold(e);
	for (uint32_t i = 0; i < n_deps; i++)
		if (!has_dep(&e->deps, &of_name->p[i]))
			s->deps[s->n_deps++] = of_name->p[i];
	s->host_n = (uint16_t)n->host.n;
	s->path_n = (uint16_t)n->path.n;
	text = (char *)(s->deps + s->n_deps);
	memcpy(text, n->host.p ? n->host.p : "", n->host.n);
	memcpy(text + n->host.n, n->path.p ? n->path.p : "", n->path.n);
	return s;
}

static void slots_free(struct slot *s)
{
	while (s) {
		struct slot *next = s->next;

		entry_drop(s->entry);
		mem_free(s);
		s = next;
	}
}

/* ---- under a shard's lock ---- */

static struct bucket *bucket_of(struct shard *sh, uint64_t hash)
{
	return &sh->buckets[hash & (sh->n_buckets - 1)];
}

static void bucket_note(struct bucket *b)
{
	b->entry = b->first ? b->first->entry : NULL;
}

/* What a hit reads of an entry: its hot fields, and its counters behind the struct. */
static void fetch(const struct entry *e)
{
	const char *deps = (const char *)(e + 1);

	__builtin_prefetch(e);
	__builtin_prefetch((const char *)e + 64);
	__builtin_prefetch(deps);
	__builtin_prefetch(deps + 64);
}

static struct slot **slot_place(struct shard *sh, uint64_t hash, const struct cache_name *n)
{
	struct slot **at = &bucket_of(sh, hash)->first;

	while (*at && !slot_is(*at, hash, n))
		at = &(*at)->next;
	return at;
}

static void age_push(struct shard *sh, struct slot *s)
{
	s->older = sh->newest;
	s->newer = NULL;
	if (sh->newest)
		sh->newest->newer = s;
	else
		sh->oldest = s;
	sh->newest = s;
}

static void age_remove(struct shard *sh, struct slot *s)
{
	if (sh->hand == s)
		sh->hand = s->newer;
	if (s->newer)
		s->newer->older = s->older;
	else
		sh->newest = s->older;
	if (s->older)
		s->older->newer = s->newer;
	else
		sh->oldest = s->newer;
}

/* Out of the tables and in front of *out. */
static void slot_leave(struct shard *sh, struct slot **at, struct slot **out)
{
	struct slot *s = *at;

	*at = s->next;
	bucket_note(bucket_of(sh, s->hash));
	age_remove(sh, s);
	sh->entries--;
	sh->bytes -= slot_cost(s);
	s->next = *out;
	*out = s;
}

static void slot_leave_found(struct shard *sh, struct slot *s, struct slot **out)
{
	struct slot **at = &bucket_of(sh, s->hash)->first;

	while (*at != s)
		at = &(*at)->next;
	slot_leave(sh, at, out);
}

/* Each round takes one out or takes one mark away: it ends. */
static void make_room(struct shard *sh, size_t budget, struct slot **out)
{
	while (sh->bytes > budget && sh->oldest) {
		struct slot *s = sh->hand ? sh->hand : sh->oldest;

		if (!s->asked) {
			slot_leave_found(sh, s, out);
			continue;
		}
		s->asked = false;
		sh->hand = s->newer;
	}
}

static void bucket_add(struct bucket *b, struct slot *s)
{
	s->next = b->first;
	b->first = s;
	bucket_note(b);
}

static void grow(struct shard *sh)
{
	struct bucket *old = sh->buckets;
	size_t n = sh->n_buckets;

	sh->n_buckets = 2 * n;
	sh->buckets = mem_array(2 * n, sizeof *sh->buckets);
	for (size_t i = 0; i < n; i++) {
		struct slot *s = old[i].first, *next;

		for (; s; s = next) {
			next = s->next;
			bucket_add(bucket_of(sh, s->hash), s);
		}
	}
	mem_free(old);
	mem_free(sh->offered);
	sh->offered = mem_array(2 * n, sizeof *sh->offered);
}

static void slot_enter(struct shard *sh, struct slot *s)
{
	if (sh->entries >= sh->n_buckets / 2)
		grow(sh);
	bucket_add(bucket_of(sh, s->hash), s);
	age_push(sh, s);
	sh->entries++;
	sh->bytes += slot_cost(s);
}

/* Was it offered before? It is remembered until another one needs its place. */
static bool is_offered_again(struct shard *sh, uint64_t hash)
{
	uint32_t *place = &sh->offered[hash & (sh->n_buckets - 1)], tag = (uint32_t)(hash >> 32);
	bool again = *place == tag;

	*place = again ? 0 : tag;
	return again;
}

/* Not what would drive out others while nobody but this one reader wants it. */
static bool takes(struct shard *sh, size_t budget, uint64_t hash, size_t bytes)
{
	MUTEX_HOLD(&sh->lock);

	return sh->bytes + bytes <= budget || is_offered_again(sh, hash);
}

static bool is_shown(const struct slot *s, const struct gens *g)
{
	return deps_fresh(&(struct deps){ (struct dep *)s->deps, s->n_deps, s->n_deps }, g);
}

/* *shown: what says that the name shows it is true still. */
static struct entry *shard_find(struct cache *c, uint64_t hash, const struct cache_name *n,
				bool is_first, bool *shown)
{
	struct shard *sh = shard_of(c, hash);
	MUTEX_HOLD(&sh->lock);
	struct slot *s;

	if (bucket_of(sh, hash)->entry)
		fetch(bucket_of(sh, hash)->entry);
	s = *slot_place(sh, hash, n);
	if (!s) {
		sh->missed += is_first;
		return NULL;
	}
	sh->found += is_first;
	if (!s->asked)
		s->asked = true;
	*shown = !s->n_deps || is_shown(s, c->gens);
	return entry_hold(s->entry);
}

/* ---- exports ---- */

struct cache *cache_new(size_t bytes, const struct gens *gens)
{
	size_t n = 1;
	struct cache *c;

	while (n < SHARDS_MAX && bytes / (n * 2) >= SHARD_BYTES)
		n *= 2;
	c = mem_alloc(sizeof *c + n * sizeof c->shards[0]);
	c->gens = gens;
	c->seed = rand_u64();
	c->budget = bytes;
	c->n_shards = n;
	c->shard_budget = bytes / n;
	for (size_t i = 0; i < n; i++) {
		struct shard *sh = &c->shards[i];

		mutex_init(&sh->lock, MUTEX_CACHE);
		sh->n_buckets = BUCKETS_FIRST;
		sh->buckets = mem_array(BUCKETS_FIRST, sizeof *sh->buckets);
		sh->offered = mem_array(BUCKETS_FIRST, sizeof *sh->offered);
	}
	return c;
}

void cache_free(struct cache *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_shards; i++) {
		struct shard *sh = &c->shards[i];
		struct slot *out = NULL;

		while (sh->oldest)
			slot_leave_found(sh, sh->oldest, &out);
		slots_free(out);
		mem_free(sh->buckets);
		mem_free(sh->offered);
		mutex_release(&sh->lock);
	}
	mem_free(c);
}

static inline struct entry *find(struct cache *c, const struct cache_name *n, bool is_first)
{
	uint64_t hash = name_hash(c, n);
	bool shown = false;
	struct entry *e = shard_find(c, hash, n, is_first, &shown);

	if (!e || (shown && entry_is_fresh(e, c->gens)))
		return e;
	if (is_first)
		atomic_fetch_add_explicit(&c->stale, 1, memory_order_relaxed);
	entry_drop(e);
	return NULL;
}

struct entry *cache_find(struct cache *c, const struct cache_name *n)
{
	return find(c, n, true);
}

struct entry *cache_find_again(struct cache *c, const struct cache_name *n)
{
	return find(c, n, false);
}

void cache_put(struct cache *c, const struct cache_name *n, struct entry *e,
	       const struct deps *of_name)
{
	uint64_t hash = name_hash(c, n);
	struct shard *sh = shard_of(c, hash);
	struct slot *out = NULL, *s;
	struct slot **at;

	if (!entry_is_fresh(e, c->gens) || n->host.n > LIMIT_HOST || n->path.n > LIMIT_TARGET)
		return;
	s = slot_new(hash, n, e, of_name);
	if (slot_cost(s) > c->shard_budget / 2) {
		slots_free(s);
		return;
	}
	mutex_lock(&sh->lock);
	at = slot_place(sh, hash, n);
	if (*at)
		slot_leave(sh, at, &out);
	make_room(sh, c->shard_budget - slot_cost(s), &out);
	slot_enter(sh, s);
	mutex_unlock(&sh->lock);
	slots_free(out);
}

void cache_offer(struct cache *c, const struct cache_name *n, struct entry *e,
		 const struct deps *of_name)
{
	uint64_t hash = name_hash(c, n);

	if (takes(shard_of(c, hash), c->shard_budget, hash, cost(n, e)))
		cache_put(c, n, e, of_name);
}

void cache_stats(struct cache *c, struct cache_stats *ret)
{
	uint64_t stale = atomic_load_explicit(&c->stale, memory_order_relaxed);
	struct cache_stats st = { .stale = stale, .budget = c->budget };

	for (size_t i = 0; i < c->n_shards; i++) {
		MUTEX_HOLD(&c->shards[i].lock);

		st.hits += c->shards[i].found;
		st.misses += c->shards[i].missed;
		st.entries += c->shards[i].entries;
		st.bytes += c->shards[i].bytes;
	}
	st.hits -= stale < st.hits ? stale : st.hits;
	*ret = st;
}
