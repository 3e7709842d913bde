/* memory.h - the answers that are asked for, ready to send.
 *
 * Sharded by key; a shard's mutex is held for a few instructions, nothing is allocated on a
 * hit. The budget counts everything that an entry costs. Who leaves first is decided by
 * SIEVE: a hand goes from the oldest to the newest and takes out what nobody asked for since
 * it last came by; what stays keeps its place. What was only read from the disk has to be
 * asked for twice before it may drive anything out (cache_offer). Any thread.
 */
#ifndef CACHE_MEMORY_H
#define CACHE_MEMORY_H

#include "cache/entry.h"

struct cache;

/* path: with its query when the query matters, in one normal form. lang: the interface
 * language where it differs from the site's, else empty. Never a header from outside.
 * gzip: for readers who take it; each of the two forms is used, and leaves, by itself. */
struct cache_key {
	uint64_t site;
	struct str path, lang;
	bool gzip;
};

struct cache_stats {
	uint64_t hits, misses, stale;	/* since the start */
	size_t entries, bytes, budget;	/* entries: forms of pages */
};

/* gens: what freshness is asked from; outlives the cache. */
struct cache *cache_new(size_t bytes, const struct gens *gens);
void cache_free(struct cache *c);		/* NULL is fine */

/* A reference for the caller, or NULL: not there, or not fresh any more. */
struct entry *cache_find(struct cache *c, const struct cache_key *k);

/* As cache_find, but a stale one is returned too, with *fresh telling: for answering
 * others while one renders. Not for authors after their own write, not after removals. */
struct entry *cache_find_stale(struct cache *c, const struct cache_key *k, bool *fresh);

/* Takes a reference of its own. What is stale already, or larger than half a shard, is not kept. */
void cache_put(struct cache *c, const struct cache_key *k, struct entry *e);
/* The same for what can be had again cheaply: where nothing is free, at its second time only. */
void cache_offer(struct cache *c, const struct cache_key *k, struct entry *e);
void cache_stats(struct cache *c, struct cache_stats *ret);

#endif
