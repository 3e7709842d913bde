/* disk_test.c - finished pages in rolls: written, read back, replaced, swept. */
#include "cache/cache_test.h"
#include "cache/disk_test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include "base/file.h"
#include "base/limits.h"
#include "work/thread.h"

static void what_was_saved_is_loaded_the_same(void **state)
{
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *tiny = cache_test_page(*state, STR("hi"));
	CLEANUP(entry_dropp) struct entry *back = NULL, *tiny_back = NULL;

	disk_test_save(d, POST, e);
	disk_test_save(d, HOME, tiny);
	back = disk_load_whole(d, &POST);
	assert_non_null(back);
	assert_true(cache_test_same(e, back));
	tiny_back = disk_load_whole(d, &HOME);
	assert_non_null(tiny_back);
	assert_true(cache_test_same(tiny, tiny_back));
	entry_drop(tiny_back);
	tiny_back = disk_load(d, &HOME_GZIP);		/* too small to have been packed */
	assert_true(tiny_back && entry_has(tiny_back, true) && entry_has(tiny_back, false));
	assert_str_eq(tiny_back->plain, tiny->plain);
	disk_free(d);
}

/* What the two have of one form is the same. */
static void check_form(const struct entry *e, struct entry *from, bool gzip)
{
	CLEANUP(entry_dropp) struct entry *want = entry_of_form(from, gzip);

	assert_non_null(e);
	assert_true(cache_test_same(e, want));
}

static void a_reader_gets_the_form_that_he_asks_for(void **state)
{
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *gzip = NULL, *plain = NULL, *whole = NULL;
	struct disk_count count;
	struct fail f = FAIL_INIT;

	disk_test_save(d, POST, e);
	gzip = disk_load(d, &POST_GZIP);
	check_form(gzip, e, true);
	for (int i = 0; i < 2; i++) {		/* unpacked, then as it was saved by that */
		plain = disk_load(d, &POST);
		check_form(plain, e, false);
		entry_drop(plain);
	}
	plain = NULL;
	whole = disk_load_whole(d, &POST);
	assert_true(whole && cache_test_same(whole, e));
	assert_ok(disk_sweep(d, 7, &count, &f), &f);
	assert_int_equal(count.kept, 1);
	cache_test_raise(*state);
	assert_null(disk_load(d, &POST));
	disk_free(d);
}

/* A glance finds what is known and open, and nothing else. */
static void a_loop_sees_what_needs_no_waiting(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_test_new(p), *other = disk_test_new(p);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *gzip = NULL, *plain = NULL;
	uint64_t mark;

	assert_null(disk_glance(d, &POST_GZIP));
	disk_test_save(other, POST, e);
	assert_null(disk_glance(d, &POST_GZIP));		/* not open */
	entry_drop(disk_load(d, &POST_GZIP));
	gzip = disk_glance(d, &POST_GZIP);
	if (!gzip) {						/* a kernel without RWF_NOWAIT */
		disk_free(d);
		disk_free(other);
		skip();
	}
	check_form(gzip, e, true);
	assert_null(disk_glance(d, &POST));			/* would have to be unpacked */
	entry_drop(disk_load(d, &POST));
	plain = disk_glance(d, &POST);
	check_form(plain, e, false);
	disk_test_save(other, HOME, e);
	assert_null(disk_glance(d, &HOME_GZIP));		/* not read on so far */
	mark = gens_write_begin(p->gens, 7);
	assert_null(disk_glance(d, &POST_GZIP));
	gens_write_end(p->gens, 7, mark);
	cache_test_raise(p);
	assert_null(disk_glance(d, &POST_GZIP));
	assert_null(disk_glance(d, &POST));
	disk_free(d);
	disk_free(other);
}

static struct str body_of(const struct entry *e, bool gzip)
{
	return gzip ? e->gzip : e->plain;
}

enum { SITES = 300 };

/* Returns what there was. */
static struct rlimit few_descriptors(void)
{
	struct rlimit limit, low;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	low = limit;
	low.rlim_cur = 100;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	return limit;
}

/* More sites than may have their file open. */
static void sites_share_the_files_that_may_be_open(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	struct fail f = FAIL_INIT;
	struct rlimit limit = few_descriptors();
	struct disk *d = disk_test_new(*state);

	for (uint64_t i = 0; i < 3 * SITES; i++) {
		struct cache_key k = { i % SITES * 64 + 7, STR("/"), STR_NONE, i % 2 };
		CLEANUP(entry_dropp) struct entry *back = NULL;

		if (i < SITES)
			disk_test_save(d, k, e);
		back = disk_load(d, &k);
		assert_true(back && back->site == k.site);
		assert_str_eq(body_of(back, k.gzip), body_of(e, k.gzip));
		if (i % 7 == 0)
			assert_ok(disk_drop_site(d, k.site, &f), &f);
		if (i % 7 == 0)
			disk_test_save(d, k, e);
	}
	setrlimit(RLIMIT_NOFILE, &limit);
	disk_free(d);
}

static size_t glance_at_all(struct disk *d, const struct entry *e)
{
	size_t found = 0;

	for (uint64_t i = 0; i < SITES; i++) {
		struct cache_key k = { i * 4, STR("/"), STR_NONE, true };
		CLEANUP(entry_dropp) struct entry *back = disk_glance(d, &k);

		if (!back)
			continue;
		found++;
		assert_true(back->site == k.site);
		assert_str_eq(back->gzip, e->gzip);
	}
	return found;
}

/* Where its records lay is known still. */
static void a_loop_opens_what_was_closed_again(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	struct cache_key last = { (SITES - 1) * 4, STR("/"), STR_NONE, true };
	CLEANUP(entry_dropp) struct entry *there = NULL;
	struct fail f = FAIL_INIT;
	struct rlimit limit = few_descriptors();
	struct disk *d = disk_test_new(*state);

	for (uint64_t i = 0; i < SITES; i++) {
		struct cache_key k = { i * 4, STR("/"), STR_NONE, true };

		disk_test_save(d, k, e);
		entry_drop(disk_load(d, &k));
	}
	there = disk_glance(d, &last);
	if (there) {						/* else no RWF_NOWAIT */
		assert_int_equal(glance_at_all(d, e), SITES);
		assert_int_equal(glance_at_all(d, e), SITES);
		assert_ok(disk_drop_site(d, 4, &f), &f);
		assert_int_equal(glance_at_all(d, e), SITES - 1);
	}
	setrlimit(RLIMIT_NOFILE, &limit);
	disk_free(d);
}

enum { CROWD = 4, CROWD_TURNS = 600 };

struct crowd {
	struct disk *d;
	int sites;
	struct entry *page;
	atomic_int wrong;
};

/* Loops glance while workers save, load, read on, unpack and drop. */
static void use_disk(void *arg)
{
	struct crowd *x = arg;
	struct fail f = FAIL_INIT;
	char path[20];

	for (int i = 0; i < CROWD_TURNS; i++) {
		struct cache_key k = { (uint64_t)(i % x->sites), STR_NONE, STR_NONE, i % 2 };
		CLEANUP(entry_dropp) struct entry *e = NULL;

		snprintf(path, sizeof path, "/%d/", i % 17);
		k.path = str_of(path);
		e = disk_glance(x->d, &k);
		if (!e)
			e = disk_load(x->d, &k);
		if (!e && !disk_save(x->d, &k, x->page, &f))
			atomic_fetch_add(&x->wrong, 1);
		if (e && !str_eq(body_of(e, k.gzip), body_of(x->page, k.gzip)))
			atomic_fetch_add(&x->wrong, 1);
		if (i % 200 == 199 && !disk_drop_site(x->d, k.site, &f))
			atomic_fetch_add(&x->wrong, 1);
	}
}

static void use_by_many(struct place *p, int sites)
{
	struct crowd x = { disk_test_new(p), sites, .page = cache_test_page(p, LONG_TEXT) };
	struct thread *t[CROWD];
	struct fail f = FAIL_INIT;

	for (int i = 0; i < CROWD; i++)
		assert_ok(thread_start("crowd", use_disk, &x, &t[i], &f), &f);
	for (int i = 0; i < CROWD; i++)
		thread_join(t[i]);
	assert_int_equal(atomic_load(&x.wrong), 0);
	entry_drop(x.page);
	disk_free(x.d);
}

static void many_threads_share_what_is_open(void **state)
{
	use_by_many(*state, 3);
}

static void many_threads_open_again_what_others_closed(void **state)
{
	struct rlimit limit = few_descriptors();

	use_by_many(*state, 100);
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void pages_that_are_saved_together_are_found_when_they_are_written(void **state)
{
	struct disk *d = disk_test_new(*state);
	struct disk_batch *b = disk_batch_new(d, POST.site);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *tiny = cache_test_page(*state, STR("hi"));
	struct entry *back;
	struct fail f = FAIL_INIT;

	assert_true(disk_is_empty(d, POST.site));
	assert_ok(disk_batch_save(b, &POST, e, &f), &f);
	assert_ok(disk_batch_save(b, &HOME, tiny, &f), &f);
	assert_null(disk_load(d, &POST));
	assert_true(disk_is_empty(d, POST.site));
	assert_ok(disk_batch_end(b, &f), &f);
	assert_false(disk_is_empty(d, POST.site));
	back = disk_load_whole(d, &POST);
	assert_true(back && cache_test_same(e, back));
	entry_drop(back);
	back = disk_load_whole(d, &HOME);
	assert_true(back && cache_test_same(tiny, back));
	entry_drop(back);
	assert_ok(disk_batch_end(disk_batch_new(d, POST.site), &f), &f);
	disk_free(d);
}

static void a_stale_page_is_a_miss(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	uint64_t mark;

	disk_test_save(d, POST, e);
	mark = gens_write_begin(p->gens, 7);
	assert_null(disk_load_whole(d, &POST));
	gens_write_end(p->gens, 7, mark);
	entry_drop(e);
	e = disk_load_whole(d, &POST);
	assert_non_null(e);
	cache_test_raise(*state);
	assert_null(disk_load_whole(d, &POST));
	disk_free(d);
}

/* Two that share nothing but the folder, as two processes do. */
static void what_one_process_saves_another_finds(void **state)
{
	struct disk *d = disk_test_new(*state), *other = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *home = NULL, *post = NULL;

	assert_null(disk_load_whole(other, &HOME));
	disk_test_save(d, HOME, e);
	home = disk_load_whole(other, &HOME);
	assert_non_null(home);
	disk_test_save(other, FEED, e);
	disk_test_save(d, POST, e);
	post = disk_load_whole(other, &POST);
	assert_non_null(post);
	disk_free(d);
	disk_free(other);
}

static void the_last_of_a_key_counts(void **state)
{
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *old = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *new = NULL, *back = NULL;

	disk_test_save(d, HOME, old);
	cache_test_raise(*state);
	assert_null(disk_load_whole(d, &HOME));
	new = cache_test_page(*state, STR("short"));
	disk_test_save(d, HOME, new);
	back = disk_load_whole(d, &HOME);
	assert_non_null(back);
	assert_true(cache_test_same(back, new));
	disk_free(d);
}

static void a_dropped_site_leaves_others(void **state)
{
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *back = NULL;
	struct cache_key other = { 8, STR("/"), STR_NONE, false };
	struct fail f = FAIL_INIT;

	disk_test_save(d, HOME, e);
	disk_test_save(d, other, e);
	assert_ok(disk_drop_site(d, 7, &f), &f);
	assert_null(disk_load_whole(d, &HOME));
	back = disk_load_whole(d, &other);
	assert_non_null(back);
	assert_ok(disk_drop_all(d, &f), &f);
	assert_false(disk_test_has(*state, "08"));
	disk_free(d);
}

static uint64_t size_of(struct place *p)
{
	CLEANUP(buf_release) struct buf file = BUF(64 * MIB);
	char path[200];

	return file_read(disk_test_roll(p, path), &file, NULL) ? file.n : 0;
}

static void a_sweep_keeps_what_is_fresh(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_test_new(p);
	CLEANUP(entry_dropp) struct entry *old = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *new = NULL, *back = NULL;
	struct disk_count count;
	struct fail f = FAIL_INIT;

	disk_test_save(d, POST, old);
	disk_test_save(d, HOME, old);
	cache_test_raise(p);
	new = cache_test_page(p, LONG_TEXT);
	disk_test_save(d, FEED, new);
	assert_ok(disk_sweep(d, 7, &count, &f), &f);
	assert_int_equal(count.kept, 1);
	assert_int_equal(count.removed, 2);
	assert_int_equal(size_of(p), count.bytes);
	back = disk_load_whole(d, &FEED);
	assert_non_null(back);
	cache_test_raise(p);
	assert_ok(disk_sweep(d, 7, &count, &f), &f);
	assert_int_equal(count.kept, 0);
	assert_false(disk_test_has(p, ROLL_OF_7));
	assert_ok(disk_sweep(d, 99, &count, &f), &f);
	disk_free(d);
}

/* A page that is rendered again and again does not fill the disk. */
static void what_was_replaced_goes_by_itself(void **state)
{
	static char noise[64 * KIB];
	struct place *p = *state;
	struct disk *d = disk_test_new(p);
	CLEANUP(entry_dropp) struct entry *e = NULL, *small = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *back = NULL;

	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)('a' + (i * i * 31 + i / 7) % 23);
	e = cache_test_page(p, str_from(noise, sizeof noise));
	disk_test_save(d, HOME, small);
	for (int i = 0; i < 2000; i++) {
		disk_test_save(d, POST, e);
		entry_drop(disk_load_whole(d, &FEED));	/* whoever looks reads on */
	}
	assert_true(size_of(p) < 512 * KIB);
	back = disk_load_whole(d, &HOME);
	assert_non_null(back);
	disk_free(d);
}

int disk_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(what_was_saved_is_loaded_the_same),
		WITH_PLACE(a_reader_gets_the_form_that_he_asks_for),
		WITH_PLACE(a_loop_sees_what_needs_no_waiting),
		WITH_PLACE(sites_share_the_files_that_may_be_open),
		WITH_PLACE(a_loop_opens_what_was_closed_again),
		WITH_PLACE(many_threads_share_what_is_open),
		WITH_PLACE(many_threads_open_again_what_others_closed),
		WITH_PLACE(pages_that_are_saved_together_are_found_when_they_are_written),
		WITH_PLACE(a_stale_page_is_a_miss),
		WITH_PLACE(what_one_process_saves_another_finds),
		WITH_PLACE(the_last_of_a_key_counts),
		WITH_PLACE(a_dropped_site_leaves_others),
		WITH_PLACE(a_sweep_keeps_what_is_fresh),
		WITH_PLACE(what_was_replaced_goes_by_itself),
	};

	return cmocka_run_group_tests_name("cache/disk", tests, NULL, NULL);
}
