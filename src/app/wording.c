/* wording.c - see wording.h. Two tables: what is in memory, bounded by bytes, and the
 * stamp of every folder that is known, some dozen bytes for each site that has one.
 *
 * What is in memory is a cache like others: it was read after the site's epoch had a certain
 * value, and when that has moved the folder is looked at again. So it does not matter which
 * process or thread changed a file, nor who is the last to put here what he has read. */
#include "app/wording.h"

#include <stdio.h>
#include <string.h>
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/vec.h"
#include "work/mutex.h"

enum {
	BUDGET = 32 * MIB,
	IN_MEMORY = 4,			/* bytes that one of a file becomes, about */
	FOLDERS_A_LOOK = 256,		/* known ones, looked at each time */
	BUCKETS_A_LOOK = 8,		/* of 256, in which new ones are sought */
	BUCKETS = 256,
};

struct kept {
	uint64_t site, used;
	uint32_t epoch;			/* of the site, before its folder was looked at */
	struct digest stamp;		/* of the folder */
	size_t bytes;
	struct catalogs *words;
};

struct seen {
	uint64_t site;
	struct digest stamp;
};

struct wording {
	struct mutex lock;		/* of all below */
	char *data;
	struct gens *gens;
	VEC(struct kept) kept;
	size_t bytes;
	uint64_t clock;
	VEC(struct seen) seen;
	size_t next_seen;
	unsigned next_bucket;
	bool unsaved;
};

/* A folder as it is on the disk. */
struct folder {
	const char *dir;
	uint32_t epoch;			/* of the site, before */
	struct digest stamp;
	size_t bytes;			/* 0: there is nothing */
};

static const char *dir_of(struct arena *a, const struct wording *w, uint64_t site)
{
	return path_join(a, site_dir(a, w->data, site), STR("lang"));
}

const char *wording_dir(struct arena *a, const struct site *site)
{
	return path_join(a, site->dir, STR("lang"));
}

static uint32_t epoch_of(const struct wording *w, uint64_t site)
{
	return gens_value(w->gens, gens_slot(site, GEN_EPOCH, 0));
}

static struct folder look_at(struct arena *a, const struct wording *w, uint64_t site)
{
	CLEANUP(buf_release) struct buf b = BUF(256 * KIB);
	const char *dir = dir_of(a, w, site);
	struct folder folder = { .dir = dir, .epoch = epoch_of(w, site) };
	struct dir_entry *e;
	size_t n = 0;

	if (!file_is_dir(dir) || !dir_list_stat(a, dir, &e, &n, NULL))
		return folder;
	for (size_t i = 0; i < n; i++) {
		if (!str_ends(str_of(e[i].name), STR(".po")))
			continue;
		buf_addf(&b, "%s %lld %lld\n", e[i].name, (long long)e[i].mtime_ns,
			 (long long)e[i].size);
		folder.bytes += (size_t)e[i].size + 1;
	}
	folder.stamp = digest_of(buf_str(&b));
	return folder;
}

/* ---- the tables; the lock is held ---- */

static struct kept *find_kept(struct wording *w, uint64_t site)
{
	for (size_t i = 0; i < w->kept.n; i++)
		if (w->kept.p[i].site == site)
			return &w->kept.p[i];
	return NULL;
}

static struct seen *find_seen(struct wording *w, uint64_t site)
{
	for (size_t i = 0; i < w->seen.n; i++)
		if (w->seen.p[i].site == site)
			return &w->seen.p[i];
	return NULL;
}

static void drop(struct wording *w, struct kept *k)
{
	w->bytes -= k->bytes;
	catalogs_unref(k->words);
	*k = w->kept.p[--w->kept.n];
}

static void drop_oldest(struct wording *w)
{
	struct kept *oldest = &w->kept.p[0];

	for (size_t i = 1; i < w->kept.n; i++)
		if (w->kept.p[i].used < oldest->used)
			oldest = &w->kept.p[i];
	drop(w, oldest);
}

static bool is_same(const struct digest *a, const struct digest *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

/* Takes the reference. */
static void keep(struct wording *w, uint64_t site, struct catalogs *words,
		 const struct folder *folder)
{
	struct kept *k = find_kept(w, site);

	if (k)
		drop(w, k);
	if (!words)
		return;
	k = VEC_ADD(&w->kept);
	*k = (struct kept){ .site = site, .used = ++w->clock, .epoch = folder->epoch,
			    .stamp = folder->stamp, .bytes = folder->bytes * IN_MEMORY,
			    .words = words };
	w->bytes += k->bytes;
	while (w->bytes > BUDGET && w->kept.n > 1)
		drop_oldest(w);
}

/* True when it was not known so. */
static bool note_seen(struct wording *w, uint64_t site, const struct folder *folder)
{
	struct seen *s = find_seen(w, site);

	if (folder->bytes == 0) {
		if (s)
			*s = w->seen.p[--w->seen.n];
		w->unsaved |= s != NULL;
		return s;
	}
	if (s && is_same(&s->stamp, &folder->stamp))
		return false;
	if (!s) {
		s = VEC_ADD(&w->seen);
		s->site = site;
	}
	s->stamp = folder->stamp;
	w->unsaved = true;
	return true;
}

/* ---- loading ---- */

static void tell(void *data, const char *note)
{
	(void)data;
	log_warn("%s", note);
}

static struct catalogs *load(uint64_t site, const struct folder *folder,
			     const struct catalogs *core, const struct catalogs *last)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct catalogs *words = NULL;
	struct fail f = FAIL_INIT;
	char id[SITE_ID_LEN + 1];

	site_id_text(site, id);
	if (!catalogs_load_wording(folder->dir, arena_printf(a, "sites/%.2s/%s/lang", id, id).p,
				   core, last, &words, &f)) {
		tell(NULL, f.text);
		return catalogs_ref(last);
	}
	catalogs_notes(words, tell, NULL);
	return words;
}

/* NULL: they are not here, or somebody may have changed them since. */
static struct catalogs *get_kept(struct wording *w, uint64_t site)
{
	MUTEX_HOLD(&w->lock);
	struct kept *k = find_kept(w, site);

	if (!k || k->epoch != epoch_of(w, site))
		return NULL;
	k->used = ++w->clock;
	return catalogs_ref(k->words);
}

/* The site is stale for another reason, and its folder is as it was. */
static struct catalogs *get_same(struct wording *w, uint64_t site, const struct folder *folder)
{
	MUTEX_HOLD(&w->lock);
	struct kept *k = find_kept(w, site);

	if (!k || !is_same(&k->stamp, &folder->stamp))
		return NULL;
	k->epoch = folder->epoch;
	k->used = ++w->clock;
	return catalogs_ref(k->words);
}

/* True: there were none so far, and other pages of the site were made without them. */
static bool keep_read(struct wording *w, uint64_t site, struct catalogs *words,
		      const struct folder *folder)
{
	MUTEX_HOLD(&w->lock);
	keep(w, site, catalogs_ref(words), folder);
	return !find_seen(w, site) && note_seen(w, site, folder);
}

struct catalogs *wording_get(struct wording *w, const struct site *site,
			     const struct catalogs *core)
{
	CLEANUP(arena_freep) struct arena *a = NULL;
	struct catalogs *words = get_kept(w, site->id);
	struct folder folder;

	if (words)
		return words;
	a = arena_new(0);
	folder = look_at(a, w, site->id);
	if (folder.bytes == 0)
		return NULL;
	words = get_same(w, site->id, &folder);
	if (words)
		return words;
	words = load(site->id, &folder, core, NULL);
	if (words && keep_read(w, site->id, words, &folder))
		gens_raise(w->gens, gens_slot(site->id, GEN_EPOCH, 0));
	return words;
}

/* ---- looking ---- */

static void read_again(struct wording *w, uint64_t site, const struct folder *folder,
		       const struct catalogs *core)
{
	struct catalogs *last = NULL, *words = NULL;
	struct kept *k;

	mutex_lock(&w->lock);
	k = find_kept(w, site);
	if (k)
		last = catalogs_ref(k->words);
	mutex_unlock(&w->lock);
	if (folder->bytes)
		words = load(site, folder, core, last);
	mutex_lock(&w->lock);
	keep(w, site, words, folder);
	note_seen(w, site, folder);
	mutex_unlock(&w->lock);
	catalogs_unref(last);
	gens_raise(w->gens, gens_slot(site, GEN_EPOCH, 0));
}

void wording_changed(struct wording *w, uint64_t site, const struct catalogs *core)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct folder folder = look_at(a, w, site);

	read_again(w, site, &folder, core);
}

static bool is_other(struct wording *w, uint64_t site, const struct folder *folder)
{
	struct seen *s;

	MUTEX_HOLD(&w->lock);
	s = find_seen(w, site);
	return s ? !is_same(&s->stamp, &folder->stamp) : folder->bytes > 0;
}

static void look_at_site(struct wording *w, uint64_t site, const struct catalogs *core)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct folder folder = look_at(a, w, site);

	if (is_other(w, site, &folder))
		read_again(w, site, &folder, core);
}

/* The next of those that are known; 0: there are none. */
static uint64_t next_known(struct wording *w)
{
	MUTEX_HOLD(&w->lock);
	if (w->seen.n == 0)
		return 0;
	w->next_seen = (w->next_seen + 1) % w->seen.n;
	return w->seen.p[w->next_seen].site;
}

static void look_at_known(struct wording *w, const struct catalogs *core, bool all)
{
	size_t n;
	uint64_t site;

	mutex_lock(&w->lock);
	n = w->seen.n;
	mutex_unlock(&w->lock);
	if (!all && n > FOLDERS_A_LOOK)
		n = FOLDERS_A_LOOK;
	for (; n > 0 && (site = next_known(w)); n--)
		look_at_site(w, site, core);
}

static void look_for_new(struct wording *w, const struct catalogs *core, unsigned bucket)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dir = arena_printf(a, "%s/sites/%02x", w->data, bucket).p;
	struct dir_entry *e;
	size_t n = 0;

	if (!file_is_dir(dir) || !dir_list(a, dir, &e, &n, NULL))
		return;
	for (size_t i = 0; i < n; i++) {
		const char *own = path_join(a, path_join(a, dir, str_of(e[i].name)), STR("lang"));
		uint64_t site;

		if (e[i].is_dir && site_id_parse(str_of(e[i].name), &site) && file_is_dir(own))
			look_at_site(w, site, core);
	}
}

/* ---- across a restart ---- */

static const char *memory_path(struct arena *a, const struct wording *w)
{
	return path_join(a, w->data, STR("cache/wording"));
}

static void save(struct wording *w)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(64 * MIB);
	struct fail f = FAIL_INIT;

	mutex_lock(&w->lock);
	for (size_t i = 0; i < w->seen.n; i++) {
		char id[SITE_ID_LEN + 1], hex[DIGEST_HEX_LEN + 1];

		site_id_text(w->seen.p[i].site, id);
		digest_hex(&w->seen.p[i].stamp, hex);
		buf_addf(&b, "%s %s\n", id, hex);
	}
	w->unsaved = false;
	mutex_unlock(&w->lock);
	if (!dir_make(path_join(a, w->data, STR("cache")), &f)
	    || !file_write(memory_path(a, w), buf_str(&b), false, &f))
		log_warn("%s", f.text);
}

static bool parse_stamp(struct str hex, struct digest *ret)
{
	if (hex.n != DIGEST_HEX_LEN)
		return false;
	for (size_t i = 0; i < DIGEST_LEN; i++) {
		unsigned byte;

		if (sscanf(hex.p + 2 * i, "%2x", &byte) != 1)
			return false;
		ret->b[i] = (unsigned char)byte;
	}
	return true;
}

static void restore(struct wording *w)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(64 * MIB);
	struct str rest, line;

	if (!file_read(memory_path(a, w), &b, NULL))
		return;
	rest = buf_str(&b);
	while (str_line(&rest, &line)) {
		struct str hex, id = str_cut(line, ' ', &hex);
		struct seen s;

		if (site_id_parse(id, &s.site) && parse_stamp(hex, &s.stamp))
			*VEC_ADD(&w->seen) = s;
	}
}

void wording_look(struct wording *w, const struct catalogs *core, bool all)
{
	look_at_known(w, core, all);
	for (unsigned i = 0; i < (all ? BUCKETS : BUCKETS_A_LOOK); i++) {
		look_for_new(w, core, w->next_bucket);
		w->next_bucket = (w->next_bucket + 1) % BUCKETS;
	}
	if (w->unsaved)
		save(w);
}

struct wording *wording_new(const char *data, struct gens *gens)
{
	struct wording *w = MEM_NEW(struct wording);

	mutex_init(&w->lock, MUTEX_SITE);
	w->data = mem_cstr(str_of(data));
	w->gens = gens;
	restore(w);
	return w;
}

void wording_free(struct wording *w)
{
	if (!w)
		return;
	while (w->kept.n)
		drop(w, &w->kept.p[0]);
	VEC_FREE(&w->kept);
	VEC_FREE(&w->seen);
	mutex_release(&w->lock);
	mem_free(w->data);
	mem_free(w);
}
