/* metrics_json.c - the numbers as `hameau top` wants them; it makes rates of two of them. */
#include <stdio.h>

#include "app/metrics.h"
#include "base/date.h"
#include "base/json.h"
#include "site/registry.h"

enum { SITES = 20 };

static void put_answers(struct json *j, const struct server_stats *s)
{
	json_key(j, "answers");
	json_open(j, '[');
	for (size_t i = 0; i < ARRAY_LEN(s->answers); i++)
		json_i64(j, (int64_t)s->answers[i]);
	json_close(j, ']');
}

static void put_server(struct json *j, const struct server_stats *s)
{
	json_put_i64(j, "requests", (int64_t)s->requests);
	put_answers(j, s);
	json_put_i64(j, "accepted", (int64_t)s->connections);
	json_put_i64(j, "connections", (int64_t)(s->connections - s->closed));
	json_put_i64(j, "turned_away", (int64_t)s->turned_away);
	json_put_i64(j, "evicted", (int64_t)s->evicted);
	json_put_i64(j, "at_workers", (int64_t)(s->handed - s->returned));
	json_put_i64(j, "bytes_in", (int64_t)s->bytes_in);
	json_put_i64(j, "bytes_out", (int64_t)s->bytes_out);
}

static void put_cache(struct json *j, struct cache *cache)
{
	struct cache_stats s;

	cache_stats(cache, &s);
	json_put_i64(j, "hits", (int64_t)s.hits);
	json_put_i64(j, "misses", (int64_t)s.misses);
	json_put_i64(j, "stale", (int64_t)s.stale);
	json_put_i64(j, "cache_pages", (int64_t)s.entries);
	json_put_i64(j, "cache_bytes", (int64_t)s.bytes);
	json_put_i64(j, "cache_limit", (int64_t)s.budget);
}

static struct str name_of(struct arena *a, struct metrics *m, uint64_t id)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct fail f = FAIL_INIT;
	char text[SITE_ID_LEN + 1];

	if (registry_site(m->engine->host->registry, id, &site, &f))
		return arena_str(a, site->name);
	site_id_text(id, text);
	return arena_str(a, str_of(text));
}

static void put_sites(struct json *j, struct metrics *m)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct busy_site sites[SITES];
	size_t n = busy_list(&m->busy, clock_ns(), sites, SITES);

	json_key(j, "sites");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		json_put_str(j, "name", name_of(a, m, sites[i].site));
		json_put_i64(j, "renders", (int64_t)(sites[i].renders + 0.5));
		json_put_i64(j, "mean_us", (int64_t)(sites[i].ns / sites[i].renders / 1000));
		json_put_i64(j, "slowest_us", sites[i].slowest_ns / 1000);
		json_put_i64(j, "total_us", (int64_t)(sites[i].ns / 1000));
		json_close(j, '}');
	}
	json_close(j, ']');
}

void metrics_json(struct metrics *m, struct buf *b)
{
	struct server_stats s = server_stats(m->server);
	struct metrics_process p;
	struct json j = { .b = b };

	metrics_process(m, &p);
	json_open(&j, '{');
	json_put_i64(&j, "ns", clock_ns());
	json_put_str(&j, "version", STR(PACKAGE_VERSION));
	json_put_i64(&j, "uptime", p.uptime);
	put_server(&j, &s);
	put_cache(&j, m->engine->cache);
	json_put_i64(&j, "renders", (int64_t)metrics_renders(m));
	json_put_i64(&j, "render_ns", (int64_t)atomic_load(&m->render_ns));
	json_put_i64(&j, "failures", (int64_t)atomic_load(&m->failures));
	json_put_i64(&j, "queue", (int64_t)pool_waiting(m->pages));
	json_put_i64(&j, "workers", pool_threads(m->pages));
	json_put_i64(&j, "open_sites", (int64_t)handles_count(m->engine->host->sites));
	json_put_i64(&j, "memory", p.rss);
	json_put_i64(&j, "descriptors", p.fds);
	json_put_i64(&j, "descriptors_limit", p.max_fds);
	json_put_i64(&j, "cpu_ms", (int64_t)(p.cpu_s * 1000));
	put_sites(&j, m);
	json_close(&j, '}');
}
