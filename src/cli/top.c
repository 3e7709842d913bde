/* top.c - see top.h. */
#include "cli/top.h"

#include <jansson.h>
#include <stddef.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"

static const struct number {
	const char *name;
	size_t offset;
} numbers[] = {
#define NUMBER(field) { #field, offsetof(struct top_sample, field) }
	NUMBER(ns), NUMBER(uptime), NUMBER(requests), NUMBER(accepted), NUMBER(bytes_in),
	NUMBER(bytes_out), NUMBER(hits), NUMBER(misses), NUMBER(stale), NUMBER(renders),
	NUMBER(render_ns), NUMBER(failures), NUMBER(cpu_ms), NUMBER(turned_away),
	NUMBER(connections), NUMBER(at_workers), NUMBER(cache_pages), NUMBER(cache_bytes),
	NUMBER(cache_limit), NUMBER(queue), NUMBER(workers), NUMBER(open_sites), NUMBER(memory),
	NUMBER(descriptors), NUMBER(descriptors_limit),
#undef NUMBER
};

static int64_t number_of(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static struct str text_of(struct arena *a, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	return arena_str(a, str_of(json_string_value(value)));
}

static void parse_sites(struct arena *a, const json_t *list, struct top_sample *ret)
{
	for (size_t i = 0; i < json_array_size(list) && i < TOP_SITES; i++) {
		const json_t *one = json_array_get(list, i);

		ret->sites[ret->n_sites++] = (struct top_site){
			text_of(a, one, "name"), number_of(one, "renders"),
			number_of(one, "mean_us"), number_of(one, "slowest_us"),
			number_of(one, "total_us"),
		};
	}
}

bool top_parse(struct arena *a, struct str json, struct top_sample *ret, struct fail *f)
{
	json_error_t error;
	json_t *root = json_loadb(json.p, json.n, 0, &error);

	if (!json_is_object(root)) {
		json_decref(root);
		return fail(f, FAIL_INVALID, "the server's numbers cannot be read");
	}
	*ret = (struct top_sample){ .version = text_of(a, root, "version") };
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		*(int64_t *)((char *)ret + numbers[i].offset) = number_of(root, numbers[i].name);
	for (size_t i = 0; i < TOP_CLASSES; i++)
		ret->answers[i] =
			json_integer_value(json_array_get(json_object_get(root, "answers"), i));
	parse_sites(a, json_object_get(root, "sites"), ret);
	json_decref(root);
	return true;
}

/* ---- rates ---- */

static double seconds_between(const struct top_sample *last, const struct top_sample *now)
{
	return now->ns > last->ns ? (double)(now->ns - last->ns) / 1e9 : 1;
}

/* A server that was started anew counts from zero again. */
static double rate(int64_t last, int64_t now, double seconds)
{
	return now > last ? (double)(now - last) / seconds : 0;
}

static double hit_percent(const struct top_sample *last, const struct top_sample *now)
{
	double hits = rate(last->hits, now->hits, 1);
	double all = hits + rate(last->misses, now->misses, 1) + rate(last->stale, now->stale, 1);

	return all > 0 ? 100 * hits / all : 0;
}

static double mean_ms(const struct top_sample *last, const struct top_sample *now)
{
	double n = rate(last->renders, now->renders, 1);

	return n > 0 ? rate(last->render_ns, now->render_ns, 1) / n / 1e6 : 0;
}

/* ---- lines ---- */

struct screen {
	struct buf *b;
	int rows, columns;
};

/* A line, cut to what the terminal has. */
static void put(struct screen *s, const char *fmt, ...) PRINTF(2, 3);
static void put(struct screen *s, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf line = BUF(4 * KIB);
	size_t at = 0;
	va_list ap;

	if (s->rows-- <= 0)
		return;
	va_start(ap, fmt);
	buf_addv(&line, fmt, ap);
	va_end(ap);
	for (int i = 0; i < s->columns && at < line.n; i++)
		utf8_next(buf_str(&line), &at);
	buf_add(s->b, str_sub(buf_str(&line), 0, at));
	buf_addc(s->b, '\n');
}

static double mib(double bytes)
{
	return bytes / MIB;
}

static void put_server(struct screen *s, const struct catalog *c, const struct top_sample *last,
		       const struct top_sample *now)
{
	double t = seconds_between(last, now), class[TOP_CLASSES];

	for (size_t i = 0; i < TOP_CLASSES; i++)
		class[i] = rate(last->answers[i], now->answers[i], t);
	put(s, tr(c, "Requests     %.0f a second: %.0f 2xx, %.0f 3xx, %.0f 4xx, %.0f 5xx"),
	    rate(last->requests, now->requests, t), class[2], class[3], class[4], class[5]);
	put(s, tr(c, "Bytes        %.2f MiB a second out, %.2f MiB in"),
	    mib(rate(last->bytes_out, now->bytes_out, t)),
	    mib(rate(last->bytes_in, now->bytes_in, t)));
	put(s, tr(c, "Connections  open: %lld; new a second: %.0f; turned away: %.0f"),
	    (long long)now->connections, rate(last->accepted, now->accepted, t),
	    rate(last->turned_away, now->turned_away, t));
}

static void put_work(struct screen *s, const struct catalog *c, const struct top_sample *last,
		     const struct top_sample *now)
{
	double t = seconds_between(last, now);

	put(s, tr(c, "Cache        %.1f %% found in memory; %.1f of %.1f MiB; pages: %lld"),
	    hit_percent(last, now), mib((double)now->cache_bytes), mib((double)now->cache_limit),
	    (long long)now->cache_pages);
	put(s, tr(c, "Renderings   %.1f a second, %.2f ms each, %.1f failed"),
	    rate(last->renders, now->renders, t), mean_ms(last, now),
	    rate(last->failures, now->failures, t));
	put(s, tr(c, "Workers      threads: %lld; requests with them: %lld; jobs waiting: %lld"),
	    (long long)now->workers, (long long)now->at_workers, (long long)now->queue);
	put(s, tr(c, "Process      %.1f MiB; %.0f %% of a processor; descriptors: %lld of %lld;"
		     " open sites: %lld"),
	    mib((double)now->memory), rate(last->cpu_ms, now->cpu_ms, t) / 10,
	    (long long)now->descriptors, (long long)now->descriptors_limit,
	    (long long)now->open_sites);
}

/* Flush right, as the numbers below; a letter may have several bytes. */
static void add_cell(struct buf *line, struct str text, size_t width)
{
	for (size_t n = utf8_length(text); n < width; n++)
		buf_addc(line, ' ');
	buf_add(line, text);
}

static void put_head(struct screen *s, const struct catalog *c)
{
	CLEANUP(buf_release) struct buf line = BUF(KIB);

	add_cell(&line, str_of(tr(c, "Renderings")), 10);
	add_cell(&line, str_of(tr(c, "mean ms")), 12);
	add_cell(&line, str_of(tr(c, "slowest ms")), 12);
	add_cell(&line, str_of(tr(c, "total s")), 12);
	buf_addf(&line, "   %s", tr(c, "site, of the last minutes"));
	put(s, "%s", line.p);
}

static void put_sites(struct screen *s, const struct catalog *c, const struct top_sample *now)
{
	put(s, "%s", "");
	if (!now->n_sites) {
		put(s, "%s", tr(c, "No site was rendered in the last minutes."));
		return;
	}
	put_head(s, c);
	for (size_t i = 0; i < now->n_sites; i++) {
		const struct top_site *one = &now->sites[i];

		put(s, "%10lld%12.2f%12.2f%12.2f   %.*s", (long long)one->renders,
		    (double)one->mean_us / 1e3, (double)one->slowest_us / 1e3,
		    (double)one->total_us / 1e6, STR_ARG(one->name));
	}
}

void top_show(struct buf *b, const struct catalog *c, const struct top_sample *last,
	      const struct top_sample *now, int rows, int columns)
{
	struct screen s = { b, rows, columns };

	put(&s, tr(c, "Hameau %s, up for %lld h %lld min"),
	    now->version.n ? now->version.p : "", (long long)(now->uptime / 3600),
	    (long long)(now->uptime / 60 % 60));
	put_server(&s, c, last, now);
	put_work(&s, c, last, now);
	put_sites(&s, c, now);
}

/* ---- for scripts ---- */

static void put_rate(struct json *j, const char *key, double value)
{
	CLEANUP(buf_release) struct buf text = BUF(64);

	buf_addf(&text, "%.3f", value);
	json_key(j, key);
	json_raw(j, buf_str(&text));
}

static void put_json_sites(struct json *j, const struct top_sample *now)
{
	json_key(j, "sites");
	json_open(j, '[');
	for (size_t i = 0; i < now->n_sites; i++) {
		json_open(j, '{');
		json_put_str(j, "name", now->sites[i].name);
		json_put_i64(j, "renders", now->sites[i].renders);
		json_put_i64(j, "mean_us", now->sites[i].mean_us);
		json_put_i64(j, "slowest_us", now->sites[i].slowest_us);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void top_json(struct buf *b, const struct top_sample *last, const struct top_sample *now)
{
	double t = seconds_between(last, now);
	struct json j = { .b = b };

	json_open(&j, '{');
	json_put_str(&j, "version", now->version);
	put_rate(&j, "requests_per_second", rate(last->requests, now->requests, t));
	put_rate(&j, "hit_percent", hit_percent(last, now));
	put_rate(&j, "renders_per_second", rate(last->renders, now->renders, t));
	put_rate(&j, "render_ms", mean_ms(last, now));
	put_rate(&j, "bytes_out_per_second", rate(last->bytes_out, now->bytes_out, t));
	put_rate(&j, "cpu_percent", rate(last->cpu_ms, now->cpu_ms, t) / 10);
	for (size_t i = 1; i < ARRAY_LEN(numbers); i++)		/* all but the clock */
		json_put_i64(&j, numbers[i].name,
			     *(const int64_t *)((const char *)now + numbers[i].offset));
	put_json_sites(&j, now);
	json_close(&j, '}');
	buf_addc(b, '\n');
}
