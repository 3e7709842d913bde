/* disk.c - see disk.h. Entries as records. */
#include "cache/disk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "cache/record.h"
#include "cache/rolls.h"

#define PATH_CEILING 4000
#define RECORD_CEILING (LIMIT_PAGE + 256 * KIB)
#define NOTE_CEILING (64 * KIB)

struct disk {
	char *dir;
	const struct gens *gens;
	struct rolls *rolls;
};

struct disk *disk_new(const char *dir, const struct gens *gens)
{
	struct disk *d = MEM_NEW(struct disk);

	d->dir = mem_cstr(str_of(dir));
	d->gens = gens;
	d->rolls = rolls_new(dir);
	return d;
}

void disk_free(struct disk *d)
{
	if (!d)
		return;
	rolls_free(d->rolls);
	mem_free(d->dir);
	mem_free(d);
}

/* ---- reading ---- */

/* A roll, and whether who reads in it may wait: roll_read() or roll_glance(). */
struct place {
	struct roll *roll;
	bool (*read)(struct roll *p, uint64_t key, size_t front, struct buf *out,
		     struct roll_found *ret);
};

static struct entry *read_record(struct disk *d, const struct place *in,
				 const struct cache_key *k, enum record which)
{
	CLEANUP(buf_release) struct buf record = BUF(RECORD_CEILING);
	struct roll_found found;

	return in->read(in->roll, record_hash(k, which), RECORD_FRONT, &record, &found)
		? record_entry(k, which, d->gens, &found, &record) : NULL;
}

/* Of the two forms the one that is asked for, or the one as it was saved. */
static struct entry *read_form(struct disk *d, const struct place *in, const struct cache_key *k)
{
	struct entry *e = k->gzip ? NULL : read_record(d, in, k, RECORD_UNPACKED);

	return e ? e : read_record(d, in, k, RECORD_SAVED);
}

/* Somebody writes just now, or died over it: whoever opens the database finds out. */
static bool is_uncertain(const struct disk *d, const struct cache_key *k)
{
	return gens_is_writing(d->gens, k->site);
}

/* As it lies there; *ret: the roll, one reference for the caller, where there is an entry. */
static struct entry *find(struct disk *d, const struct cache_key *k, struct roll **ret)
{
	struct entry *e;
	struct roll *p;

	if (is_uncertain(d, k) || !rolls_take(d->rolls, k->site, false, &p, NULL) || !p)
		return NULL;
	e = read_form(d, &(struct place){ p, roll_read }, k);
	if (!e && roll_catch_up(p))
		e = read_form(d, &(struct place){ p, roll_read }, k);
	if (!e && roll_is_gone(p))		/* next time from the one in its place */
		rolls_forget(d->rolls, k->site);
	if (e)
		*ret = p;
	else
		roll_drop(p);
	return e;
}

static bool note_of(const struct cache_key *k, const struct entry *e, enum record which,
		    struct buf *out, struct fail *f)
{
	return record_note(k, e, which, out)
		|| fail(f, FAIL_TOO_LARGE,
			"this page depends on too much to be kept on the disk");
}

static bool append(struct roll *p, const struct cache_key *k, const struct entry *e,
		   enum record which, struct fail *f)
{
	CLEANUP(buf_release) struct buf note = BUF(NOTE_CEILING);

	return note_of(k, e, which, &note, f)
		&& roll_append(p, record_hash(k, which), buf_str(&note), record_body(e, which), f);
}

/* The plain form of what is there packed: unpacked now, and for who comes next. What cannot be
 * written is unpacked again. */
static struct entry *unpack(struct roll *p, const struct cache_key *k, struct entry *packed)
{
	CLEANUP(entry_dropp) struct entry *both = entry_unpack(packed);

	if (!both)
		return NULL;
	if (append(p, k, both, RECORD_UNPACKED, NULL))
		roll_catch_up(p);
	return entry_of_form(both, false);
}

struct entry *disk_load(struct disk *d, const struct cache_key *k)
{
	struct roll *p;
	struct entry *e = find(d, k, &p);

	if (!e)
		return NULL;
	if (!entry_has(e, k->gzip))
		e = unpack(p, k, e);
	roll_drop(p);
	return e;
}

struct entry *disk_load_whole(struct disk *d, const struct cache_key *k)
{
	struct cache_key packed = { k->site, k->path, k->lang, true };
	struct roll *p;
	struct entry *e = find(d, &packed, &p);

	if (e)
		roll_drop(p);
	return entry_unpack(e);
}

struct entry *disk_glance(struct disk *d, const struct cache_key *k)
{
	struct roll *p = is_uncertain(d, k) ? NULL : rolls_glance(d->rolls, k->site);
	struct entry *e;

	if (!p)
		return NULL;
	e = read_form(d, &(struct place){ p, roll_glance }, k);
	roll_drop(p);
	if (!e || entry_has(e, k->gzip))
		return e;
	entry_drop(e);
	return NULL;
}

/* ---- saving ---- */

struct sweep {
	const struct gens *gens;
	uint64_t unpacked;		/* fresh records that are second forms */
};

static bool is_fresh(void *ctx, struct str note)
{
	struct sweep *s = ctx;
	enum record which;

	if (!record_is_fresh(note, s->gens, &which))
		return false;
	s->unpacked += which == RECORD_UNPACKED;
	return true;
}

static bool rewrite(struct disk *d, uint64_t site, struct roll *p, struct fail *f)
{
	struct sweep sweep = { d->gens, 0 };
	bool ok = roll_rewrite(p, &(struct roll_filter){ is_fresh, &sweep }, f);

	rolls_forget(d->rolls, site);
	return ok;
}

/* The file that is at the path now. */
static bool take_to_write(struct disk *d, uint64_t site, struct roll **ret, struct fail *f)
{
	if (!rolls_take(d->rolls, site, true, ret, f))
		return false;
	if (!roll_is_gone(*ret))
		return true;
	rolls_forget(d->rolls, site);
	roll_drop(*ret);
	return rolls_take(d->rolls, site, true, ret, f);
}

static bool is_whole_answer(const struct entry *e, struct fail *f)
{
	return e->status == 200
		|| fail(f, FAIL_INVALID, "only whole answers are kept on the disk");
}

bool disk_save(struct disk *d, const struct cache_key *k, const struct entry *e, struct fail *f)
{
	struct roll *p;
	bool ok;

	if (!is_whole_answer(e, f) || !take_to_write(d, k->site, &p, f))
		return false;
	ok = append(p, k, e, RECORD_SAVED, f);
	if (ok && roll_is_wasteful(p))
		ok = rewrite(d, k->site, p, f);
	roll_drop(p);
	return ok;
}

enum { BATCH = 256 * KIB };

struct disk_batch {
	struct disk *d;
	uint64_t site;
	struct buf records;
};

struct disk_batch *disk_batch_new(struct disk *d, uint64_t site)
{
	struct disk_batch *b = MEM_NEW(struct disk_batch);

	b->d = d;
	b->site = site;
	b->records = (struct buf)BUF(2 * RECORD_CEILING);
	return b;
}

static bool flush(struct disk_batch *b, struct fail *f)
{
	struct roll *p;
	bool ok;

	if (b->records.n == 0)
		return true;
	if (!take_to_write(b->d, b->site, &p, f))
		return false;
	ok = roll_append_records(p, buf_str(&b->records), f);
	buf_clear(&b->records);
	if (ok && roll_is_wasteful(p))
		ok = rewrite(b->d, b->site, p, f);
	roll_drop(p);
	return ok;
}

bool disk_batch_save(struct disk_batch *b, const struct cache_key *k, const struct entry *e,
		     struct fail *f)
{
	CLEANUP(buf_release) struct buf note = BUF(NOTE_CEILING);

	return is_whole_answer(e, f) && note_of(k, e, RECORD_SAVED, &note, f)
		&& roll_record(&b->records, record_hash(k, RECORD_SAVED), buf_str(&note),
			       record_body(e, RECORD_SAVED), f)
		&& (b->records.n < BATCH || flush(b, f));
}

bool disk_batch_end(struct disk_batch *b, struct fail *f)
{
	bool ok = flush(b, f);

	buf_release(&b->records);
	mem_free(b);
	return ok;
}

bool disk_is_empty(struct disk *d, uint64_t site)
{
	struct roll *p;

	if (!rolls_take(d->rolls, site, false, &p, NULL))
		return false;
	if (!p)
		return true;
	roll_drop(p);
	return false;
}

bool disk_sweep(struct disk *d, uint64_t site, struct disk_count *counts, struct fail *f)
{
	struct sweep sweep = { d->gens, 0 };
	struct roll_filter filter = { is_fresh, &sweep };
	struct roll_count c = { 0, 0, 0 };
	struct roll *p;
	bool ok = true;

	rolls_forget(d->rolls, site);		/* as it is on the disk now */
	if (!rolls_take(d->rolls, site, false, &p, f))
		return false;
	if (p) {
		roll_count(p, &filter, &c);
		if (c.dropped || c.kept == 0 || roll_is_wasteful(p))
			ok = rewrite(d, site, p, f);
	}
	roll_drop(p);
	if (counts)
		*counts = (struct disk_count){ c.kept - sweep.unpacked, c.bytes, c.dropped };
	return ok;
}

/* ---- dropping ---- */

bool disk_drop_site(struct disk *d, uint64_t site, struct fail *f)
{
	CLEANUP(buf_release) struct buf path = BUF(PATH_CEILING);

	rolls_forget(d->rolls, site);
	return rolls_path(d->rolls, site, &path, f) && file_remove(path.p, f);
}

#define AWAY ".drop-"

/* What somebody who was killed meanwhile left behind. Another one may be at it just now. */
static void drop_leavings(const struct disk *d)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str dir = str_of(d->dir);
	const char *beside = arena_cstr(a, path_dir(dir));
	struct str begin = arena_printf(a, "%.*s" AWAY, STR_ARG(path_name(dir)));
	struct dir_entry *list;
	size_t n;

	if (!dir_list(a, beside, &list, &n, NULL))
		return;
	for (size_t i = 0; i < n; i++)
		if (str_starts(str_of(list[i].name), begin))
			(void)!dir_remove(path_join(a, beside, str_of(list[i].name)), NULL);
}

/* Out of the way at once, so that whoever writes meanwhile writes into a new folder. */
bool disk_drop_all(struct disk *d, struct fail *f)
{
	CLEANUP(buf_release) struct buf away = BUF(PATH_CEILING);

	rolls_forget_all(d->rolls);
	drop_leavings(d);
	buf_addf(&away, "%s" AWAY "%016" PRIx64, d->dir, rand_u64());
	if (!buf_ok(&away))
		return fail(f, FAIL_INVALID, "the name of the cache folder is too long");
	if (rename(d->dir, away.p) == 0)
		return dir_remove(away.p, f);
	return errno == ENOENT || fail_errno(f, "cannot move %s away", d->dir);
}
