/* disk_test.c - finished pages as files: written, read back, swept, and gone at any moment. */
#include "cache/cache_test.h"

#include <stdio.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "gz/gz.h"

#define WORDS "rain and snow and rain and snow and rain and snow and "
#define LONG_TEXT STR(WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS)

static struct disk *disk_of(struct place *p)
{
	return disk_new(p->cache_dir, p->gens);
}

static void save(struct disk *d, struct cache_key k, const struct entry *e)
{
	struct fail f = FAIL_INIT;

	assert_ok(disk_save(d, &k, e, &f), &f);
}

static bool is_there(struct place *p, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", p->cache_dir, name);
	return file_exists(path);
}

static const struct cache_key HOME = { 7, STR_INIT("/"), STR_INIT("") };
static const struct cache_key POST = { 7, STR_INIT("/2031/rain/"), STR_INIT("") };
static const struct cache_key FEED = { 7, STR_INIT("/feed.xml"), STR_INIT("") };

static void what_was_saved_is_loaded_the_same(void **state)
{
	struct disk *d = disk_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *tiny = cache_test_page(*state, STR("hi"));
	CLEANUP(entry_dropp) struct entry *back = NULL, *tiny_back = NULL;

	save(d, POST, e);
	save(d, HOME, tiny);
	back = disk_load(d, &POST);
	assert_non_null(back);
	assert_true(cache_test_same(e, back));
	tiny_back = disk_load(d, &HOME);
	assert_non_null(tiny_back);
	assert_true(cache_test_same(tiny, tiny_back));
	disk_free(d);
}

static void the_files_are_where_a_static_server_looks(void **state)
{
	struct disk *d = disk_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf gz = BUF(MIB), plain = BUF(MIB);
	struct fail f = FAIL_INIT;
	char path[200];

	save(d, POST, e);
	save(d, FEED, e);
	assert_true(is_there(*state, "7/2031/rain/index.html"));
	assert_true(is_there(*state, "7/feed.xml"));
	assert_true(is_there(*state, "7/feed.xml.gz"));
	snprintf(path, sizeof path, "%s/7/2031/rain/index.html.gz",
		 ((struct place *)*state)->cache_dir);
	assert_ok(file_read(path, &gz, &f), &f);
	assert_ok(gz_read(buf_str(&gz), &plain, &f), &f);
	assert_str_eq(buf_str(&plain), e->plain);
	disk_free(d);
}

static void a_stale_page_is_a_miss(void **state)
{
	struct disk *d = disk_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);

	save(d, POST, e);
	gens_write_begin(((struct place *)*state)->gens, 7);
	assert_null(disk_load(d, &POST));
	gens_write_end(((struct place *)*state)->gens, 7);
	entry_drop(e);
	e = disk_load(d, &POST);
	assert_non_null(e);
	cache_test_raise(*state);
	assert_null(disk_load(d, &POST));
	disk_free(d);
}

/* Every length it can be cut to, and one bit changed at every place. */
static void a_torn_or_changed_file_is_a_miss(void **state)
{
	struct disk *d = disk_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf gz = BUF(MIB);
	struct fail f = FAIL_INIT;
	char path[200];

	save(d, HOME, e);
	snprintf(path, sizeof path, "%s/7/index.html.gz", ((struct place *)*state)->cache_dir);
	assert_ok(file_read(path, &gz, &f), &f);
	for (size_t i = 0; i < gz.n; i += 3) {
		struct entry *back;

		assert_ok(file_write(path, str_from(gz.p, i), false, &f), &f);
		assert_null(disk_load(d, &HOME));
		gz.p[i] ^= 4;
		assert_ok(file_write(path, buf_str(&gz), false, &f), &f);
		back = disk_load(d, &HOME);
		/* gzip does not look at its time and system bytes, and nor do we. */
		assert_true(!back || cache_test_same(back, e) || (i >= 4 && i < 10));
		entry_drop(back);
		gz.p[i] ^= 4;
	}
	disk_free(d);
}

static void a_file_of_another_key_is_a_miss(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_of(p);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	char from[200], to[200];
	struct fail f = FAIL_INIT;

	save(d, FEED, e);
	snprintf(from, sizeof from, "%s/7/feed.xml.gz", p->cache_dir);
	snprintf(to, sizeof to, "%s/7/index.html.gz", p->cache_dir);
	assert_ok(file_copy(from, to, &f), &f);
	assert_null(disk_load(d, &HOME));
	disk_free(d);
}

static void the_folder_may_vanish_at_any_moment(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_of(p);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *back = NULL;
	struct fail f = FAIL_INIT;

	assert_null(disk_load(d, &POST));
	assert_ok(disk_drop_site(d, 7, &f), &f);
	assert_ok(disk_drop_all(d, &f), &f);
	save(d, POST, e);
	assert_ok(dir_remove(p->cache_dir, &f), &f);
	assert_null(disk_load(d, &POST));
	save(d, POST, e);
	back = disk_load(d, &POST);
	assert_non_null(back);
	disk_remove(d, &POST);
	assert_null(disk_load(d, &POST));
	disk_free(d);
}

static void a_dropped_site_leaves_others(void **state)
{
	struct disk *d = disk_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *back = NULL;
	struct cache_key other = { 8, STR("/"), STR_NONE };
	struct fail f = FAIL_INIT;

	save(d, HOME, e);
	save(d, other, e);
	assert_ok(disk_drop_site(d, 7, &f), &f);
	assert_null(disk_load(d, &HOME));
	back = disk_load(d, &other);
	assert_non_null(back);
	assert_ok(disk_drop_all(d, &f), &f);
	assert_false(is_there(*state, "8"));
	disk_free(d);
}

static void a_sweep_keeps_what_is_fresh(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_of(p);
	CLEANUP(entry_dropp) struct entry *old = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *new = NULL;
	struct disk_count count;
	struct fail f = FAIL_INIT;

	save(d, POST, old);
	cache_test_raise(p);
	new = cache_test_page(p, LONG_TEXT);
	save(d, FEED, new);
	assert_ok(disk_sweep(d, 7, &count, &f), &f);
	assert_int_equal(count.kept, 1);
	assert_true(is_there(p, "7/feed.xml"));
	assert_true(is_there(p, "7/feed.xml.gz"));
	assert_false(is_there(p, "7/2031"));
	assert_ok(disk_sweep(d, 99, &count, &f), &f);
	disk_free(d);
}

static void names_are_kept_readable(void **state)
{
	static const struct { const char *path, *name; } cases[] = {
		{ "/", "7/index.html" },
		{ "/a/b/", "7/a/b/index.html" },
		{ "/a/b", "7/a/b" },
		{ "/\xc3\xa9t\xc3\xa9/", "7/\xc3\xa9t\xc3\xa9/index.html" },
		{ "/100%", "7/100%25" },
		{ "/.well-known/x", "7/%2Ewell-known/x" },
		{ "/../x", "7/%2E./x" },
		{ "/a.gz", "7/a%2Egz" },
		{ "/index.html", "7/%69ndex.html" },
		{ "/a~", "7/a%7E" },
		{ "/search/?page=2", "7/search/%3Fpage=2" },
		{ "/a\\b\n", "7/a%5Cb%0A" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_release) struct buf b = BUF(4000);
		struct cache_key k = { 7, str_of(cases[i].path), STR_NONE };

		assert_true(disk_name(&k, &b));
		assert_str_eq(buf_str(&b), str_of(cases[i].name));
	}
}

static void a_language_has_its_own_name(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(4000), none = BUF(4000);
	struct cache_key k = { 7, STR("/a/"), STR("fr") }, bad = { 7, STR("/a/"), STR("../fr") };

	(void)state;
	assert_true(disk_name(&k, &b));
	assert_str_eq(buf_str(&b), STR("7/a/index.html%~fr"));
	assert_false(disk_name(&bad, &none));
}

static void some_paths_have_no_name(void **state)
{
	static const char *const none[] = { "", "a", "//", "/a//b",
		"/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		CLEANUP(buf_release) struct buf b = BUF(4000);
		struct cache_key k = { 7, str_of(none[i]), STR_NONE };

		assert_false(disk_name(&k, &b));
	}
}

/* Short paths of the bytes that mean something, all of them: no two share a name, also not
 * with the .gz of another. */
static void different_paths_have_different_names(void **state)
{
	static const char bytes[] = "/.%~-gz2E";
	struct map *names = map_new();
	int n = 0;

	(void)state;
	for (int i = 0; i < 9 * 9 * 9 * 9; i++) {
		CLEANUP(buf_release) struct buf b = BUF(4000);
		char path[8] = "/";
		struct cache_key k = { 7, { path, 5 }, STR_NONE };

		for (int at = 0, v = i; at < 4; at++, v /= 9)
			path[at + 1] = bytes[v % 9];
		if (!disk_name(&k, &b))
			continue;
		assert_null(map_put(names, buf_str(&b), &n));
		buf_adds(&b, ".gz");
		assert_null(map_put(names, buf_str(&b), &n));
		n++;
	}
	assert_true(n > 1000);
	map_free(names, NULL);
}

static void long_names_fit_and_differ(void **state)
{
	static char path[2000];
	CLEANUP(buf_release) struct buf a = BUF(4000), b = BUF(4000);
	struct cache_key k = { 7, { path, 1000 }, STR_NONE };

	(void)state;
	memset(path, '?', sizeof path);
	path[0] = '/';
	assert_true(disk_name(&k, &a));
	assert_true(a.n < 200);
	path[900] = 'x';
	assert_true(disk_name(&k, &b));
	assert_false(str_eq(buf_str(&a), buf_str(&b)));
}

int disk_tests(void);

int disk_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(what_was_saved_is_loaded_the_same),
		WITH_PLACE(the_files_are_where_a_static_server_looks),
		WITH_PLACE(a_stale_page_is_a_miss),
		WITH_PLACE(a_torn_or_changed_file_is_a_miss),
		WITH_PLACE(a_file_of_another_key_is_a_miss),
		WITH_PLACE(the_folder_may_vanish_at_any_moment),
		WITH_PLACE(a_dropped_site_leaves_others),
		WITH_PLACE(a_sweep_keeps_what_is_fresh),
		cmocka_unit_test(names_are_kept_readable),
		cmocka_unit_test(a_language_has_its_own_name),
		cmocka_unit_test(some_paths_have_no_name),
		cmocka_unit_test(different_paths_have_different_names),
		cmocka_unit_test(long_names_fit_and_differ),
	};

	return cmocka_run_group_tests_name("cache/disk", tests, NULL, NULL);
}
