/* cmd_theme_bench.c - hameau theme bench: how long each template takes, with usual texts and
 * with the worst ones. The values are those of real pages. */
#include "app/engine.h"
#include "app/features.h"
#include "app/render.h"
#include "cli/stage.h"
#include "workshop/bench.h"
#include "workshop/workshop.h"

struct measuring {
	struct call *call;
	struct engine *engine;
	struct theme *theme;
	const char *site, *path;
	int runs;
	struct json json;
	struct fail *f;
	bool ok;
};

static void tell(struct measuring *m, const char *template, const struct bench *b)
{
	if (!m->call->json) {
		call_out(m->call, "%-10s%-8s%-22s%11.1f%11.1f%9zu%9zu\n", template, m->site,
			m->path,
			 (double)b->median_ns / 1000, (double)b->worst_ns / 1000, b->bytes,
			 b->nodes);
		call_flush(m->call);
		return;
	}
	json_open(&m->json, '{');
	json_put_str(&m->json, "template", str_of(template));
	json_put_str(&m->json, "site", str_of(m->site));
	json_put_str(&m->json, "path", str_of(m->path));
	json_put_i64(&m->json, "runs", b->runs);
	json_put_i64(&m->json, "median_ns", b->median_ns);
	json_put_i64(&m->json, "worst_ns", b->worst_ns);
	json_put_i64(&m->json, "bytes", (int64_t)b->bytes);
	json_put_i64(&m->json, "nodes", (int64_t)b->nodes);
	json_close(&m->json, '}');
}

static void see(void *arg, const char *template, const struct value *page)
{
	struct measuring *m = arg;
	const struct template *tpl = theme_template(m->theme, str_of(template));
	struct bench b;

	m->ok = tpl && bench_run(m->theme, tpl, page, m->runs, &b, m->f);
	if (m->ok)
		tell(m, template, &b);
}

static bool measure(struct measuring *m, const char *site, const char *path, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(site_unrefp) struct site *found = NULL;
	const struct ctx_watch watch = { see, m };

	m->site = site;
	m->path = path;
	m->ok = true;
	return registry_named(m->call->host->registry, str_of(site), &found, f)
		&& render_watched(m->engine, a, found, str_of(path), STR("q=a"), &watch, f)
			&& m->ok;
}

static bool measure_all(struct measuring *m, struct fail *f)
{
	static const char *const usual[] = {
		"/", "/tag/", "/archive/", "/search/", "/about/", "/fog-a-field-guide/",
		"/nothing/",
		"/forum/", "/forum/1/", "/forum/1/1/", "/members/", "/members/1/",
	};
	static const char *const worst[] = {
		"/", "/tag/", "/archive/", "/search/", "/about/", "/tables/", "/pictures/",
		"/nothing/",
		"/forum/", "/forum/1/", "/forum/1/1/", "/members/", "/members/1/",
	};

	for (size_t i = 0; i < ARRAY_LEN(usual); i++)
		if (!measure(m, "anna", usual[i], f))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(worst); i++)
		if (!measure(m, "worst", worst[i], f))
			return false;
	return true;
}

static bool bench(struct call *call, struct stage *stage, int64_t runs, struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *theme = NULL;
	struct measuring m = { .call = call, .runs = (int)runs, .f = f,
			       .json = { .b = call_buf(call) } };
	bool ok;

	if (!engine_borrow(stage->host, &m.engine, f))
		return false;
	theme = themes_find(m.engine->themes, stage->id);
	m.theme = theme;
	if (!theme)
		ok = fail(f, FAIL_INVALID, "the theme %.*s does not load; theme serve shows why",
			  STR_ARG(stage->id));
	else if (call->json) {
		json_open(&m.json, '[');
		ok = measure_all(&m, f);
		json_close(&m.json, ']');
		call_out(call, "\n");
	} else {
		call_out(call, "%-10s%-8s%-22s%12s%12s%9s%9s\n", "", "", "",
			 tr(call->catalog, "median µs"), tr(call->catalog, "worst µs"),
			 tr(call->catalog, "bytes"), tr(call->catalog, "steps"));
		ok = measure_all(&m, f);
	}
	engine_give_back(stage->host, m.engine);
	return ok;
}

bool cmd_theme_bench(struct call *call, struct fail *f)
{
	CLEANUP(stage_remove) struct stage stage = { .dir = NULL };
	struct host *own = call->host;
	int64_t runs;
	bool ok;

	if (!call_number(call, "runs", 1, BENCH_RUNS, 200, &runs, f)
	    || !stage_make(call, 0, &stage, f))
		return false;
	features_add(&workshop_feature);
	call->host = stage.host;
	ok = bench(call, &stage, runs, f);
	call->host = own;
	return ok;
}
