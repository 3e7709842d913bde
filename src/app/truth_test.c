/* truth_test.c - a page that passes for fresh is what a fresh rendering would be, byte for
 * byte, whatever happened to the site in between.
 *
 * TRUTH_SEED and TRUTH_STEPS in the environment choose another story, or a longer one.
 * A program of its own, because it takes its time.
 */
#include "app/truth_test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "app/warm.h"
#include "base/file.h"
#include "cache/disk.h"
#include "gz/gz.h"
#include "site/manage.h"
#include "store/db.h"
#include "theme/sass_child.h"
#include "work/thread.h"

/* --- the world --- */

/* A theme that asks: the list of queries stands on every page, beside a menu of its own. */
static void make_asking(struct truth *t)
{
	static const char ini[] =
		"[theme]\nname = Asking\nparent = plume\napi = 1\n[menu foot]\nlabel = Foot\n"
		"[option tag]\ntype = text\ndefault = rain\n"
		"[query newest]\nlimit = 2\n[query oldest]\norder = oldest\nlimit = 4\n"
		"[query tagged]\ntag = $tag\nlimit = 3\n[query pages]\nkind = pages\n"
		"[query late]\nkind = pages\norder = newest\n[query idle]\nlimit = 20\n";
	static const char menu[] =
		"{{#menus.foot}}{{title}}{{url}}{{/menus.foot}}{{#has_queries.newest}}N"
		"{{/has_queries.newest}}{{#queries.newest}}{{>asked}}{{/queries.newest}}|"
		"{{#queries.oldest}}{{>asked}}{{/queries.oldest}}|"
		"{{#queries.tagged}}{{>asked}}{{/queries.tagged}}|"
		"{{#queries.pages}}{{>asked}}{{/queries.pages}}|{{#queries.late}}{{>asked}}"
		"{{/queries.late}}";
	static const char asked[] = "{{title}} {{url}} {{date.iso}} {{description}} {{#tags}}"
				    "{{name}}{{/tags}}{{{excerpt}}}";
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dir = path_join(a, t->data, STR("themes/asking"));
	const char *parts = path_join(a, dir, STR("templates/partials"));
	struct fail *f = &t->hand.f;

	assert_ok(dir_make(parts, f), f);
	assert_ok(file_write(path_join(a, parts, STR("menu.html")), str_of(menu), false, f), f);
	assert_ok(file_write(path_join(a, parts, STR("asked.html")), str_of(asked), false, f), f);
	assert_ok(file_write(path_join(a, dir, STR("theme.ini")), str_of(ini), false, f), f);
}

static void open_world(struct truth *t)
{
	struct hand *h = &t->hand;

	assert_ok(host_open(t->data, &h->host, &h->f), &h->f);
	assert_ok(engine_open(h->host, NULL, &h->engine, &h->f), &h->f);
	engine_look_at_wording(h->engine, true);
}

static void rise(struct truth *t)
{
	render_sitting_end(t->sitting);
	site_unref(t->sat);
	t->sitting = NULL;
	t->sat = NULL;
}

static void close_world(struct truth *t)
{
	rise(t);
	engine_close(t->hand.engine);
	host_close(t->hand.host);
}

void truth_restart(struct truth *t)
{
	close_world(t);
	open_world(t);
}

int truth_set_up(void **state)
{
	struct truth *t = calloc(1, sizeof *t);
	struct manage_setting set[] = { { STR("title"), STR("Truth") },
					{ STR("posts_per_page"), STR("3") } };
	struct hand *h = &t->hand;
	struct site *site;
	char *top = getenv("top_srcdir");

	setenv("HAMEAU_SHARE", top ? top : "../..", 1);
	/* In memory where there is such a place: a story commits often. */
	strcpy(t->root, access("/dev/shm", W_OK) == 0 ? "/dev/shm/truth-XXXXXX"
	       : "/tmp/truth-XXXXXX");
	if (!mkdtemp(t->root))
		return -1;
	snprintf(t->data, sizeof t->data, "%s/data", t->root);
	assert_ok(host_init(t->data, STR("truth.example"), NULL, &h->f), &h->f);
	make_asking(t);
	h->a = arena_new(0);
	h->now = 1927000000;
	open_world(t);
	/* With a random id two counters meet in one slot now and then, which is right and makes
	 * a page stale for nothing. With this one none does. */
	site_id_choose(0x1234);
	assert_ok(manage_create(h->host->registry, STR("truth"), set, 2, &site, &h->f), &h->f);
	h->site = site->id;
	site_unref(site);
	t->kept = map_new();
	t->known = map_new();
	*state = t;
	return 0;
}

static void drop(void *e)
{
	entry_drop(e);
}

int truth_tear_down(void **state)
{
	struct truth *t = *state;

	map_free(t->kept, drop);
	map_free(t->known, NULL);
	close_world(t);
	arena_free(t->hand.a);
	if (!dir_remove(t->root, NULL))
		return -1;
	free(t);
	return 0;
}

/* --- looking --- */

static struct site *site_now(struct truth *t)
{
	struct site *site;

	assert_ok(registry_site(t->hand.host->registry, t->hand.site, &site, &t->hand.f),
		  &t->hand.f);
	return site;
}

/* What the features do not name, but readers ask for. */
static const char *const others[] = {
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
	struct str *paths;
	size_t n;

	assert_ok(warm_paths(t->hand.engine, a, site, PATH_SOURCE, &paths, &n, &t->hand.f),
		  &t->hand.f);
	for (size_t i = 0; i < n; i++)
		note_path(t, a, paths[i]);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		map_put(t->known, str_of(others[i]), t);
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

static void check_same(struct truth *t, struct str path, const char *where,
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
	check_same(t, path, "in a sitting", one.entry, alone->entry);
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
		if (e)
			assert_str_eq(e->etag, fresh->etag);
		if (e && e->plain.n)
			assert_str_eq(e->plain, fresh->plain);
		if (e && e->gzip.n)
			assert_str_eq(e->gzip, fresh->gzip);
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
		check_same(t, path, "on disk", saved, r.entry);
		check_forms(t, &key, r.entry);
		entry_drop(saved);
	}
	if (kept && entry_is_fresh(kept, t->hand.host->gens)) {
		check_same(t, path, "in memory", kept, r.entry);
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
	CLEANUP(site_unrefp) struct site *site = site_now(t);
	struct str path;
	size_t at = 0;
	void *value;

	if (t->sat != site) {
		rise(t);
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

/* --- stories --- */

static int number_from(const char *name, int usual)
{
	const char *text = getenv(name);

	return text ? atoi(text) : usual;
}

static void tell_story(struct truth *t, uint64_t seed, int steps)
{
	struct hand *h = &t->hand;

	h->seed = seed * 0x9e3779b97f4a7c15u + 1;
	for (int i = 0; i < steps; i++) {
		if (!hand_change(h))
			fail_msg("seed %llu step %d (%s): %s", (unsigned long long)seed, i, h->did,
				 h->f.text);
		if (getenv("TRUTH_SEED"))
			print_message("step %d: %s\n", i, h->did);
		if (i % 23 == 11)
			truth_restart(t);
		if (i % 31 == 17)
			assert_ok(disk_drop_all(h->engine->disk, &h->f), &h->f);
		if (i > 20 || i % 5 == 0)	/* a small site first, quickly */
			truth_look(t);
	}
}

static void what_passes_for_fresh_is_what_would_be_made_anew(void **state)
{
	uint64_t seed = (uint64_t)number_from("TRUTH_SEED", 1);
	int steps = number_from("TRUTH_STEPS", 80);

	print_message("# the story of seed %llu\n", (unsigned long long)seed);
	tell_story(*state, seed, steps);
}

static void another_story_ends_as_well(void **state)
{
	uint64_t seed = (uint64_t)number_from("TRUTH_SEED", 1) + 1000;

	print_message("# the story of seed %llu\n", (unsigned long long)seed);
	tell_story(*state, seed, number_from("TRUTH_STEPS", 80));
}

/* --- several hands at once --- */

enum { WRITERS = 2, READERS = 3, EACH_WRITES = 40 };

struct reader {
	struct truth *t;
	struct arena *a;
	struct str *paths;
	size_t n;
	uint64_t seed;
	atomic_int *writing;
	struct map *kept;
	struct fail f;
	bool ok;
};

static void write_on(void *arg)
{
	struct hand *h = arg;

	for (int i = 0; i < EACH_WRITES && !h->f.code; i++)
		if (!hand_change(h))
			return;
}

static bool read_one(struct reader *r, struct str path)
{
	CLEANUP(rendering_release) struct rendering one = { NULL };
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct hand *h = &r->t->hand;

	arena_reset(r->a);
	if (!registry_site(h->host->registry, h->site, &site, &r->f)
	    || !render_site(h->engine, r->a, site, path, STR(""), &one, &r->f))
		return false;
	if (one.cacheable)
		entry_drop(map_put(r->kept, path, entry_hold(one.entry)));
	return true;
}

static void read_on(void *arg)
{
	struct reader *r = arg;
	struct hand dice = { .seed = r->seed };

	r->ok = true;
	while (r->ok && atomic_load(r->writing))
		r->ok = read_one(r, r->paths[hand_pick(&dice, r->n)]);
}

static void check_kept(struct truth *t, struct reader *r, const struct site *site, size_t *looked)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str path;
	size_t at = 0;
	void *kept;

	while (map_each(r->kept, &at, &path, &kept)) {
		CLEANUP(rendering_release) struct rendering now = { NULL };

		++*looked;
		if (!entry_is_fresh(kept, t->hand.host->gens))
			continue;
		assert_ok(render_site(t->hand.engine, a, site, path, STR(""), &now, &t->hand.f),
			  &t->hand.f);
		check_same(t, path, "of a thread", kept, now.entry);
		arena_reset(a);
	}
}

/* Everything there is to ask for now. */
static struct str *all_paths(struct truth *t, struct arena *a, size_t *n)
{
	struct str *paths = arena_array(a, map_count(t->known) + 1, sizeof *paths), path;
	size_t at = 0;
	void *value;

	*n = 0;
	while (map_each(t->known, &at, &path, &value))
		paths[(*n)++] = path;
	return paths;
}

static void run_threads(struct hand *writers, struct reader *readers, atomic_int *writing)
{
	struct thread *w[WRITERS], *r[READERS];
	struct fail f = FAIL_INIT;

	for (int i = 0; i < READERS; i++)
		assert_ok(thread_start("reader", read_on, &readers[i], &r[i], &f), &f);
	for (int i = 0; i < WRITERS; i++)
		assert_ok(thread_start("writer", write_on, &writers[i], &w[i], &f), &f);
	for (int i = 0; i < WRITERS; i++)
		thread_join(w[i]);
	atomic_store(writing, 0);
	for (int i = 0; i < READERS; i++)
		thread_join(r[i]);
}

/* --- many sites at once --- */

struct tally {
	int sites;
	int64_t rendered, total;
	bool cancelled;
};

static void count_result(void *ctx, const struct warm_result *r)
{
	struct tally *t = ctx;

	if (r->fail.code && !r->is_stopped)
		fail_msg("%s", r->fail.text);
	assert_true(r->fail.code || r->total > 0);	/* each of them has pages */
	assert_true(r->total >= r->rendered);
	t->sites++;
	t->rendered += r->rendered;
	t->total += r->total;
}

static bool is_cancelled(void *ctx)
{
	return ((struct tally *)ctx)->cancelled;
}

static struct tally warm(struct truth *t, struct site **sites, int n, bool cancelled)
{
	struct tally tally = { .cancelled = cancelled };
	const struct warm_hooks hooks = { false, &tally, NULL, is_cancelled, count_result };
	struct warm_crew *crew;

	assert_ok(warm_crew_new(t->hand.engine, &hooks, &crew, &t->hand.f), &t->hand.f);
	for (int i = 0; i < n; i++)
		warm_crew_add(crew, sites[i]);
	warm_crew_end(crew);
	return tally;
}

static void many_sites_are_made_at_once(void **state)
{
	enum { SITES = 30 };
	struct truth *t = *state;
	struct hand *h = &t->hand;
	struct site *sites[SITES + 1];
	struct tally first, again;

	assert_ok(hand_fill(h, 1, 40), &h->f);
	for (int i = 0; i < SITES; i++)
		assert_ok(manage_create(h->host->registry, arena_printf(h->a, "many-%d", i), NULL,
					0, &sites[i], &h->f), &h->f);
	sites[SITES] = site_now(t);
	first = warm(t, sites, SITES + 1, false);
	assert_int_equal(first.sites, SITES + 1);
	assert_true(first.rendered > SITES * 5 + 40);
	assert_int_equal(first.rendered, first.total);
	again = warm(t, sites, SITES + 1, false);
	assert_int_equal(again.rendered, 0);
	assert_int_equal(again.total, first.total);
	assert_int_equal(warm(t, sites, 0, false).sites, 0);
	assert_ok(disk_drop_all(h->engine->disk, &h->f), &h->f);
	assert_int_equal(warm(t, sites, SITES + 1, true).sites, SITES + 1);
	for (int i = 0; i <= SITES; i++)
		site_unref(sites[i]);
}

static void what_was_read_while_others_wrote_is_true_or_stale(void **state)
{
	struct truth *t = *state;
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct hand writers[WRITERS];
	struct reader readers[READERS];
	atomic_int writing = 1;
	struct site *site;
	size_t n, looked = 0;
	struct str *paths;

	tell_story(t, 7, 30);
	paths = all_paths(t, a, &n);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = t->hand;
		writers[i].a = arena_new(0);
		writers[i].seed = 1234567 + (uint64_t)i * 7919;
	}
	for (int i = 0; i < READERS; i++)
		readers[i] = (struct reader){ .t = t, .a = arena_new(0), .paths = paths, .n = n,
					      .seed = 99 + (uint64_t)i, .writing = &writing,
					      .kept = map_new() };
	run_threads(writers, readers, &writing);
	site = site_now(t);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(writers[i].f.code, 0);
		arena_free(writers[i].a);
	}
	for (int i = 0; i < READERS; i++) {
		assert_ok(readers[i].ok, &readers[i].f);
		check_kept(t, &readers[i], site, &looked);
		map_free(readers[i].kept, drop);
		arena_free(readers[i].a);
	}
	site_unref(site);
	assert_true(looked > 0);	/* how many of them are still fresh is chance */
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, truth_set_up, truth_tear_down)

/* Started as "truth_test sass-child" it compiles the stylesheets of the themes it opens. */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(what_passes_for_fresh_is_what_would_be_made_anew),
		IN_A_WORLD(another_story_ends_as_well),
		IN_A_WORLD(many_sites_are_made_at_once),
		IN_A_WORLD(what_was_read_while_others_wrote_is_true_or_stale),
	};

	if (argc > 1 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	db_init();
	return precise_tests() + cmocka_run_group_tests_name("truth", tests, NULL, NULL);
}
