/* disk.c - see disk.h. The files that are open, and entries as records. */
#include "cache/disk_impl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "cache/roll.h"
#include "gz/gz.h"
#include "work/mutex.h"

#define PATH_CEILING 4000
#define RECORD_CEILING (LIMIT_PAGE + 256 * KIB)
enum { OPEN_MOST = 64 };

struct opened {
	uint64_t site, used;
	struct roll *roll;
};

struct disk {
	char *dir;
	const struct gens *gens;
	struct mutex lock;		/* over all below */
	struct opened open[OPEN_MOST];
	uint64_t uses;
};

struct disk *disk_new(const char *dir, const struct gens *gens)
{
	struct disk *d = MEM_NEW(struct disk);

	d->dir = mem_cstr(str_of(dir));
	d->gens = gens;
	mutex_init(&d->lock, MUTEX_LEAF);
	return d;
}

void disk_free(struct disk *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < OPEN_MOST; i++)
		roll_drop(d->open[i].roll);
	mutex_release(&d->lock);
	mem_free(d->dir);
	mem_free(d);
}

/* ---- the files that are open ---- */

static bool path_of(const struct disk *d, uint64_t site, struct buf *out)
{
	buf_addf(out, "%s/%02x/%012" PRIx64 ".roll", d->dir, (unsigned)(site & 0xff), site);
	return buf_ok(out);
}

static struct roll *find_open(struct disk *d, uint64_t site)
{
	MUTEX_HOLD(&d->lock);

	for (size_t i = 0; i < OPEN_MOST; i++)
		if (d->open[i].roll && d->open[i].site == site) {
			d->open[i].used = ++d->uses;
			return roll_hold(d->open[i].roll);
		}
	return NULL;
}

/* Takes the place of the longest unused; what another thread has opened meanwhile goes too. */
static void keep_open(struct disk *d, uint64_t site, struct roll *roll)
{
	struct opened *place = d->open, was;

	mutex_lock(&d->lock);
	for (size_t i = 0; i < OPEN_MOST; i++) {
		if (d->open[i].roll && d->open[i].site == site) {
			place = &d->open[i];
			break;
		}
		if (!d->open[i].roll ? place->roll != NULL
		    : place->roll && d->open[i].used < place->used)
			place = &d->open[i];
	}
	was = *place;
	*place = (struct opened){ site, ++d->uses, roll_hold(roll) };
	mutex_unlock(&d->lock);
	roll_drop(was.roll);
}

static void forget(struct disk *d, uint64_t site)
{
	struct roll *was = NULL;

	mutex_lock(&d->lock);
	for (size_t i = 0; i < OPEN_MOST; i++)
		if (d->open[i].roll && d->open[i].site == site) {
			was = d->open[i].roll;
			d->open[i] = (struct opened){ 0 };
		}
	mutex_unlock(&d->lock);
	roll_drop(was);
}

/* One reference for the caller; NULL in *ret: there is none (and it was not to be made). */
static bool take(struct disk *d, uint64_t site, bool create, struct roll **ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING);
	struct roll *p = find_open(d, site);

	*ret = p;
	if (p)
		return true;
	if (!path_of(d, site, &path))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	if (!roll_open(path.p, create, &p, f))
		return false;
	if (p)
		keep_open(d, site, p);
	*ret = p;
	return true;
}

/* ---- entries as records ---- */

static uint64_t hash_of(const struct cache_key *k)
{
	uint64_t h = str_hash(k->path, DISK_NOTE_SEED);

	return k->lang.n ? str_hash(k->lang, h) : h;
}

/* Neither unpacked nor hashed again: that is most of what a page from the disk would cost. */
static struct entry *entry_of(const struct entry_note *n, struct str body)
{
	struct entry_parts parts = {
		.status = n->status, .site = n->site, .last_modified = n->last_modified,
		.type = n->type, .head = n->head, .deps = &n->deps, .digest = n->digest,
		.plain_bytes = n->plain_bytes,
	};

	if (n->has_gzip ? n->plain_bytes <= body.n : n->plain_bytes != body.n)
		return NULL;
	if (n->has_gzip)
		parts.gzip = body;
	else
		parts.body = body;
	return entry_make(&parts);
}

static bool is_of_key(const struct entry_note *n, const struct cache_key *k)
{
	return n->site == k->site && str_eq(n->path, k->path) && str_eq(n->lang, k->lang);
}

static struct entry *load_from(struct disk *d, struct roll *p, const struct cache_key *k)
{
	CLEANUP(buf_release) struct buf record = BUF(RECORD_CEILING);
	struct entry *e = NULL;
	struct entry_note n;
	struct str note, body;

	if (!roll_read(p, hash_of(k), &record, &note, &body) || !entry_note_read(note, &n))
		return NULL;
	if (is_of_key(&n, k) && deps_fresh(&n.deps, d->gens))
		e = entry_of(&n, body);
	deps_release(&n.deps);
	return e;
}

struct entry *disk_load_packed(struct disk *d, const struct cache_key *k)
{
	struct entry *e;
	struct roll *p;

	/* Somebody writes just now, or died over it: whoever opens the database finds out. */
	if (gens_is_writing(d->gens, k->site) || !take(d, k->site, false, &p, NULL) || !p)
		return NULL;
	e = load_from(d, p, k);
	if (!e && roll_catch_up(p))
		e = load_from(d, p, k);
	if (!e && roll_is_gone(p))		/* next time from the one in its place */
		forget(d, k->site);
	roll_drop(p);
	return e;
}

struct entry *disk_load(struct disk *d, const struct cache_key *k)
{
	return entry_whole(disk_load_packed(d, k));
}

/* ---- saving ---- */

static bool is_fresh(void *ctx, struct str note)
{
	struct disk *d = ctx;
	struct entry_note n;
	bool fresh;

	if (!entry_note_read(note, &n))
		return false;
	fresh = deps_fresh(&n.deps, d->gens);
	deps_release(&n.deps);
	return fresh;
}

static bool rewrite(struct disk *d, uint64_t site, struct roll *p, struct fail *f)
{
	bool ok = roll_rewrite(p, &(struct roll_filter){ is_fresh, d }, f);

	forget(d, site);
	return ok;
}

static bool append(struct roll *p, const struct cache_key *k, const struct entry *e,
		   struct fail *f)
{
	CLEANUP(buf_release) struct buf note = BUF(GZ_EXTRA_MAX);
	struct entry_note n = {
		.status = e->status, .site = k->site, .last_modified = e->last_modified,
		.path = k->path, .lang = k->lang, .type = e->type, .head = e->head,
		.has_gzip = e->gzip.n > 0, .deps = e->deps, .digest = entry_digest(e),
		.plain_bytes = (uint32_t)e->plain_bytes,
	};

	if (!entry_note_write(&n, &note))
		return fail(f, FAIL_TOO_LARGE,
			    "this page depends on too much to be kept on the disk");
	return roll_append(p, hash_of(k), buf_str(&note), n.has_gzip ? e->gzip : e->plain, f);
}

bool disk_save(struct disk *d, const struct cache_key *k, const struct entry *e, struct fail *f)
{
	struct roll *p;
	bool ok;

	if (e->status != 200)
		return fail(f, FAIL_INVALID, "only whole answers are kept on the disk");
	if (!take(d, k->site, true, &p, f))
		return false;
	if (roll_is_gone(p)) {
		forget(d, k->site);
		roll_drop(p);
		if (!take(d, k->site, true, &p, f))
			return false;
	}
	ok = append(p, k, e, f);
	if (ok && roll_is_wasteful(p))
		ok = rewrite(d, k->site, p, f);
	roll_drop(p);
	return ok;
}

bool disk_sweep(struct disk *d, uint64_t site, struct disk_count *counts, struct fail *f)
{
	struct roll_filter filter = { is_fresh, d };
	struct roll_count c = { 0, 0, 0 };
	struct roll *p;
	bool ok = true;

	forget(d, site);			/* as it is on the disk now */
	if (!take(d, site, false, &p, f))
		return false;
	if (p) {
		roll_count(p, &filter, &c);
		if (c.dropped || c.kept == 0 || roll_is_wasteful(p))
			ok = rewrite(d, site, p, f);
	}
	roll_drop(p);
	if (counts)
		*counts = (struct disk_count){ c.kept, c.bytes, c.dropped };
	return ok;
}

/* ---- dropping ---- */

bool disk_drop_site(struct disk *d, uint64_t site, struct fail *f)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING);

	forget(d, site);
	if (!path_of(d, site, &path))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	return file_remove(path.p, f);
}

static void forget_all(struct disk *d)
{
	for (size_t i = 0; i < OPEN_MOST; i++) {
		struct roll *was;

		mutex_lock(&d->lock);
		was = d->open[i].roll;
		d->open[i] = (struct opened){ 0 };
		mutex_unlock(&d->lock);
		roll_drop(was);
	}
}

/* Out of the way at once, so that whoever writes meanwhile writes into a new folder. */
bool disk_drop_all(struct disk *d, struct fail *f)
{
	CLEANUP(buf_release) struct buf away = BUF(PATH_CEILING);

	forget_all(d);
	buf_addf(&away, "%s.drop-%016" PRIx64, d->dir, rand_u64());
	if (!buf_ok(&away))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	if (rename(d->dir, away.p) == 0)
		return dir_remove(away.p, f);
	return errno == ENOENT || fail_errno(f, "cannot move %s away", d->dir);
}
