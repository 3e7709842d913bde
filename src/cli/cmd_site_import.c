/* cmd_site_import.c - hameau site import: a folder of folders, each a site's.
 *
 * Each worker takes a whole site and does all of it by itself: sites share no database, so
 * nobody waits for anybody, and a small site is not worth more than one thread. First those
 * that are to be made: a worker fills them in its mould, this thread brings them to the disk
 * and into host.db, some hundreds at once (site/maker.h). Then those that are there.
 */
#include <stdatomic.h>
#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "cli/call.h"
#include "content/announce.h"
#include "site/maker.h"
#include "site/mark.h"
#include "site/settings.h"
#include "store/handles.h"
#include "transfer/import.h"
#include "work/mutex.h"
#include "work/thread.h"

/* What a mould holds is in memory; larger sites are made empty and filled when they are there. */
enum { TEXTS_IN_MOULD = 500 };
enum { WORKERS_MOST = 16, LOOK_US = 5000 };

/* A folder. */
struct item {
	struct str name;
	struct maker_site *new;		/* the site that is to be made of it, or NULL */
	bool is_over;			/* nothing is left to do */
};

struct many {
	struct call *call;
	struct catalogs *catalogs;
	const char *folder;
	struct item *items;
	size_t n;
	struct maker *maker;
	bool is_making;			/* the first round */
	atomic_size_t next, done;	/* of this round; of all */
	atomic_bool stop;
	atomic_bool has_written;	/* into a site that was there: it is to be synced */

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

/* One site at work, in the thread that does it. */
struct task {
	struct many *many;
	struct arena *arena;
	const struct item *item;
	struct receipt receipt;
};

static bool import_into(struct task *t, struct db *db, const char *dir,
			const struct import_options *o, struct fail *f)
{
	CLEANUP(import_freep) struct import *im = NULL;
	struct import_site to;
	struct settings s;

	if (!settings_of(t->arena, db, &s, f))
		return false;
	to = (struct import_site){
		.db = db, .dir = dir, .is_new = t->item->new, .is_hasty = true,
		.registry = t->item->new ? NULL : t->many->call->host->registry,
		.lang = s.lang, .catalog = words, .ctx = t->many,
		.rules = { .zone = arena_cstr(t->arena, s.timezone), .serial = s.serial,
			   .per_page = s.posts_per_page },
	};
	im = import_new(&to, path_join(t->arena, t->many->folder, t->item->name));
	return import_run(im, o, &t->receipt, f);
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

/* ---- a site that is to be made ---- */

static bool fill(void *ctx, struct arena *a, struct db *db, const char *dir, void **news,
		 struct fail *f)
{
	const struct import_options o = { .threads = 1, .most = TEXTS_IN_MOULD };
	struct news *found;

	if (!import_into(ctx, db, dir, &o, f) || !announce_read(a, db, &found, f))
		return false;
	*news = found;
	return true;
}

static bool tell_news(struct tx *tx, uint64_t id, void *news, struct fail *f)
{
	return announce_write(tx, id, news, f);
}

static bool make(struct task *t, struct mould **mould, struct fail *f)
{
	const struct maker_contents contents = { .fill = fill, .tell = tell_news, .ctx = t };
	struct many *m = t->many;
	uint64_t id;

	return (*mould || mould_open(m->call->host->registry, mould, f))
		&& maker_add(m->maker, *mould, t->item->new, &contents, &id, f);
}

/* ---- a site that is there ---- */

static bool import_there(struct task *t, const struct site *site, struct db *db, struct fail *f)
{
	const struct import_options o = { .threads = 1 };
	struct db_work before, after;
	bool ok;

	db_work(db, &before);
	db_hasten(db, true);
	ok = import_into(t, db, site->dir, &o, f);
	db_hasten(db, false);
	db_work(db, &after);
	if (after.written != before.written)
		atomic_store(&t->many->has_written, true);
	return ok && (announce(t->many->call->host->registry, db, f) || mark_stays(f));
}

static bool update(struct task *t, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct host *host = t->many->call->host;
	struct db *db = NULL;
	bool ok = registry_named(host->registry, t->item->name, &site, f)
		&& handles_take(host->sites, site->id, site->path, &db, f)
		&& import_there(t, site, db, f);

	if (db)
		handles_give(host->sites, db);
	return ok;
}

/* ---- all of them ---- */

/* False: another round has it. */
static bool do_item(struct many *m, struct arena *a, struct item *it, struct mould **mould)
{
	struct task t = { .many = m, .arena = a, .item = it };
	struct fail f = FAIL_INIT;
	bool ok;

	if (it->is_over || (m->is_making && !it->new))
		return false;
	receipt_init(&t.receipt);
	ok = it->new ? make(&t, mould, &f) : update(&t, &f);
	it->is_over = !ok || !t.receipt.is_left;
	it->new = NULL;
	if (it->is_over)
		keep_told(m, it->name, &t.receipt, ok ? NULL : &f);
	receipt_release(&t.receipt);
	return it->is_over;
}

static void work(void *arg)
{
	CLEANUP(mould_closep) struct mould *mould = NULL;
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	struct many *m = arg;
	size_t i;

	while (!atomic_load(&m->stop) && (i = atomic_fetch_add(&m->next, 1)) < m->n) {
		atomic_fetch_add(&m->done, do_item(m, a, &m->items[i], &mould));
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

static bool is_running(const struct many *m, size_t most)
{
	return !atomic_load(&m->stop) && atomic_load(&m->next) < m->n + most;
}

/* What the workers have made becomes known, while they go on. */
static bool commit(struct many *m, size_t least, struct fail *f)
{
	return !m->is_making || maker_waiting(m->maker) < least || maker_commit(m->maker, f);
}

/* Each worker takes one number too many at its end. */
static bool look_after(struct many *m, size_t workers, struct fail *f)
{
	while (is_running(m, workers)) {
		call_progress(m->call, (int64_t)atomic_load(&m->done), (int64_t)m->n,
			      str_of(tr(m->call->catalog, "sites")));
		tell(m);
		if (!commit(m, MAKER_BATCH, f))
			return false;
		if (call_is_cancelled(m->call))
			atomic_store(&m->stop, true);
		usleep(LOOK_US);
	}
	return true;
}

/* Through all items once. What was made before it ended early is kept. */
static bool round_of(struct many *m, struct fail *f)
{
	struct thread *threads[WORKERS_MOST];
	int n = 0, want = thread_cores() < WORKERS_MOST ? thread_cores() : WORKERS_MOST;
	bool ok = true;

	atomic_store(&m->next, 0);
	while (ok && n < want) {
		ok = thread_start("import", work, m, &threads[n], f);
		n += ok;
	}
	ok = ok && look_after(m, (size_t)n, f);
	if (!ok)
		atomic_store(&m->stop, true);
	while (n > 0)
		thread_join(threads[--n]);
	tell(m);
	return ok && commit(m, 1, f);
}

static bool run_rounds(struct many *m, struct fail *f)
{
	m->is_making = m->maker;
	if (m->maker && !round_of(m, f))
		return false;
	m->is_making = false;
	return atomic_load(&m->stop) || atomic_load(&m->done) == m->n || round_of(m, f);
}

/* Nothing is said to be done before all is on the disk: so no site waits for it by itself. */
static bool run_all(struct many *m, struct fail *f)
{
	CLEANUP(fd_close) int disk = -1;

	if (!dir_disk_open(m->call->host->data, &disk, f) || !run_rounds(m, f)
	    || (atomic_load(&m->has_written) && !dir_disk_sync(disk, f)))
		return false;
	return atomic_load(&m->done) == m->n
		|| fail(f, FAIL_BUSY, "stopped after %zu of %zu sites; the same command goes on"
			" from there", atomic_load(&m->done), m->n);
}

static bool is_there(struct many *m, struct str name)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	return registry_named(m->call->host->registry, name, &site, NULL);
}

/* What is to be made, with names in the order of the folders: of two that look alike the first
 * one has it. A name that cannot be a site's is told. */
static void find_missing(struct many *m)
{
	struct arena *a = m->call->arena;

	m->maker = maker_new(m->call->host->registry);
	for (size_t i = 0; i < m->n && !call_is_cancelled(m->call); i++) {
		struct item *it = &m->items[i];
		const struct receipt none = { .n = 0 };
		struct fail why = FAIL_INIT;

		if (is_there(m, it->name))
			continue;
		it->new = ARENA_NEW(a, struct maker_site);
		if (name_parse(a, it->name, &it->new->name, &why)
		    && maker_want(m->maker, it->new, &why))
			continue;
		keep_told(m, it->name, &none, &why);
		it->is_over = true;
		atomic_fetch_add(&m->done, 1);
	}
	atomic_store(&m->stop, call_is_cancelled(m->call));
}

static bool list_folders(struct call *call, struct many *m, struct fail *f)
{
	struct dir_entry *list;
	size_t n;

	if (!dir_list(call->arena, m->folder, &list, &n, f))
		return false;
	m->items = arena_array(call->arena, n + 1, sizeof *m->items);
	for (size_t i = 0; i < n; i++)
		if (list[i].is_dir && list[i].name[0] != '.')
			m->items[m->n++].name = str_of(list[i].name);
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

static bool import_all(struct many *m, struct fail *f)
{
	if (!list_folders(m->call, m, f))
		return false;
	if (call_has(m->call, "create"))
		find_missing(m);
	if (!run_all(m, f))
		return false;
	tell_numbers(m->call, m);
	return true;
}

bool cmd_site_import(struct call *call, struct fail *f)
{
	struct many m = {
		.call = call, .catalogs = host_catalogs(call->host),
		.folder = call_path(call, call->args[0]), .told = BUF(16 * MIB),
	};
	bool ok;

	mutex_init(&m.lock, MUTEX_LEAF);
	ok = import_all(&m, f);
	if (m.refused)
		call->exit = 1;
	maker_free(m.maker);
	mutex_release(&m.lock);
	buf_release(&m.told);
	catalogs_unref(m.catalogs);
	return ok;
}
