/* statics_test.c - pages as files for other servers: their names, and which are still true. */
#include "cache/cache_test.h"

#include <stdio.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "cache/statics.h"
#include "gz/gz.h"

#define WORDS "rain and snow and rain and snow and rain and snow and "
#define LONG_TEXT STR(WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS)

static const struct cache_key POST = { 7, STR_INIT("/2031/rain/"), STR_INIT(""), false };
static const struct cache_key FEED = { 7, STR_INIT("/feed.xml"), STR_INIT(""), false };

static struct statics statics_of(struct place *p)
{
	return (struct statics){ p->cache_dir, p->gens };
}

static void save(const struct statics *st, struct cache_key k, const struct entry *e)
{
	struct fail f = FAIL_INIT;

	assert_ok(statics_save(st, &k, e, &f), &f);
}

static bool is_there(const struct statics *st, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", st->dir, name);
	return file_exists(path);
}

static void the_files_are_where_a_static_server_looks(void **state)
{
	const struct statics st = statics_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf gz = BUF(MIB), plain = BUF(MIB);
	struct fail f = FAIL_INIT;
	char path[200];

	save(&st, POST, e);
	save(&st, FEED, e);
	assert_true(is_there(&st, "7/2031/rain/index.html"));
	assert_true(is_there(&st, "7/feed.xml"));
	assert_true(is_there(&st, "7/feed.xml.gz"));
	snprintf(path, sizeof path, "%s/7/2031/rain/index.html.gz", st.dir);
	assert_ok(file_read(path, &gz, &f), &f);
	assert_ok(gz_read(buf_str(&gz), &plain, &f), &f);
	assert_str_eq(buf_str(&plain), e->plain);
}

static void a_file_counts_while_what_it_shows_is_unchanged(void **state)
{
	const struct statics st = statics_of(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	struct fail f = FAIL_INIT;
	char path[200];

	assert_false(statics_has(&st, &POST));
	save(&st, POST, e);
	assert_true(statics_has(&st, &POST));
	snprintf(path, sizeof path, "%s/7/2031/rain/index.html", st.dir);
	assert_ok(file_remove(path, &f), &f);
	assert_false(statics_has(&st, &POST));
	save(&st, POST, e);
	cache_test_raise(*state);
	assert_false(statics_has(&st, &POST));
	assert_ok(statics_drop_site(&st, 7, &f), &f);
	assert_false(is_there(&st, "7"));
	assert_ok(statics_drop_all(&st, &f), &f);
}

static void a_sweep_keeps_what_is_fresh(void **state)
{
	struct place *p = *state;
	const struct statics st = statics_of(p);
	CLEANUP(entry_dropp) struct entry *old = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *new = NULL;
	struct fail f = FAIL_INIT;
	uint64_t removed;

	save(&st, POST, old);
	cache_test_raise(p);
	new = cache_test_page(p, LONG_TEXT);
	save(&st, FEED, new);
	assert_ok(statics_sweep(&st, 7, &removed, &f), &f);
	assert_true(removed > 0);
	assert_true(is_there(&st, "7/feed.xml"));
	assert_true(is_there(&st, "7/feed.xml.gz"));
	assert_false(is_there(&st, "7/2031"));
	assert_ok(statics_sweep(&st, 99, NULL, &f), &f);
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
		struct cache_key k = { 7, str_of(cases[i].path), STR_NONE, false };

		assert_true(statics_name(&k, &b));
		assert_str_eq(buf_str(&b), str_of(cases[i].name));
	}
}

static void a_language_has_its_own_name(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(4000), none = BUF(4000);
	struct cache_key k = { 7, STR("/a/"), STR("fr"), false };
	struct cache_key bad = { 7, STR("/a/"), STR("../fr"), false };

	(void)state;
	assert_true(statics_name(&k, &b));
	assert_str_eq(buf_str(&b), STR("7/a/index.html%~fr"));
	assert_false(statics_name(&bad, &none));
}

static void some_paths_have_no_name(void **state)
{
	static const char *const none[] = { "", "a", "//", "/a//b",
		"/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		CLEANUP(buf_release) struct buf b = BUF(4000);
		struct cache_key k = { 7, str_of(none[i]), STR_NONE, false };

		assert_false(statics_name(&k, &b));
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
		struct cache_key k = { 7, { path, 5 }, STR_NONE, false };

		for (int at = 0, v = i; at < 4; at++, v /= 9)
			path[at + 1] = bytes[v % 9];
		if (!statics_name(&k, &b))
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
	struct cache_key k = { 7, { path, 1000 }, STR_NONE, false };

	(void)state;
	memset(path, '?', sizeof path);
	path[0] = '/';
	assert_true(statics_name(&k, &a));
	assert_true(a.n < 200);
	path[900] = 'x';
	assert_true(statics_name(&k, &b));
	assert_false(str_eq(buf_str(&a), buf_str(&b)));
}

int statics_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(the_files_are_where_a_static_server_looks),
		WITH_PLACE(a_file_counts_while_what_it_shows_is_unchanged),
		WITH_PLACE(a_sweep_keeps_what_is_fresh),
		cmocka_unit_test(names_are_kept_readable),
		cmocka_unit_test(a_language_has_its_own_name),
		cmocka_unit_test(some_paths_have_no_name),
		cmocka_unit_test(different_paths_have_different_names),
		cmocka_unit_test(long_names_fit_and_differ),
	};

	return cmocka_run_group_tests_name("cache/statics", tests, NULL, NULL);
}
