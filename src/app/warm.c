/* warm.c - the paths are collected first, then workers take one after the other. */
#include "app/warm.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>
#include "app/features.h"
#include "app/render.h"
#include "base/date.h"
#include "base/vec.h"
#include "cache/statics.h"
#include "store/handles.h"
#include "web/reader.h"
#include "work/thread.h"

struct paths {
	struct arena *a;
	struct str *p;
	size_t n, cap;
};

static bool note(void *arg, struct str path, struct fail *f)
{
	struct paths *all = arg;

	(void)f;
	if (str_ends(path, STR(".md")))		/* sources are rarely asked for: when they are */
		return true;
	*VEC_ADD(all) = arena_str(all->a, path);
	return true;
}

static void catalogs_drop(struct catalogs **c)
{
	catalogs_unref(*c);
}

/* Each page once more for every further language that its readers may choose. */
static void add_languages(const struct ctx *cx, struct paths *all)
{
	size_t own = all->n;

	for (size_t i = 1; i < cx->n_languages; i++)
		for (size_t k = 0; k < own; k++) {
			struct str path = reader_path_in(cx, cx->languages[i].lang, all->p[k]);

			if (reader_is_page(all->p[k]))
				*VEC_ADD(all) = arena_str(all->a, path);
		}
}

bool warm_paths(struct engine *e, struct arena *a, const struct site *site, struct str **ret,
		size_t *n, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	CLEANUP(arena_freep) struct arena *mine = arena_new(0);
	CLEANUP(catalogs_drop) struct catalogs *catalogs = host_catalogs(e->host);
	struct ctx cx = { .arena = mine, .site = site };
	struct paths all = { .a = a };
	bool ok;

	if (!registry_begin_site(e->host->registry, site, TX_READ, &t, f)
	    || !settings_load(mine, t.tx, &cx.settings, f))
		return false;
	cx.tx = t.tx;
	cx.lang = cx.settings.lang;
	reader_offer(&cx, catalogs);
	ok = true;
	for (size_t i = 0; ok && features[i]; i++)
		if (features[i]->paths)
			ok = features[i]->paths(&cx, note, &all, f);
	add_languages(&cx, &all);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

struct warming {
	struct engine *e;
	const struct statics *statics;	/* NULL: not wanted */
	const struct site *site;
	const struct str *paths;
	size_t n;
	atomic_size_t next, done, rendered;
	atomic_bool stop;
	struct fail fail;
	atomic_flag failed;
};

static bool warm_file(struct warming *w, const struct cache_key *key, const struct entry *e,
		      struct fail *f)
{
	return !w->statics || statics_has(w->statics, key) || statics_save(w->statics, key, e, f);
}

static bool warm_one(struct warming *w, struct render_sitting *s, struct arena *a, struct str path,
		     struct fail *f)
{
	struct cache_key key = render_key(w->site->id, path);
	CLEANUP(rendering_release) struct rendering r = { NULL };
	CLEANUP(entry_dropp) struct entry *kept = w->e->disk
		? disk_load_whole(w->e->disk, &key) : NULL;

	if (kept)
		return warm_file(w, &key, kept, f);
	if (!render_sitting_page(s, a, path, &r, f))
		return false;
	atomic_fetch_add(&w->rendered, 1);
	if (!r.entry || !r.on_disk)
		return true;
	return (!w->e->disk || disk_save(w->e->disk, &key, r.entry, f))
		&& warm_file(w, &key, r.entry, f);
}

static void work(void *arg)
{
	struct warming *w = arg;
	struct render_sitting *s = render_sitting_new(w->e, w->site);
	struct arena *a = arena_new(64 * 1024);
	struct fail f = FAIL_INIT;
	size_t i;

	while (!atomic_load(&w->stop) && (i = atomic_fetch_add(&w->next, 1)) < w->n) {
		if (!warm_one(w, s, a, w->paths[i], &f) && !atomic_flag_test_and_set(&w->failed)) {
			w->fail = f;
			atomic_store(&w->stop, true);
		}
		atomic_fetch_add(&w->done, 1);
		arena_reset(a);
	}
	render_sitting_end(s);
	arena_free(a);
}

static void watch(struct warming *w, const struct warm_hooks *hooks)
{
	while (!atomic_load(&w->stop) && atomic_load(&w->done) < w->n) {
		if (hooks->progress)
			hooks->progress(hooks->ctx, (int64_t)atomic_load(&w->done), (int64_t)w->n);
		if (hooks->is_cancelled && hooks->is_cancelled(hooks->ctx))
			atomic_store(&w->stop, true);
		usleep(w->n > 200 ? 20000 : 1000);
	}
}

/* Feeds of one tag, author or language in further formats: full texts, three times over, and
 * rendered when somebody asks. A folder for another server has them all. */
static bool is_rare(struct str path)
{
	return str_rfind_char(path, '/') > 0
		&& (str_ends(path, STR("/atom.xml")) || str_ends(path, STR("/feed.json")));
}

static size_t without_rare(struct str *paths, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_rare(paths[i]))
			paths[kept++] = paths[i];
	return kept;
}

enum { WARM_CACHE_KIB = 8 * 1024, WIDE_FROM = 200 };

/* The workers read all of the database: the handles they will get remember more of it. */
static void widen(struct engine *e, const struct site *site, int n, int kib)
{
	struct db *db[64];
	int taken = 0;

	while (taken < n && handles_take(e->host->sites, site->id, site->path, &db[taken], NULL))
		db_cache(db[taken++], kib);
	while (taken > 0)
		handles_give(e->host->sites, db[--taken]);
}

bool warm_site(struct engine *e, const struct site *site, const struct warm_hooks *hooks,
	       int64_t *rendered, int64_t *total, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * 1024);
	const struct statics statics = { host_pages_path(a, e->host->data), e->host->gens };
	struct warming w = { .e = e, .site = site, .failed = ATOMIC_FLAG_INIT,
			     .statics = hooks->files ? &statics : NULL };
	struct thread *threads[64] = { NULL };
	int n = thread_cores() < 64 ? thread_cores() : 64;
	struct str *paths;

	if (!warm_paths(e, a, site, &paths, &w.n, f))
		return false;
	if (!hooks->files)
		w.n = without_rare(paths, w.n);
	w.paths = paths;
	if (w.n >= WIDE_FROM)
		widen(e, site, n, WARM_CACHE_KIB);
	for (int i = 0; i < n; i++)
		if (!thread_start("warm", work, &w, &threads[i], f)) {
			atomic_store(&w.stop, true);
			break;
		}
	watch(&w, hooks);
	for (int i = 0; i < n; i++)
		thread_join(threads[i]);
	if (w.n >= WIDE_FROM)
		widen(e, site, n, 0);
	*rendered = (int64_t)atomic_load(&w.rendered);
	*total = (int64_t)w.n;
	if (w.fail.code)
		return fail(f, w.fail.code, "%s", w.fail.text);
	if (atomic_load(&w.done) < w.n)
		return fail(f, FAIL_BUSY, "stopped after %lld of %lld pages", (long long)*rendered,
			    (long long)w.n);
	return !w.statics || statics_sweep(w.statics, site->id, NULL, f);
}
