/* sheet_cache_test.c - compiled stylesheets are kept, and go again. */
#include <fcntl.h>
#include <sys/stat.h>
#include "base/date.h"
#include "base/folder_test.h"
#include "base/limits.h"
#include "theme/sheet_cache.h"
#include "theme/theme_test.h"

static void a_stylesheet_is_compiled_once_and_again_when_damaged(void **state)
{
	struct digest d = digest_of(STR("kept{a:b}"));
	char hex[DIGEST_HEX_LEN + 1];
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL, *again = NULL;
	const char *cache = path_join(a, folder_test_new(a), STR("cache"));
	struct theme_source source = { .n_dirs = 1, .cache = cache };
	struct fail f = FAIL_INIT;
	struct dir_entry *e;
	size_t n;
	bool current;

	(void)state;
	source.dirs[0] = folder_test_source(a, "tests/data/themes/tiny");
	assert_ok(theme_load(&source, &t, &f), &f);
	assert_ok(dir_list(a, cache, &e, &n, &f), &f);
	assert_int_equal(n, 1);
	digest_hex(&d, hex);
	folder_test_put(a, cache, e[0].name, arena_printf(a, "%s\nkept{a:b}", hex).p);
	assert_ok(theme_load(&source, &again, &f), &f);
	assert_str_eq(theme_asset(again, STR("0/style.css"), &current)->bytes, STR("kept{a:b}"));
	folder_test_put(a, cache, e[0].name, arena_printf(a, "%s\nkept{a:B}", hex).p);
	theme_unref(again);
	assert_ok(theme_load(&source, &again, &f), &f);
	assert_str_eq(theme_asset(again, STR("0/style.css"), &current)->bytes,
		      theme_asset(t, STR("0/style.css"), &current)->bytes);
}

static void make_old(struct arena *a, const char *dir, const char *name)
{
	const struct timespec month_ago = { .tv_sec = date_now() - 31 * 86400 };
	const struct timespec times[2] = { month_ago, month_ago };

	assert_int_equal(utimensat(AT_FDCWD, path_join(a, dir, str_of(name)), times, 0), 0);
}

static void stylesheets_that_nobody_wants_any_more_go(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(KIB);
	const char *cache = path_join(a, folder_test_new(a), STR("cache"));
	const char *wanted = sheet_cache_path(a, cache, STR("wanted"));
	const char *other = sheet_cache_path(a, cache, STR("other"));
	static const char *const left[] = { "known", "0123456789abcdef0123456789abcdef.css",
					    "0123456789abcdef0123456789abcdef.css.0123abcd~",
					    "00000000000000000000000000000000.css" };

	(void)state;
	sheet_cache_keep(cache, wanted, STR("a{b:c}"));
	make_old(a, cache, path_name(str_of(wanted)).p);
	for (size_t i = 0; i < ARRAY_LEN(left); i++) {
		folder_test_put(a, cache, left[i], "x");
		if (i < 3)
			make_old(a, cache, left[i]);
	}
	assert_true(sheet_cache_read(wanted, &out));
	sheet_cache_keep(cache, other, STR("d{e:f}"));
	assert_true(file_exists(wanted) && file_exists(other));
	for (size_t i = 0; i < ARRAY_LEN(left); i++)
		assert_int_equal(file_exists(path_join(a, cache, str_of(left[i]))),
				 i == 0 || i == 3);
}

int sheet_cache_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stylesheet_is_compiled_once_and_again_when_damaged),
		cmocka_unit_test(stylesheets_that_nobody_wants_any_more_go),
	};

	return cmocka_run_group_tests_name("theme/sheet_cache", tests, NULL, NULL);
}
