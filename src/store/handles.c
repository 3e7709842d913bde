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
#include "base/map.h"
#include "base/mem.h"
#include "store/lite.h"
#include "work/mutex.h"

struct handle {
	struct db *db;
	struct site *site;
	struct handle *next_of_site;		/* lent ones too */
	struct handle *newer, *older;		/* idle only */
	bool lent, dropped;
	dev_t device;				/* the file it is open on */
	ino_t inode;
};

struct site {
	uint64_t id;
	struct handle *first;
};

struct handles {
	struct mutex lock;
	struct handles_config config;
	struct map *sites;			/* the 8 bytes of an id -> struct site */
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
	if (!db_open(&c, &db, f))
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

/* What is written to a file without a name is lost: a handle is good as long as its file
 * is the one at the path. */
static bool is_in_place(const struct handle *e)
{
	struct stat st;

	return stat(db_path(e->db), &st) == 0 && st.st_ino == e->inode && st.st_dev == e->device;
}

static void note_place(struct handle *e)
{
	struct stat st;

	if (stat(db_path(e->db), &st) < 0)
		return;
	e->device = st.st_dev;
	e->inode = st.st_ino;
}

/* ---- exports ---- */

struct handles *handles_new(const struct handles_config *c)
{
	struct handles *h = MEM_NEW(struct handles);

	mutex_init(&h->lock, MUTEX_HANDLES);
	h->config = *c;
	h->sites = map_new();
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
	mutex_release(&h->lock);
	mem_free(h);
}

bool handles_take(struct handles *h, uint64_t site, const char *path, struct db **ret,
		  struct fail *f)
{
	struct handle *e, *out;
	struct db *db = NULL;

	while ((e = take_idle(h, site))) {
		if (is_in_place(e)) {
			*ret = e->db;
			return true;
		}
		e->dropped = true;
		handles_give(h, e->db);
	}
	if (!open_new(h, site, path, &db, f))
		return false;
	e = MEM_NEW(struct handle);
	e->db = db;
	e->lent = true;
	db->handle = e;
	note_place(e);

	mutex_lock(&h->lock);
	site_add(h, site, e);
	out = evict(h);
	mutex_unlock(&h->lock);
	close_all(out);
	*ret = db;
	return true;
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
	if (e->dropped || db->broken) {
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
