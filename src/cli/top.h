/* top.h - two looks at a server's numbers, and what happened between them. Private to
 * cmd_top.c and its tests.
 */
#ifndef CLI_TOP_H
#define CLI_TOP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "lang/catalog.h"

enum { TOP_SITES = 20, TOP_CLASSES = 6 };

struct top_site {
	struct str name;
	int64_t renders, mean_us, slowest_us, total_us;
};

/* As app/metrics.h gives it: what only grows, and how things are. */
struct top_sample {
	struct str version;
	int64_t ns, uptime, requests, answers[TOP_CLASSES], accepted, bytes_in, bytes_out, hits,
		misses, stale, renders, render_ns, failures, cpu_ms, turned_away;
	int64_t connections, at_workers, cache_pages, cache_bytes, cache_limit, queue, workers,
		open_sites, memory, descriptors, descriptors_limit;
	struct top_site sites[TOP_SITES];
	size_t n_sites;
};

MUST_CHECK bool top_parse(struct arena *a, struct str json, struct top_sample *ret, struct fail *f);

/* A second of the time between the samples, as lines of text. `last` is what was there
 * before; rows: at most so many lines; columns: of each line. */
void top_show(struct buf *b, const struct catalog *c, const struct top_sample *last,
	      const struct top_sample *now, int rows, int columns);

/* The same as one JSON object on a line. */
void top_json(struct buf *b, const struct top_sample *last, const struct top_sample *now);

#endif
