/* metrics_text.c - the numbers as Prometheus reads them (exposition formats, 0.0.4). Names
 * follow its conventions: seconds, bytes, _total for what only grows. */
#include <inttypes.h>

#include "app/metrics.h"

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *b, const char *name, const char *type, const char *help, double v)
{
	head(b, name, type, help);
	buf_addf(b, "%s %.17g\n", name, v);
}

static void add_requests(struct buf *b, const struct server_stats *s)
{
	head(b, "hameau_requests_total", "counter", "Requests answered, by class of status.");
	for (size_t i = 1; i < ARRAY_LEN(s->answers); i++)
		buf_addf(b, "hameau_requests_total{class=\"%zuxx\"} %" PRIu64 "\n", i,
			 s->answers[i]);
	one(b, "hameau_refused_total", "counter",
	    "Requests that the server itself answered with an error.", (double)s->errors);
	one(b, "hameau_received_bytes_total", "counter", "Bytes read from connections.",
	    (double)s->bytes_in);
	one(b, "hameau_sent_bytes_total", "counter", "Bytes written to connections.",
	    (double)s->bytes_out);
}

static void add_connections(struct buf *b, const struct server_stats *s)
{
	one(b, "hameau_connections_total", "counter", "Connections accepted.",
	    (double)s->connections);
	one(b, "hameau_connections", "gauge", "Connections open now.",
	    (double)(s->connections - s->closed));
	one(b, "hameau_connections_refused_total", "counter",
	    "Connections closed at once: too many of one address, or no descriptor left.",
	    (double)s->turned_away);
	one(b, "hameau_connections_evicted_total", "counter",
	    "Idle connections closed to make room.", (double)s->evicted);
}

static void add_loops(struct buf *b, const struct server *server)
{
	head(b, "hameau_loop_requests_total", "counter", "Requests answered, by loop.");
	for (unsigned i = 0; i < server_loops(server); i++)
		buf_addf(b, "hameau_loop_requests_total{loop=\"%u\"} %" PRIu64 "\n", i,
			 server_loop_stats(server, i).requests);
}

static void add_cache(struct buf *b, struct cache *cache)
{
	struct cache_stats s;

	cache_stats(cache, &s);
	head(b, "hameau_cache_lookups_total", "counter", "Pages looked for in memory.");
	buf_addf(b, "hameau_cache_lookups_total{result=\"hit\"} %" PRIu64 "\n"
		 "hameau_cache_lookups_total{result=\"miss\"} %" PRIu64 "\n"
		 "hameau_cache_lookups_total{result=\"stale\"} %" PRIu64 "\n",
		 s.hits, s.misses, s.stale);
	one(b, "hameau_cache_entries", "gauge", "Pages in memory.", (double)s.entries);
	one(b, "hameau_cache_bytes", "gauge", "Memory that they take.", (double)s.bytes);
	one(b, "hameau_cache_limit_bytes", "gauge", "Memory that they may take.", (double)s.budget);
}

static void add_renders(struct buf *b, struct metrics *m)
{
	static const char *const ends[METRICS_BUCKETS] = {
		"0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "1", "5",
		"+Inf",
	};
	uint64_t sum = 0;

	head(b, "hameau_render_seconds", "histogram", "Time to render a page.");
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		sum += atomic_load(&m->buckets[i]);
		buf_addf(b, "hameau_render_seconds_bucket{le=\"%s\"} %" PRIu64 "\n", ends[i], sum);
	}
	buf_addf(b, "hameau_render_seconds_sum %.9f\nhameau_render_seconds_count %" PRIu64 "\n",
		 (double)atomic_load(&m->render_ns) / 1e9, sum);
	one(b, "hameau_render_failures_total", "counter", "Renderings that failed.",
	    (double)atomic_load(&m->failures));
	one(b, "hameau_render_shared_total", "counter",
	    "Requests answered by a rendering that another had begun.",
	    (double)atomic_load(&m->waited));
}

static void add_work(struct buf *b, struct metrics *m, const struct server_stats *s)
{
	one(b, "hameau_worker_requests", "gauge", "Requests with page workers or waiting for one.",
	    (double)(s->handed - s->returned));
	one(b, "hameau_worker_queue", "gauge", "Jobs that wait for a page worker.",
	    (double)pool_waiting(m->pages));
	one(b, "hameau_workers", "gauge", "Page workers.", (double)pool_threads(m->pages));
	one(b, "hameau_busy_sites", "gauge", "Sites with requests at page workers.",
	    (double)lanes_count(m->lanes));
	one(b, "hameau_open_sites", "gauge", "Site databases that are open.",
	    (double)handles_count(m->engine->host->sites));
	one(b, "hameau_publish_lag_seconds", "gauge",
	    "How long the longest overdue scheduled post has waited.",
	    (double)metrics_publish_lag(m));
}

static void add_log(struct buf *b, struct access_log *log)
{
	struct access_log_stats s = access_log_stats(log);

	one(b, "hameau_access_log_lines_total", "counter", "Lines written to the access log.",
	    (double)s.lines);
	one(b, "hameau_access_log_dropped_total", "counter", "Lines that the access log lost.",
	    (double)s.dropped);
}

static void add_process(struct buf *b, struct metrics *m)
{
	struct metrics_process p;

	metrics_process(m, &p);
	one(b, "process_resident_memory_bytes", "gauge", "Resident memory.", (double)p.rss);
	one(b, "process_open_fds", "gauge", "Open file descriptors.", (double)p.fds);
	one(b, "process_max_fds", "gauge", "Most of them that are allowed.", (double)p.max_fds);
	one(b, "process_cpu_seconds_total", "counter", "Processor time used.", p.cpu_s);
	one(b, "process_start_time_seconds", "gauge", "When the server started.",
	    (double)m->began);
}

void metrics_text(struct metrics *m, struct buf *b)
{
	struct server_stats s = server_stats(m->server);

	head(b, "hameau_build_info", "gauge", "The program.");
	buf_addf(b, "hameau_build_info{version=\"%s\"} 1\n", PACKAGE_VERSION);
	add_requests(b, &s);
	add_loops(b, m->server);
	add_connections(b, &s);
	add_cache(b, m->engine->cache);
	add_renders(b, m);
	add_work(b, m, &s);
	add_log(b, m->log);
	add_process(b, m);
}
