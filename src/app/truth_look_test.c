/* truth_look_test.c - looking at a site: each page that is kept against a fresh one. */
#include "app/truth_test.h"

#include <stdlib.h>
#include "app/paths.h"
#include "base/vec.h"
#include "cache/disk.h"
#include "gz/gz.h"

/* What the features do not name, but readers ask for. */
static const char *const OTHERS[] = {
	"/lang/en/rss.xml",
	"/lang/en/atom.xml",
	"/lang/en/feed.json",
	"/start/",
	"/page/1/",
	"/page/2/",
	"/page/40/",
	"/tag/rain/",
	"/tag/rain/page/1/",
	"/lang/fr/",
	"/lang/en/",
	"/lang/de/rss.xml",
	"/author/anna/atom.xml",
	"/archive/2030/",
	"/sitemap/1.xml",
	"/feed",
	"/nowhere/",
	"/a-1",
	"/a-1.md",
	"/_/options-00000000.css",
	"/media/12345678/x.png",
	"/tag/nothing/",
	"/archive/1999/01/",
	"/_/fr/",
	"/_/de/archive/",
	"/_/en/tag/rain/",
	"/_/es/a-1/",
	"/_/it/page/2/",
	"/_/fr/rss.xml",
	"/_/fr/a-1",
	"/_/fr/lang/fr/",
	"/old/note.txt",
	"/old/1/",
	"/old/2/",
	"/favicon.ico",
	"/robots.txt",
	"/.well-known/security.txt",
	"/archive",
	"/tag/Rain/",
};

/* The same page in the list of its language: no feature tells it while there is but one, readers
 * ask for it. */
static void note_path(struct truth *t, struct arena *a, struct str path)
{
	map_put(t->known, path, t);
	if (str_starts(path, STR("/page/")))
		map_put(t->known, arena_printf(a, "/lang/en%.*s", STR_ARG(path)), t);
}

static void note_paths(struct truth *t, struct arena *a, const struct site *site)
{
	struct paths all = { .a = a };

	assert_ok(paths_each(t->hand.engine, site, PATH_SOURCE, paths_keep, &all, &t->hand.f),
		  &t->hand.f);
	for (size_t i = 0; i < all.n; i++)
		note_path(t, a, all.p[i]);
	VEC_FREE(&all);
	for (size_t i = 0; i < ARRAY_LEN(OTHERS); i++)
		map_put(t->known, str_of(OTHERS[i]), t);
}

/* The first line in which two texts differ, for whoever reads the failure. */
static void tell_difference(struct str a, struct str b)
{
	struct str line_a, line_b;

	while (str_line(&a, &line_a) && str_line(&b, &line_b))
		if (!str_eq(line_a, line_b)) {
			print_error("kept:  %.*s\nfresh: %.*s\n", STR_ARG(line_a), STR_ARG(line_b));
			return;
		}
}

void truth_check_same(struct truth *t, struct str path, const char *where,
		       const struct entry *kept, const struct entry *fresh)
{
	CLEANUP(buf_release) struct buf plain = BUF(16 << 20);
	bool same = kept->status == fresh->status && str_eq(kept->type, fresh->type)
		&& str_eq(kept->head, fresh->head) && str_eq(kept->plain, fresh->plain)
		&& str_eq(kept->etag, fresh->etag);

	if (!same) {
		tell_difference(kept->plain, fresh->plain);
		fail_msg("%.*s %s: kept %d (%zu bytes), fresh %d (%zu bytes) after %s",
			 STR_ARG(path), where, kept->status, kept->plain.n, fresh->status,
			 fresh->plain.n, t->hand.did);
	}
	if (kept->gzip.n == 0)
		return;
	assert_ok(gz_read(kept->gzip, &plain, &t->hand.f), &t->hand.f);
	assert_str_eq(buf_str(&plain), fresh->plain);
}

/* One of many pages is what it would be alone: what is kept comes from a sitting. */
static void seat(struct truth *t, struct arena *a, struct str path, struct rendering *alone)
{
	struct rendering one = { NULL };

	assert_ok(render_sitting_page(t->sitting, a, path, &one, &t->hand.f), &t->hand.f);
	assert_non_null(one.entry);
	truth_check_same(t, path, "in a sitting", one.entry, alone->entry);
	assert_int_equal(one.cacheable, alone->cacheable);
	assert_int_equal(one.entry->deps.n, alone->entry->deps.n);
	rendering_release(alone);
	*alone = one;
}

/* Each form, as a worker finds it and as a loop does. */
static void check_forms(struct truth *t, const struct cache_key *key, const struct entry *fresh)
{
	struct disk *disk = t->hand.engine->disk;

	for (int i = 0; i < 4; i++) {
		struct cache_key k = { key->site, key->path, key->lang, i & 1 };
		CLEANUP(entry_dropp) struct entry *e = NULL;

		e = i < 2 ? disk_load(disk, &k) : disk_glance(disk, &k);
		if (!e)
			continue;
		assert_true(entry_has(e, k.gzip));
		if (e->gzip.n) {
			assert_str_eq(e->etag_gzip, fresh->etag_gzip);
			assert_str_eq(e->gzip, fresh->gzip);
		} else {
			assert_str_eq(e->etag, fresh->etag);
			assert_str_eq(e->plain, fresh->plain);
		}
	}
}

static void look_at(struct truth *t, struct arena *a, const struct site *site, struct str path)
{
	CLEANUP(rendering_release) struct rendering r = { NULL };
	struct cache_key key = render_key(site->id, path);
	struct engine *e = t->hand.engine;
	struct entry *kept = map_find(t->kept, path), *saved;

	assert_ok(render_site(e, a, site, path, STR(""), &r, &t->hand.f), &t->hand.f);
	assert_non_null(r.entry);
	seat(t, a, path, &r);
	saved = disk_load_whole(e->disk, &key);
	if (saved) {
		truth_check_same(t, path, "on disk", saved, r.entry);
		check_forms(t, &key, r.entry);
		entry_drop(saved);
	}
	if (kept && entry_is_fresh(kept, t->hand.host->gens)) {
		truth_check_same(t, path, "in memory", kept, r.entry);
		return;
	}
	entry_drop(map_remove(t->kept, path));
	if (!r.cacheable)
		return;
	assert_true(entry_is_fresh(r.entry, t->hand.host->gens));
	map_put(t->kept, path, entry_hold(r.entry));
	if (r.on_disk)
		assert_ok(disk_save(e->disk, &key, r.entry, &t->hand.f), &t->hand.f);
}

void truth_look(struct truth *t)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0), *page = arena_new(0);
	CLEANUP(site_unrefp) struct site *site = truth_site(t);
	struct str path;
	size_t at = 0;
	void *value;

	if (t->sat != site) {
		truth_rise(t);
		site_ref(site);
		t->sat = site;
		t->sitting = render_sitting_new(t->hand.engine, t->sat);
	}
	note_paths(t, a, site);
	while (map_each(t->known, &at, &path, &value)) {
		look_at(t, page, site, path);
		arena_reset(page);
	}
}

static int by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

struct str truth_stale(struct truth *t, struct arena *a)
{
	struct str *all = arena_array(a, map_count(t->kept) + 1, sizeof *all), path;
	CLEANUP(buf_release) struct buf b = BUF(1 << 20);
	size_t at = 0, n = 0;
	void *e;

	while (map_each(t->kept, &at, &path, &e))
		if (!entry_is_fresh(e, t->hand.host->gens))
			all[n++] = path;
	qsort(all, n, sizeof *all, by_bytes);
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, all[i]);
		buf_addc(&b, '\n');
	}
	return arena_str(a, buf_str(&b));
}
