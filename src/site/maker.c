/* maker.c - see maker.h. SQL is in host_store.c and settings_store.c. */
#include "site/maker.h"

#include "base/date.h"
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "site/due.h"
#include "site/host_store.h"
#include "site/settings.h"
#include "work/mutex.h"

/* A site that waits for its commit. */
struct made {
	struct arena *arena;		/* of all the rest, this too */
	struct host_row row;
	const char *dir;
	struct maker_contents contents;
	void *news;
};

struct batch {
	struct made **p;
	size_t n, cap;
};

struct maker {
	struct registry *registry;
	struct arena *arena;		/* of names */
	int disk;			/* dir_disk_open(), of files and folders of all */
	struct map *names, *looks;	/* wanted before, to the name as people write it */
	struct mutex lock;
	struct batch waiting;		/* under the lock */
};

struct maker *maker_new(struct registry *r)
{
	struct maker *m = MEM_NEW(struct maker);

	m->registry = r;
	(void)!dir_disk_open(registry_data(r), &m->disk, NULL);
	m->arena = arena_new(0);
	m->names = map_new();
	m->looks = map_new();
	mutex_init(&m->lock, MUTEX_LEAF);
	return m;
}

/* Nobody knows of it: it may go at once. */
static void made_drop(struct made *one, bool remove)
{
	if (remove)
		(void)!dir_remove(one->dir, NULL);
	arena_free(one->arena);
}

static void batch_drop(struct batch *b, bool remove)
{
	for (size_t i = 0; i < b->n; i++)
		made_drop(b->p[i], remove);
	VEC_FREE(b);
}

void maker_free(struct maker *m)
{
	if (!m)
		return;
	batch_drop(&m->waiting, true);
	mutex_release(&m->lock);
	fd_close(&m->disk);
	map_free(m->names, NULL);
	map_free(m->looks, NULL);
	arena_free(m->arena);
	mem_free(m);
}

void maker_freep(struct maker **m)
{
	maker_free(*m);
}

static bool is_unwanted(struct maker *m, const struct name *name, struct fail *f)
{
	const char *like = map_find(m->looks, name->skeleton);

	if (map_find(m->names, name->ascii))
		return fail(f, FAIL_CONFLICT, "the name \"%.*s\" is taken", STR_ARG(name->shown));
	if (like)
		return fail(f, FAIL_CONFLICT, "the name \"%.*s\" looks like \"%.*s\", which is"
					      " taken",
			    STR_ARG(name->shown), STR_ARG(str_of(like)));
	return true;
}

bool maker_want(struct maker *m, const struct maker_site *s, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	char *shown;

	for (size_t i = 0; i < s->count; i++)
		if (!settings_check(s->settings[i].key, s->settings[i].value, f))
			return false;
	if (!registry_begin(m->registry, TX_READ, &t, f)
	    || !host_store_name_is_free(t.tx, &s->name, 0, f) || !is_unwanted(m, &s->name, f))
		return false;
	shown = arena_cstr(m->arena, s->name.shown);
	map_put(m->names, s->name.ascii, shown);
	map_put(m->looks, s->name.skeleton, shown);
	return true;
}

/* ---- one site ---- */

static bool set_all(struct made *one, struct db *db, const struct maker_site *s, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings all;
	bool ok;

	if (!tx_begin(db, TX_WRITE, &tx, f))
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (!settings_set(tx, s->settings[i].key, s->settings[i].value, f))
			return false;
	if (!settings_load(one->arena, tx, &all, f))
		return false;
	host_store_copy(&one->row, &all);
	ok = tx_commit(tx, f);
	tx = NULL;
	return ok;
}

/* Its database, and what host.db is going to be told. */
static bool cast(struct made *one, struct mould *mould, const struct maker_site *s, struct fail *f)
{
	const struct maker_contents *c = &one->contents;
	struct db *db = mould_db(mould);

	return mould_clear(mould, f) && set_all(one, db, s, f)
		&& (!c->fill || c->fill(c->ctx, one->arena, db, one->dir, &one->news, f))
		&& mould_cast(mould, path_join(one->arena, one->dir, STR("site.db")), f);
}

static struct made *made_new(struct maker *m, const struct maker_site *s,
			     const struct maker_contents *contents)
{
	struct arena *a = arena_new(1024);
	struct made *one = ARENA_NEW(a, struct made);

	one->arena = a;
	if (contents)
		one->contents = *contents;
	one->row = (struct host_row){
		.id = site_id_new(), .created = date_now(), .name = arena_str(a, s->name.ascii),
		.shown = arena_str(a, s->name.shown), .skeleton = arena_str(a, s->name.skeleton),
	};
	one->dir = site_dir(a, registry_data(m->registry), one->row.id);
	return one;
}

static bool make(struct made *one, struct mould *mould, const struct maker_site *s, bool *is_ours,
		 struct fail *f)
{
	if (file_exists(one->dir))
		return fail(f, FAIL_CONFLICT, "the folder %s exists already", one->dir);
	*is_ours = dir_make(one->dir, f);
	return *is_ours && cast(one, mould, s, f);
}

bool maker_add(struct maker *m, struct mould *mould, const struct maker_site *s,
	       const struct maker_contents *contents, uint64_t *id, struct fail *f)
{
	struct made *one = made_new(m, s, contents);
	bool is_ours = false;

	if (!make(one, mould, s, &is_ours, f)) {
		made_drop(one, is_ours);
		return false;
	}
	*id = one->row.id;
	MUTEX_HOLD(&m->lock);
	*VEC_ADD(&m->waiting) = one;
	return true;
}

/* ---- all of them ---- */

static bool insert(struct tx *tx, struct made *one, struct fail *f)
{
	struct host_row *row = &one->row;
	struct name name = { row->name, row->shown, row->skeleton };

	return host_store_name_is_free(tx, &name, 0, f) && host_store_insert(tx, row, f)
		&& (!one->contents.tell || one->contents.tell(tx, row->id, one->news, f));
}

/* *decided: whether they are there was left to the disk. */
static bool insert_all(struct maker *m, const struct batch *b, bool *decided, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	if (!registry_begin(m->registry, TX_WRITE, &t, f))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!insert(t.tx, b->p[i], f))
			return false;
	*decided = true;
	return registry_commit(&t, f);
}

/* A COMMIT that failed may have left all of itself in the log: nobody sees it, but who opens
 * host.db after a crash takes it for good. Looking is not enough, then. What is written next
 * stands in its place, and when that is on the disk the rows are gone for ever. */
static bool are_gone(struct maker *m, const struct batch *b)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct fail f = FAIL_INIT;
	struct host_row row;
	uint64_t id = b->p[0]->row.id;		/* all of them or none */

	if (!registry_begin(m->registry, TX_WRITE, &t, NULL)
	    || host_store_load(b->p[0]->arena, t.tx, id, &row, &f) || f.code != FAIL_NOT_FOUND)
		return false;
	return due_set(t.tx, id, DUE_COPY, 1, NULL) && due_set(t.tx, id, DUE_COPY, 0, NULL)
		&& registry_commit(&t, NULL);
}

size_t maker_waiting(struct maker *m)
{
	MUTEX_HOLD(&m->lock);

	return m->waiting.n;
}

static struct batch take_waiting(struct maker *m)
{
	MUTEX_HOLD(&m->lock);
	struct batch b = m->waiting;

	m->waiting = (struct batch){ .n = 0 };
	return b;
}

/* The folder's name is in that of its first letters, which may be new, too. */
static bool sync_one(struct maker *m, const struct made *one, struct fail *f)
{
	const char *above = arena_cstr(one->arena, path_dir(str_of(one->dir)));

	return dir_sync(one->dir, f) && file_sync(above, f)
		&& file_sync(path_join(one->arena, registry_data(m->registry), STR("sites")), f);
}

/* Who makes one site does not wait for all that others write to the disk meanwhile. */
static bool sync_all(struct maker *m, const struct batch *b, struct fail *f)
{
	return b->n == 1 ? sync_one(m, b->p[0], f) : dir_disk_sync(m->disk, f);
}

bool maker_commit(struct maker *m, struct fail *f)
{
	struct batch b = take_waiting(m);
	bool decided = false;
	bool ok = b.n == 0 || (sync_all(m, &b, f) && insert_all(m, &b, &decided, f));

	batch_drop(&b, !ok && (!decided || are_gone(m, &b)));
	return ok;
}
