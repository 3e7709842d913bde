/* memory.h - the answers that are asked for, ready to send.
 *
 * A page is found by the name and the path that it is asked for with, as a request has them:
 * nobody has to look up first whose name that is. What says that the name shows this page (the
 * counters that the answer of the registry depends on) is kept with it, and asked each time.
 *
 * Sharded by name; a shard's mutex is held for a few instructions, nothing is allocated on a
 * hit. The budget counts everything that an entry costs. Who leaves first is decided by
 * SIEVE: a hand goes from the oldest to the newest and takes out what nobody asked for since
 * it last came by; what stays keeps its place. What was only read from the disk has to be
 * asked for twice before it may drive anything out (cache_offer). Any thread.
 */
#ifndef CACHE_MEMORY_H
#define CACHE_MEMORY_H

#include "cache/entry.h"

struct cache;

/* As a request has them: host in small letters, path decoded (with its query when the query
 * matters, in one normal form). Nothing else from outside. gzip: for readers who take it; each
 * of the two forms is used, and leaves, by itself. */
struct cache_name {
	struct str host, path;
	bool gzip;
};

/* How a page is found on the disk (disk.h, statics.h), whatever its site is called. lang: the
 * interface language where it differs from the site's, else empty. */
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
struct entry *cache_find(struct cache *c, const struct cache_name *n);
/* The same further on the way of one request, which counts once in cache_stats. */
struct entry *cache_find_again(struct cache *c, const struct cache_name *n);

/* Takes a reference of its own. of_name: what says that the name shows this page; copied. What is
 * stale already, or larger than half a shard, is not kept. */
void cache_put(struct cache *c, const struct cache_name *n, struct entry *e,
	       const struct deps *of_name);
/* The same for what can be had again cheaply: where nothing is free, at its second time only. */
void cache_offer(struct cache *c, const struct cache_name *n, struct entry *e,
		 const struct deps *of_name);
void cache_stats(struct cache *c, struct cache_stats *ret);

#endif
