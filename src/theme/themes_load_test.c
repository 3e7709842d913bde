/* themes_load_test.c - the registry of themes, and what happens when their files change. */
#include <stdlib.h>
#include <unistd.h>
#include "base/folder_test.h"
#include "theme/theme_test.h"
#include "theme/themes.h"
#include "work/thread.h"

static void a_broken_theme_does_not_replace_a_working_one(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a), *one[] = { folder };
	struct themes_config config = { .folders = one, .n_folders = 1, .default_id = "tiny" };
	struct themes *ts;
	struct themes_entry *all;
	struct theme *before, *after;
	struct fail f = FAIL_INIT;
	size_t n;

	(void)state;
	folder_test_copy(a, folder_test_source(a, "tests/data/themes/tiny"),
			 path_join(a, folder, STR("tiny")));
	assert_ok(themes_open(&config, &ts, &f), &f);
	assert_false(themes_reload(ts));
	before = themes_find(ts, STR("tiny"));
	folder_test_put(a, folder, "tiny/templates/post.html", "{{#a}}");
	assert_false(themes_reload(ts));
	after = themes_find(ts, STR("tiny"));
	assert_ptr_equal(before, after);
	all = themes_all(a, ts, &n);
	assert_int_equal(n, 1);
	assert_str_eq(all[0].error, STR("tiny/templates/post.html:1:1: {{#a}} is never closed by"
					" {{/a}}"));
	theme_unref(after);
	folder_test_put(a, folder, "tiny/templates/post.html", "fine");
	assert_true(themes_reload(ts));
	after = themes_find(ts, STR("tiny"));
	assert_ptr_not_equal(before, after);
	theme_unref(before);
	theme_unref(after);
	themes_close(ts);
}

static void a_theme_dropped_in_is_found(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a);
	const char *two[] = { folder, folder_test_source(a, "tests/data/themes") };
	struct themes_config config = { .folders = two, .n_folders = 2, .default_id = "tiny" };
	struct themes *ts;
	struct theme *t;
	struct fail f = FAIL_INIT;
	size_t n;

	(void)state;
	assert_ok(themes_open(&config, &ts, &f), &f);
	assert_null(themes_find(ts, STR("guest")));
	folder_test_put(a, folder, "guest/theme.ini", "[theme]\nname = Guest\napi = 1\n");
	folder_test_put(a, folder, "guest/templates/list.html", "only this");
	assert_true(themes_reload(ts));
	assert_str_eq(themes_all(a, ts, &n)[0].error, STR(""));
	assert_int_equal(n, 3);
	t = themes_find(ts, STR("guest"));
	assert_non_null(t);
	assert_str_eq(theme_test_render(a, t, "list", NULL), STR("only this"));
	assert_non_null(theme_template(t, STR("card")));
	theme_unref(t);
	themes_close(ts);
}

static void read_much(void *ts)
{
	for (int i = 0; i < 300; i++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		CLEANUP(theme_unrefp) struct theme *t = themes_find(ts, STR("tiny"));

		theme_test_render(a, t, "post", value_map(a));
	}
}

static void a_theme_is_read_by_many_while_it_changes(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a), *one[] = { folder };
	struct themes_config config = { .folders = one, .n_folders = 1, .default_id = "tiny" };
	struct thread *threads[3];
	struct themes *ts;
	struct fail f = FAIL_INIT;

	(void)state;
	folder_test_copy(a, folder_test_source(a, "tests/data/themes/tiny"),
			 path_join(a, folder, STR("tiny")));
	assert_ok(themes_open(&config, &ts, &f), &f);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		assert_ok(thread_start("reader", read_much, ts, &threads[i], &f), &f);
	for (int i = 0; i < 5; i++) {
		folder_test_put(a, folder, "tiny/templates/post.html",
				i % 2 ? "{{>card}}" : "{{title}}");
		assert_true(themes_reload(ts));
	}
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		thread_join(threads[i]);
	themes_close(ts);
}

static void themes_whose_ids_are_listed_are_trusted_and_no_others(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a);
	const char *two[] = { folder, folder_test_source(a, "tests/data/themes") };
	struct themes_config config = { .folders = two, .n_folders = 2, .default_id = "tiny",
					.trusted = STR("other, bold") };
	struct theme *bold;
	struct themes *ts;
	struct fail f = FAIL_INIT;

	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *dir = path_join(a, folder, i ? STR("bold") : STR("bol"));

		folder_test_put(a, dir, "theme.ini", "[theme]\nname = Bold\napi = 1\n");
		folder_test_put(a, dir, "assets/bold.js", "run();");
	}
	assert_ok(themes_open(&config, &ts, &f), &f);
	bold = themes_find(ts, STR("bold"));
	assert_non_null(bold);
	assert_true(theme_is_trusted(bold));
	assert_null(themes_find(ts, STR("bol")));
	assert_fails(themes_try(ts, path_join(a, folder, STR("bol")), &bold, &f), &f,
		     FAIL_FORBIDDEN);
	theme_unref(bold);
	themes_close(ts);
}

static void without_the_default_theme_nothing_opens(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *one[] = { folder_test_new(a) };
	struct themes_config config = { .folders = one, .n_folders = 1, .default_id = "tiny" };
	struct themes *ts;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(themes_open(&config, &ts, &f), &f, FAIL_NOT_FOUND);
	assert_non_null(strstr(f.text, one[0]));
	assert_non_null(strstr(f.text, "HAMEAU_SHARE"));
	folder_test_put(a, one[0], "tiny/theme.ini", "[theme]\nparent = tiny\napi = 1\nname = x\n");
	assert_fails(themes_open(&config, &ts, &f), &f, FAIL_INVALID);
}

int themes_load_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_broken_theme_does_not_replace_a_working_one),
		cmocka_unit_test(a_theme_dropped_in_is_found),
		cmocka_unit_test(a_theme_is_read_by_many_while_it_changes),
		cmocka_unit_test(themes_whose_ids_are_listed_are_trusted_and_no_others),
		cmocka_unit_test(without_the_default_theme_nothing_opens),
	};

	return cmocka_run_group_tests_name("theme/themes_load", tests, NULL, NULL);
}
