/* cmd_cache.c - hameau cache show, clear and warm.
 *
 * What a server holds in memory is not touched from here: raising a counter makes it
 * stale in every process, and the files are removed.
 */
#include <inttypes.h>

#include "app/engine.h"
#include "app/warm.h"
#include "cache/statics.h"
#include "base/file.h"
#include "cli/each_site.h"

static struct disk *open_disk(struct call *call)
{
	return disk_new(host_rolls_path(call->arena, call->host->data), call->host->gens);
}

static struct statics statics_of(struct call *call)
{
	return (struct statics){ host_pages_path(call->arena, call->host->data),
				 call->host->gens };
}

static bool clear_site(struct call *call, struct disk *disk, struct str *name, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	const struct statics statics = statics_of(call);

	if (!registry_named(call->host->registry, call->args[0], &site, f))
		return false;
	*name = arena_str(call->arena, site->name);
	gens_raise(call->host->gens, gens_slot(site->id, GEN_EPOCH, 0));
	return disk_drop_site(disk, site->id, f) && statics_drop_site(&statics, site->id, f);
}

static bool clear_all(struct call *call, struct disk *disk, struct fail *f)
{
	const struct statics statics = statics_of(call);

	gens_raise(call->host->gens, gens_slot(0, GEN_EPOCH, 0));
	return disk_drop_all(disk, f) && statics_drop_all(&statics, f)
		&& dir_remove(path_join(call->arena, call->host->data, STR("cache/images")), f);
}

bool cmd_cache_clear(struct call *call, struct fail *f)
{
	struct disk *disk = open_disk(call);
	struct json j = { .b = call_buf(call) };
	struct str name = STR_NONE;
	bool ok = call->n_args ? clear_site(call, disk, &name, f) : clear_all(call, disk, f);

	disk_free(disk);
	if (!ok || !call->json)
		return ok;
	json_open(&j, '{');
	json_key(&j, "site");
	if (name.n)
		json_str(&j, name);
	else
		json_none(&j);
	json_close(&j, '}');
	call_out(call, "\n");
	return true;
}

struct count {
	struct call *call;
	struct disk *disk;
	struct disk_count sum;
};

/* Counts the pages of a site and drops what is stale among them. */
static bool count_site(void *arg, const struct host_row *row, struct fail *f)
{
	struct disk_count one = { 0, 0, 0 };
	struct count *c = arg;

	if (!disk_sweep(c->disk, row->id, &one, f))
		return false;
	c->sum.kept += one.kept;
	c->sum.bytes += one.bytes;
	c->sum.removed += one.removed;
	call_progress(c->call, (int64_t)c->sum.kept, 0, row->name);
	return true;
}

static void show_memory(struct call *call, const struct cache_stats *m)
{
	call_out(call, trn(call->catalog, "%llu page in memory, %llu of %llu KiB",
			   "%llu pages in memory, %llu of %llu KiB", m->entries),
		 (unsigned long long)m->entries, (unsigned long long)(m->bytes / KIB),
		 (unsigned long long)(m->budget / KIB));
	call_out(call, "\n");
}

static void show_counts(struct call *call, const struct disk_count *sum)
{
	struct json j = { .b = call_buf(call) };
	struct cache_stats m = { 0 };

	if (call->host->engine)
		cache_stats(call->host->engine->cache, &m);
	if (!call->json && call->host->engine)
		show_memory(call, &m);
	if (!call->json) {
		call_out(call, trn(call->catalog, "%llu page on disk, %llu KiB",
				   "%llu pages on disk, %llu KiB", sum->kept),
			 (unsigned long long)sum->kept, (unsigned long long)(sum->bytes / KIB));
		call_out(call, "\n");
		return;
	}
	json_open(&j, '{');
	json_put_i64(&j, "pages", (int64_t)sum->kept);
	json_put_i64(&j, "bytes", (int64_t)sum->bytes);
	json_put_i64(&j, "removed", (int64_t)sum->removed);
	json_put_i64(&j, "memory_pages", (int64_t)m.entries);
	json_put_i64(&j, "memory_bytes", (int64_t)m.bytes);
	json_put_i64(&j, "memory_budget", (int64_t)m.budget);
	json_put_i64(&j, "hits", (int64_t)m.hits);
	json_put_i64(&j, "misses", (int64_t)m.misses);
	json_put_i64(&j, "stale", (int64_t)m.stale);
	json_close(&j, '}');
	call_out(call, "\n");
}

bool cmd_cache_show(struct call *call, struct fail *f)
{
	struct count c = { .call = call, .disk = open_disk(call) };
	bool ok = each_site(call, STR_NONE, count_site, &c, f);

	disk_free(c.disk);
	if (ok)
		show_counts(call, &c.sum);
	return ok;
}

struct warming {
	struct call *call;
	struct warm_crew *crew;
	int64_t rendered, total, sites;
	bool is_stopped;
};

static void on_progress(void *ctx, int64_t done, int64_t total)
{
	struct warming *w = ctx;

	if (w->call->n_args)
		call_progress(w->call, done, total, w->call->args[0]);
}

static bool on_cancel(void *ctx)
{
	struct warming *w = ctx;

	return call_is_cancelled(w->call);
}

static void tell_failure(struct warming *w, struct str site, const struct fail *f)
{
	call_note(w->call, "%.*s: %s", STR_ARG(site), f->text);
	w->call->exit = 1;
}

/* A site that fails is told, the others go on. */
static void on_finished(void *ctx, const struct warm_result *r)
{
	struct warming *w = ctx;

	w->rendered += r->rendered;
	w->total += r->total;
	w->sites++;
	if (r->is_stopped)		/* all that were left are; that is told once */
		w->is_stopped = true;
	else if (r->fail.code)
		tell_failure(w, r->site->name, &r->fail);
	call_progress(w->call, w->sites, 0, str_of(tr(w->call->catalog, "sites")));
}

static bool warm_row(void *arg, const struct host_row *row, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct fail one = FAIL_INIT;
	struct warming *w = arg;

	(void)f;
	if (!registry_site(w->call->host->registry, row->id, &site, &one))
		tell_failure(w, row->name, &one);
	else if (site->state == SITE_ACTIVE)
		warm_crew_add(w->crew, site);
	return true;
}

static bool warm_all(struct warming *w, struct engine *e, const struct warm_hooks *hooks,
		     struct fail *f)
{
	bool ok;

	if (!warm_crew_new(e, hooks, &w->crew, f))
		return false;
	ok = each_site(w->call, STR_NONE, warm_row, w, f);
	w->is_stopped |= call_is_cancelled(w->call);	/* before the last site was seen */
	warm_crew_end(w->crew);
	return ok && (!w->is_stopped
		      || fail(f, FAIL_BUSY, "stopped before the end; pages that are there: %lld;"
			      " the same command goes on from there", (long long)w->total));
}

static bool warm_named(struct warming *w, struct engine *e, const struct warm_hooks *hooks,
		       struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	return registry_named(w->call->host->registry, w->call->args[0], &site, f)
		&& warm_site(e, site, hooks, &w->rendered, &w->total, f);
}

bool cmd_cache_warm(struct call *call, struct fail *f)
{
	struct warming w = { .call = call };
	const struct warm_hooks hooks = { call_has(call, "files"), &w, on_progress, on_cancel,
					  on_finished };
	struct engine *e;
	bool ok;

	if (!engine_borrow(call->host, &e, f))
		return false;
	ok = call->n_args ? warm_named(&w, e, &hooks, f) : warm_all(&w, e, &hooks, f);
	engine_give_back(call->host, e);
	if (!ok)
		return false;
	if (call->json)
		call_out(call, "{\"rendered\":%" PRId64 ",\"pages\":%" PRId64 "}\n", w.rendered,
			 w.total);
	else
		call_out(call, trn(call->catalog, "%lld page rendered, %lld were there already\n",
				   "%lld pages rendered, %lld were there already\n",
				   (uint64_t)w.rendered),
			 (long long)w.rendered, (long long)(w.total - w.rendered));
	return true;
}
