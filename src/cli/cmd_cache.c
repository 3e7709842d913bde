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
#include "cli/call.h"
#include "site/host_store.h"

#define PAGE 200

static struct disk *open_disk(struct call *call)
{
	return disk_new(host_rolls_path(call->arena, call->host->data), call->host->gens);
}

static struct statics statics_of(struct call *call)
{
	return (struct statics){ host_pages_path(call->arena, call->host->data),
				 call->host->gens };
}

static bool clear_site(struct call *call, struct disk *disk, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	const struct statics statics = statics_of(call);

	if (!registry_named(call->host->registry, call->args[0], &site, f))
		return false;
	gens_raise(call->host->gens, gens_slot(site->id, GEN_EPOCH, 0));
	return disk_drop_site(disk, site->id, f) && statics_drop_site(&statics, site->id, f);
}

bool cmd_cache_clear(struct call *call, struct fail *f)
{
	const struct statics statics = statics_of(call);
	struct disk *disk = open_disk(call);
	bool ok;

	if (call->n_args) {
		ok = clear_site(call, disk, f);
	} else {
		gens_raise(call->host->gens, gens_slot(0, GEN_EPOCH, 0));
		ok = disk_drop_all(disk, f) && statics_drop_all(&statics, f)
			&& dir_remove(path_join(call->arena, call->host->data,
						STR("cache/images")), f);
	}
	disk_free(disk);
	return ok;
}

/* Counts the files of the sites behind *after and drops what is stale among them. */
static bool count_page(struct call *call, struct disk *disk, struct str *after,
		       struct disk_count *sum, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct host_row *rows;
	size_t count;

	if (!registry_begin(call->host->registry, TX_READ, &t, f)
	    || !host_store_list(a, t.tx, *after, PAGE, false, &rows, &count, f))
		return false;
	registry_end(&t);
	for (size_t i = 0; i < count; i++) {
		struct disk_count one = { 0, 0, 0 };

		if (!disk_sweep(disk, rows[i].id, &one, f))
			return false;
		sum->kept += one.kept;
		sum->bytes += one.bytes;
		sum->removed += one.removed;
		call_progress(call, (int64_t)sum->kept, 0, rows[i].name);
	}
	*after = count == PAGE ? arena_str(call->arena, rows[count - 1].name) : STR_NONE;
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
	struct disk_count sum = { 0, 0, 0 };
	struct disk *disk = open_disk(call);
	struct str after = STR_NONE;
	bool ok;

	do
		ok = count_page(call, disk, &after, &sum, f);
	while (ok && after.n && !call_is_cancelled(call));
	disk_free(disk);
	if (ok)
		show_counts(call, &sum);
	return ok;
}

static void on_progress(void *ctx, int64_t done, int64_t total)
{
	struct call *call = ctx;

	call_progress(call, done, total, call->args[0]);
}

static bool on_cancel(void *ctx)
{
	return call_is_cancelled(ctx);
}

struct warmed {
	int64_t rendered, total, sites;
};

static bool warm_one(struct call *call, struct engine *e, const struct site *site,
		     const struct warm_hooks *hooks, struct warmed *sum, struct fail *f)
{
	int64_t rendered = 0, total = 0;

	if (!warm_site(e, site, hooks, &rendered, &total, f))
		return false;
	sum->rendered += rendered;
	sum->total += total;
	sum->sites++;
	if (call->n_args == 0)
		call_progress(call, sum->sites, 0, str_of(tr(call->catalog, "sites")));
	return true;
}

/* The sites whose names come after *after; a site that fails is told, the others go on. */
static bool warm_some(struct call *call, struct engine *e, const struct warm_hooks *hooks,
		      struct str *after, struct warmed *sum, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct host_row *rows;
	size_t count;

	if (!registry_begin(call->host->registry, TX_READ, &t, f)
	    || !host_store_list(a, t.tx, *after, PAGE, false, &rows, &count, f))
		return false;
	registry_end(&t);
	for (size_t i = 0; i < count && !call_is_cancelled(call); i++) {
		CLEANUP(site_unrefp) struct site *site = NULL;
		struct fail one = FAIL_INIT;

		if (registry_site(call->host->registry, rows[i].id, &site, &one)
		    && (site->state != SITE_ACTIVE || warm_one(call, e, site, hooks, sum, &one)))
			continue;
		call_note(call, "%.*s: %s", STR_ARG(rows[i].name), one.text);
		call->exit = 1;
	}
	*after = count == PAGE ? arena_str(call->arena, rows[count - 1].name) : STR_NONE;
	return true;
}

static bool warm_all(struct call *call, struct engine *e, struct warmed *sum, struct fail *f)
{
	const struct warm_hooks hooks = { call_has(call, "files"), call, NULL, on_cancel };
	struct str after = STR_NONE;
	bool ok;

	do
		ok = warm_some(call, e, &hooks, &after, sum, f);
	while (ok && after.n && !call_is_cancelled(call));
	return ok;
}

static bool warm_named(struct call *call, struct engine *e, struct warmed *sum, struct fail *f)
{
	const struct warm_hooks hooks = { call_has(call, "files"), call, on_progress, on_cancel };
	CLEANUP(site_unrefp) struct site *site = NULL;

	return registry_named(call->host->registry, call->args[0], &site, f)
		&& warm_one(call, e, site, &hooks, sum, f);
}

bool cmd_cache_warm(struct call *call, struct fail *f)
{
	struct warmed sum = { 0, 0, 0 };
	struct engine *e;
	bool ok;

	if (!engine_borrow(call->host, &e, f))
		return false;
	ok = call->n_args ? warm_named(call, e, &sum, f) : warm_all(call, e, &sum, f);
	engine_give_back(call->host, e);
	if (!ok)
		return false;
	if (call->json)
		call_out(call, "{\"rendered\":%" PRId64 ",\"pages\":%" PRId64 "}\n", sum.rendered,
			 sum.total);
	else
		call_out(call, trn(call->catalog, "%lld page rendered, %lld were there already\n",
				   "%lld pages rendered, %lld were there already\n",
				   (uint64_t)sum.rendered),
			 (long long)sum.rendered, (long long)(sum.total - sum.rendered));
	return true;
}
