/* handles.c - see handles.h.
 *
 *	           handles_take: open_new
 *	(none) ----------------------------> lent <---- handles_take ----+
 *	   ^                                  |  |                       |
 *	   |   handles_give: dropped, broken  |  +--- handles_give ---> idle
 *	   +----------------------------------+                          |
 *	   +------------- handles_take, when the file was replaced ------+
 *	   +------------- evict (too many open), handles_drop -----------+
 */
#include "store/handles.h"

#include <assert.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/date.h"
#include "base/map.h"
#include "base/mem.h"
#include "store/lite.h"
#include "work/mutex.h"

enum { DAMAGED_MOST = 4096 };		/* that are remembered */
enum { ALONE_PATIENCE_S = 5, ALONE_WAIT_US = 500 };

struct file {
	dev_t device;
	ino_t inode;
};

struct handle {
	struct db *db;
	struct site *site;
	struct handle *next_of_site;		/* lent ones too */
	struct handle *newer, *older;		/* idle only */
	bool lent, dropped;
	struct file file;			/* that it is open on */
};

struct site {
	uint64_t id;
	struct handle *first;
};

struct handles {
	struct mutex lock;
	struct handles_config config;
	struct map *sites;			/* the 8 bytes of an id -> struct site */
	struct map *damaged;			/* the same -> struct file that could not be used */
	struct handle *newest, *oldest;		/* idle */
	size_t open;
};

static struct str site_key(const uint64_t *id)
{
	return str_from((const char *)id, sizeof *id);
}

/* ---- under the lock ---- */

static void idle_push(struct handles *h, struct handle *e)
{
	e->older = h->newest;
	e->newer = NULL;
	if (h->newest)
		h->newest->newer = e;
	else
		h->oldest = e;
	h->newest = e;
}

static void idle_remove(struct handles *h, struct handle *e)
{
	if (e->newer)
		e->newer->older = e->older;
	else
		h->newest = e->older;
	if (e->older)
		e->older->newer = e->newer;
	else
		h->oldest = e->newer;
	e->newer = e->older = NULL;
}

static void site_add(struct handles *h, uint64_t id, struct handle *e)
{
	struct site *site = map_find(h->sites, site_key(&id));

	if (!site) {
		site = MEM_NEW(struct site);
		site->id = id;
		map_put(h->sites, site_key(&id), site);
	}
	e->site = site;
	e->next_of_site = site->first;
	site->first = e;
	h->open++;
}

/* The handle leaves the tables; what is left is closing it, outside the lock. */
static void site_remove(struct handles *h, struct handle *e)
{
	struct site *site = e->site;
	struct handle **at = &site->first;

	while (*at != e)
		at = &(*at)->next_of_site;
	*at = e->next_of_site;
	h->open--;
	if (!site->first) {
		map_remove(h->sites, site_key(&site->id));
		mem_free(site);
	}
}

static struct handle *find_idle(struct handles *h, uint64_t id)
{
	struct site *site = map_find(h->sites, site_key(&id));
	struct handle *e = site ? site->first : NULL;

	while (e && e->lent)
		e = e->next_of_site;
	return e;
}

/* Takes too many out of the tables, chained by `older`. */
static struct handle *evict(struct handles *h)
{
	struct handle *out = NULL;

	while (h->open > h->config.max_open && h->oldest) {
		struct handle *e = h->oldest;

		idle_remove(h, e);
		site_remove(h, e);
		e->older = out;
		out = e;
	}
	return out;
}

/* ---- outside the lock ---- */

static void close_all(struct handle *e)
{
	while (e) {
		struct handle *next = e->older;

		db_close(e->db);
		mem_free(e);
		e = next;
	}
}

/* Two that wait for each other's lock would wait for ever: each lets go of all it has, and comes
 * again some time later. */
static bool open_alone(const struct db_config *c, struct db **ret, struct fail *f)
{
	int64_t end = clock_ns() + ALONE_PATIENCE_S * INT64_C(1000000000);

	for (;;) {
		struct fail why = FAIL_INIT;

		if (db_open(c, ret, &why))
			return true;
		if (why.code != FAIL_BUSY || clock_ns() > end) {
			if (f)
				*f = why;
			return false;
		}
		usleep((useconds_t)(ALONE_WAIT_US + clock_ns() / 1000 % ALONE_WAIT_US));
	}
}

/* On a full disk pages are shown all the same: the lock of one that is alone makes them true, and
 * it is closed when it is given back. */
static bool open_shared_or_alone(struct db_config *c, struct db **ret, struct fail *f)
{
	struct fail why = FAIL_INIT;

	if (db_open(c, ret, &why))
		return true;
	c->alone = why.code == FAIL_QUOTA;
	if (c->alone)
		return open_alone(c, ret, f);
	if (f)
		*f = why;
	return false;
}

static bool open_new(struct handles *h, uint64_t id, const char *path, struct db **ret,
		     struct fail *f)
{
	struct db_config c = {
		.path = path, .site = id, .gens = h->config.gens, .tables = h->config.tables,
		.relaxed = h->config.relaxed,
	};
	CLEANUP(db_closep) struct db *db = NULL;
	struct stat st;

	/* Every database lent here was made before and has its schema: what is missing or
	 * empty was lost, and must not be taken for a new site. */
	if (stat(path, &st) < 0 && errno == ENOENT)
		return fail(f, FAIL_CORRUPT, "there is no database %s: put a copy in its place",
			    path);
	if (S_ISREG(st.st_mode) && st.st_size == 0)
		return fail(f, FAIL_CORRUPT, "the database %s is empty: put a copy in its place",
			    path);
	if (!open_shared_or_alone(&c, &db, f))
		return false;
	if (h->config.steps && !schema_apply(db, h->config.steps, f))
		return false;
	*ret = db;
	db = NULL;
	return true;
}

static struct handle *take_idle(struct handles *h, uint64_t id)
{
	MUTEX_HOLD(&h->lock);
	struct handle *e = find_idle(h, id);

	if (e) {
		idle_remove(h, e);
		e->lent = true;
	}
	return e;
}

/* ---- another file in the place of the one that was read ---- */

/* Nothing is there: a file of no number. */
static struct file file_at(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (struct file){ st.st_dev, st.st_ino } : (struct file){ 0 };
}

static bool is_same(const struct file *a, const struct file *b)
{
	return a->device == b->device && a->inode == b->inode;
}

/* What is written to a file without a name is lost: a handle is good as long as its file
 * is the one at the path. */
static bool is_in_place(const struct handle *e)
{
	struct file now = file_at(db_path(e->db));

	return is_same(&now, &e->file);
}

/* Under the lock. */
static void note_damage(struct handles *h, uint64_t id, struct file file)
{
	struct file *known = map_find(h->damaged, site_key(&id));

	if (!known && map_count(h->damaged) == DAMAGED_MOST)
		return;
	if (!known) {
		known = MEM_NEW(struct file);
		map_put(h->damaged, site_key(&id), known);
	}
	*known = file;
}

/* Under the lock. Could this one not be used when it was tried last, or was none there, and it is
 * another now? */
static bool is_mended(struct handles *h, const struct handle *e)
{
	uint64_t id = db_site(e->db);
	struct file *known = map_find(h->damaged, site_key(&id));

	if (!known || is_same(known, &e->file))
		return false;
	mem_free(map_remove(h->damaged, site_key(&id)));
	return true;
}

/* ---- exports ---- */

struct handles *handles_new(const struct handles_config *c)
{
	struct handles *h = MEM_NEW(struct handles);

	mutex_init(&h->lock, MUTEX_HANDLES);
	h->config = *c;
	h->sites = map_new();
	h->damaged = map_new();
	return h;
}

void handles_free(struct handles *h)
{
	struct handle *out;

	if (!h)
		return;
	mutex_lock(&h->lock);
	h->config.max_open = 0;
	out = evict(h);
	mutex_unlock(&h->lock);
	close_all(out);
	assert(h->open == 0 && "a handle was not given back");
	map_free(h->sites, NULL);
	map_free(h->damaged, mem_free);
	mutex_release(&h->lock);
	mem_free(h);
}

/* was: the file that cannot be used. A whole one, which is only out of reach for now, counts as
 * none, so that it is another when it can be read. */
static void remember(struct handles *h, uint64_t site, struct file was)
{
	MUTEX_HOLD(&h->lock);
	note_damage(h, site, was);
}

/* Finished pages show what the file before said: they are stale before anything is read. */
static struct db *lend_new(struct handles *h, struct db *db, bool is_another)
{
	struct handle *e = MEM_NEW(struct handle), *out;

	e->db = db;
	e->lent = true;
	e->file = file_at(db_path(db));
	db->handle = e;
	mutex_lock(&h->lock);
	is_another |= is_mended(h, e);
	site_add(h, db_site(db), e);
	out = evict(h);
	mutex_unlock(&h->lock);
	close_all(out);
	if (is_another && h->config.gens)
		gens_raise(h->config.gens, gens_slot(db_site(db), GEN_EPOCH, 0));
	return db;
}

bool handles_take(struct handles *h, uint64_t site, const char *path, struct db **ret,
		  struct fail *f)
{
	struct fail why = FAIL_INIT;
	bool is_another = false;
	struct db *db = NULL;
	struct handle *e;

	while ((e = take_idle(h, site))) {
		if (is_in_place(e)) {
			*ret = e->db;
			return true;
		}
		is_another = true;
		e->dropped = true;
		handles_give(h, e->db);
	}
	if (open_new(h, site, path, &db, &why)) {
		*ret = lend_new(h, db, is_another);
		return true;
	}
	if (why.code == FAIL_CORRUPT)
		remember(h, site, file_at(path));
	else if (is_another)
		remember(h, site, (struct file){ 0 });
	if (f)
		*f = why;
	return false;
}

void handles_give(struct handles *h, struct db *db)
{
	struct handle *e, *out = NULL;

	if (!db)
		return;
	e = db->handle;
	tx_rollback(&db->tx);
	mutex_lock(&h->lock);
	assert(e->lent);
	e->lent = false;
	if (db->damaged)
		note_damage(h, e->site->id, e->file);
	if (e->dropped || db->broken || db->alone) {
		site_remove(h, e);
		e->older = NULL;
		out = e;
	} else {
		idle_push(h, e);
		out = evict(h);
	}
	mutex_unlock(&h->lock);
	close_all(out);
}

void handles_drop(struct handles *h, uint64_t id)
{
	struct handle *out = NULL, *e, *next;
	struct site *site;

	mutex_lock(&h->lock);
	site = map_find(h->sites, site_key(&id));
	for (e = site ? site->first : NULL; e; e = next) {
		next = e->next_of_site;
		e->dropped = true;
		if (e->lent)
			continue;
		idle_remove(h, e);
		site_remove(h, e);	/* frees the site with its last handle: next is NULL then */
		e->older = out;
		out = e;
	}
	mutex_unlock(&h->lock);
	close_all(out);
}

size_t handles_count(struct handles *h)
{
	MUTEX_HOLD(&h->lock);

	return h->open;
}
