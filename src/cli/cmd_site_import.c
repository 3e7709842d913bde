/* cmd_site_import.c - hameau site import: a folder of folders, each a site's.
 *
 * Each worker takes a whole site and does all of it by itself: sites share no database, so
 * nobody waits for anybody, and a small site is not worth more than one thread.
 */
#include <stdatomic.h>
#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "cli/call.h"
#include "content/announce.h"
#include "site/maker.h"
#include "site/settings.h"
#include "store/handles.h"
#include "transfer/import.h"
#include "work/mutex.h"
#include "work/thread.h"

enum { WORKERS_MOST = 16, LOOK_US = 20000 };

struct many {
	struct call *call;
	struct catalogs *catalogs;
	const char *folder;
	struct str *names;
	size_t n;
	atomic_size_t next, done;
	atomic_bool stop;

	struct mutex lock;		/* over all below */
	struct buf told;		/* lines for standard error */
	int64_t sites, texts, refused;
	struct fail fail;		/* the first that concerns all */
};

static const struct catalog *words(void *ctx, struct str lang)
{
	const struct many *m = ctx;

	return catalogs_find(m->catalogs, lang);
}

static bool settings_of(struct arena *a, struct db *db, struct settings *ret, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;

	return tx_begin(db, TX_READ, &tx, f) && settings_load(a, tx, ret, f);
}

static bool import_into(struct many *m, struct arena *a, struct str name, const struct site *site,
			struct db *db, struct receipt *r, struct fail *f)
{
	const struct import_options o = { .threads = 1 };
	CLEANUP(import_freep) struct import *im = NULL;
	struct import_site to;
	struct settings s;
	bool ok;

	if (!settings_of(a, db, &s, f))
		return false;
	to = (struct import_site){
		.db = db, .dir = site->dir, .lang = s.lang, .catalog = words, .ctx = m,
		.rules = { .zone = arena_cstr(a, s.timezone), .serial = s.serial,
			   .per_page = s.posts_per_page },
	};
	im = import_new(&to, path_join(a, m->folder, name));
	db_hasten(db, true);
	ok = import_run(im, &o, r, f) && db_sync(db, f);
	db_hasten(db, false);
	if (!ok)
		return false;
	return r->created + r->changed + r->removed == 0
		|| announce(m->call->host->registry, site->id, db, f);
}

/* What an import complained of, the site before each line. */
static void keep_told(struct many *m, struct str name, const struct receipt *r,
		      const struct fail *why)
{
	CLEANUP(buf_release) struct buf text = BUF(8 * MIB);
	struct str rest, line;

	receipt_print(r, &text);
	rest = buf_str(&text);
	MUTEX_HOLD(&m->lock);
	m->sites += why == NULL;
	m->texts += r->created + r->changed;
	m->refused += r->refused + (why != NULL);
	while (str_line(&rest, &line))
		buf_addf(&m->told, "%.*s/%.*s\n", STR_ARG(name), STR_ARG(line));
	if (why)
		buf_addf(&m->told, "%.*s: %s\n", STR_ARG(name), why->text);
}

static void do_site(struct many *m, struct arena *a, struct str name)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct handles *sites = m->call->host->sites;
	struct fail f = FAIL_INIT;
	struct db *db = NULL;
	struct receipt r;
	bool ok;

	receipt_init(&r);
	ok = registry_named(m->call->host->registry, name, &site, &f)
		&& handles_take(sites, site->id, site->path, &db, &f)
		&& import_into(m, a, name, site, db, &r, &f);
	if (db)
		handles_give(sites, db);
	keep_told(m, name, &r, ok ? NULL : &f);
	receipt_release(&r);
}

static void work(void *arg)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	struct many *m = arg;
	size_t i;

	while (!atomic_load(&m->stop) && (i = atomic_fetch_add(&m->next, 1)) < m->n) {
		do_site(m, a, m->names[i]);
		atomic_fetch_add(&m->done, 1);
		arena_reset(a);
	}
}

static void tell(struct many *m)
{
	CLEANUP(buf_release) struct buf text = BUF(m->told.max);
	struct str rest, line;

	mutex_lock(&m->lock);
	buf_add(&text, buf_str(&m->told));
	buf_clear(&m->told);
	mutex_unlock(&m->lock);
	rest = buf_str(&text);
	while (str_line(&rest, &line))
		call_note(m->call, "%.*s", STR_ARG(line));
}

static bool run_all(struct many *m, struct fail *f)
{
	struct thread *threads[WORKERS_MOST];
	int n = 0, want = thread_cores() < WORKERS_MOST ? thread_cores() : WORKERS_MOST;
	bool ok = true;

	while (ok && n < want) {
		ok = thread_start("import", work, m, &threads[n], f);
		n += ok;
	}
	atomic_store(&m->stop, !ok);
	while (!atomic_load(&m->stop) && atomic_load(&m->done) < m->n) {
		call_progress(m->call, (int64_t)atomic_load(&m->done), (int64_t)m->n,
			      str_of(tr(m->call->catalog, "sites")));
		tell(m);
		if (call_is_cancelled(m->call))
			atomic_store(&m->stop, true);
		usleep(LOOK_US);
	}
	while (n > 0)
		thread_join(threads[--n]);
	tell(m);
	if (ok && atomic_load(&m->done) < m->n)
		return fail(f, FAIL_BUSY, "stopped after %zu of %zu sites",
			    atomic_load(&m->done), m->n);
	return ok;
}

static bool is_there(struct many *m, struct str name)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	return registry_named(m->call->host->registry, name, &site, NULL);
}

/* The sites that are missing, some hundreds in one go. A name that cannot be a site's is told;
 * its folder will find no site. */
static bool make_missing(struct many *m, struct fail *f)
{
	CLEANUP(maker_closep) struct maker *maker = NULL;
	size_t waiting = 0;
	uint64_t id;

	if (!maker_open(m->call->host->registry, &maker, f))
		return false;
	for (size_t i = 0; i < m->n && !call_is_cancelled(m->call); i++) {
		struct maker_site s = { .count = 0 };
		struct fail why = FAIL_INIT;

		if (is_there(m, m->names[i]))
			continue;
		if (name_parse(m->call->arena, m->names[i], &s.name, &why)
		    && maker_check(maker, &s, &why) && maker_add(maker, &s, &id, &why))
			waiting++;
		else
			call_note(m->call, "%.*s: %s", STR_ARG(m->names[i]), why.text);
		if (waiting == MAKER_BATCH && !maker_commit(maker, f))
			return false;
		waiting %= MAKER_BATCH;
	}
	return waiting == 0 || maker_commit(maker, f);
}

static bool list_folders(struct call *call, struct many *m, struct fail *f)
{
	struct dir_entry *list;
	size_t n;

	if (!dir_list(call->arena, m->folder, &list, &n, f))
		return false;
	m->names = arena_array(call->arena, n + 1, sizeof *m->names);
	for (size_t i = 0; i < n; i++)
		if (list[i].is_dir && list[i].name[0] != '.')
			m->names[m->n++] = str_of(list[i].name);
	return m->n > 0 || fail(f, FAIL_NOT_FOUND, "%s: there is no folder in it", m->folder);
}

static void tell_numbers(struct call *call, const struct many *m)
{
	const struct catalog *c = call->catalog;

	if (call->json) {
		call_out(call, "{\"sites\":%lld,\"texts\":%lld,\"refused\":%lld}\n",
			 (long long)m->sites, (long long)m->texts, (long long)m->refused);
		return;
	}
	call_out(call, trn(c, "%lld site, %lld texts written", "%lld sites, %lld texts written",
			   (uint64_t)m->sites), (long long)m->sites, (long long)m->texts);
	call_out(call, "\n");
}

bool cmd_site_import(struct call *call, struct fail *f)
{
	struct many m = {
		.call = call, .catalogs = host_catalogs(call->host),
		.folder = call_path(call, call->args[0]), .told = BUF(16 * MIB),
	};
	bool ok;

	mutex_init(&m.lock, MUTEX_LEAF);
	ok = list_folders(call, &m, f) && (!call_has(call, "create") || make_missing(&m, f))
		&& run_all(&m, f);
	if (ok)
		tell_numbers(call, &m);
	if (m.refused)
		call->exit = 1;
	mutex_release(&m.lock);
	buf_release(&m.told);
	catalogs_unref(m.catalogs);
	return ok;
}
