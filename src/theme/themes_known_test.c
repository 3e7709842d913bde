/* themes_known_test.c - themes of which it is known that they load: they wait until asked for. */
#include <stdatomic.h>
#include "base/folder_test.h"
#include "theme/theme_test.h"
#include "theme/themes.h"
#include "work/thread.h"

/* A folder with the theme "bold" beside the default one, opened twice: bold waits. */
struct known {
	struct arena *a;
	const char *folders[2];
	struct themes_config config;
	struct themes *ts;
	atomic_int others;
	struct fail f;
};

static void put(struct known *k, const char *name, const char *text)
{
	folder_test_put(k->a, k->folders[0], name, text);
}

static void name_bold(struct known *k, const char *name)
{
	put(k, "bold/theme.ini", arena_printf(k->a, "[theme]\nname = %s\napi = 1\n", name).p);
}

static void note_other(void *arg, struct str id)
{
	struct known *k = arg;

	assert_str_eq(id, STR("bold"));
	k->others++;
}

static void open_again(struct known *k)
{
	themes_close(k->ts);
	k->ts = NULL;
	assert_ok(themes_open(&k->config, &k->ts, &k->f), &k->f);
}

static void begin(struct known *k)
{
	*k = (struct known){ .a = arena_new(0), .f = FAIL_INIT };
	k->folders[0] = folder_test_new(k->a);
	k->folders[1] = folder_test_source(k->a, "tests/data/themes");
	k->config = (struct themes_config){
		.folders = k->folders, .n_folders = 2, .default_id = "tiny",
		.cache = path_join(k->a, k->folders[0], STR(".cache")),
		.other = note_other, .arg = k,
	};
	name_bold(k, "First");
	open_again(k);
	open_again(k);
}

static void end(struct known *k)
{
	themes_close(k->ts);
	arena_free(k->a);
}

static struct themes_stamp stamp_of_bold(struct known *k)
{
	size_t n;
	struct themes_stamp *all = themes_stamps(k->a, k->ts, &n);

	assert_true(n >= 2);
	assert_str_eq(all[0].id, STR("bold"));
	return all[0];
}

static void assert_bold_is(struct known *k, const char *name)
{
	CLEANUP(theme_unrefp) struct theme *t = themes_find(k->ts, STR("bold"));
	struct themes_stamp stamp = stamp_of_bold(k);

	assert_non_null(t);
	assert_str_eq(theme_manifest(t)->name, str_of(name));
	assert_true(stamp.works);
	assert_memory_equal(&stamp.digest, theme_digest(t), sizeof stamp.digest);
}

static void a_theme_that_is_known_to_load_waits_until_it_is_asked_for(void **state)
{
	struct themes_stamp before, after;
	struct known k;

	(void)state;
	begin(&k);
	before = stamp_of_bold(&k);
	assert_true(before.works);
	assert_false(themes_reload(k.ts));
	assert_bold_is(&k, "First");
	after = stamp_of_bold(&k);
	assert_memory_equal(&after.digest, &before.digest, sizeof before.digest);
	assert_int_equal(k.others, 0);
	open_again(&k);
	name_bold(&k, "The second");
	assert_bold_is(&k, "The second");	/* opening had not loaded it */
	assert_int_equal(k.others, 1);
	assert_false(themes_reload(k.ts));
	open_again(&k);
	name_bold(&k, "And the third");
	assert_true(themes_reload(k.ts));
	assert_bold_is(&k, "And the third");
	assert_int_equal(k.others, 1);
	end(&k);
}

static void a_theme_that_waited_and_does_not_load_is_told(void **state)
{
	struct known k;
	size_t n;

	(void)state;
	begin(&k);
	put(&k, "bold/theme.ini", "nonsense");
	assert_true(stamp_of_bold(&k).works);
	assert_null(themes_find(k.ts, STR("bold")));
	assert_int_equal(k.others, 1);
	assert_false(stamp_of_bold(&k).works);
	assert_true(themes_all(k.a, k.ts, &n)[0].error.n > 0);
	open_again(&k);
	assert_false(stamp_of_bold(&k).works);	/* it is known no more, so it was tried */
	name_bold(&k, "Whole");
	assert_true(themes_reload(k.ts));
	open_again(&k);
	assert_true(stamp_of_bold(&k).works);
	put(&k, "bold/theme.ini", "nonsense once more");
	assert_true(themes_reload(k.ts));	/* it was said to work, and is none now */
	assert_null(themes_find(k.ts, STR("bold")));
	assert_int_equal(k.others, 1);
	end(&k);
}

static void a_theme_that_is_trusted_since_is_not_known(void **state)
{
	struct themes_entry *all;
	struct known k;
	size_t n;

	(void)state;
	begin(&k);
	k.config.trusted = STR("bold");
	open_again(&k);
	name_bold(&k, "Later");
	all = themes_all(k.a, k.ts, &n);
	assert_str_eq(theme_manifest(all[0].theme)->name, STR("First"));
	assert_true(theme_is_trusted(all[0].theme));
	end(&k);
}

static void all_are_loaded_for_who_lists_them(void **state)
{
	struct known k;

	(void)state;
	begin(&k);
	themes_load(k.ts);
	name_bold(&k, "Later");
	assert_bold_is(&k, "First");
	end(&k);
}

static void find_bold(void *arg)
{
	struct known *k = arg;
	CLEANUP(theme_unrefp) struct theme *t = themes_find(k->ts, STR("bold"));

	assert_non_null(t);
}

static void many_ask_at_once_for_a_theme_that_waits_and_others_what_it_is(void **state)
{
	struct known k;

	(void)state;
	begin(&k);
	for (int round = 0; round < 10; round++) {
		struct thread *threads[4];

		open_again(&k);
		for (size_t i = 0; i < ARRAY_LEN(threads); i++)
			assert_ok(thread_start("asks", find_bold, &k, &threads[i], &k.f), &k.f);
		assert_true(stamp_of_bold(&k).works);
		assert_false(themes_reload(k.ts));
		for (size_t i = 0; i < ARRAY_LEN(threads); i++)
			thread_join(threads[i]);
	}
	assert_int_equal(k.others, 0);
	end(&k);
}

int themes_known_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_theme_that_is_known_to_load_waits_until_it_is_asked_for),
		cmocka_unit_test(a_theme_that_waited_and_does_not_load_is_told),
		cmocka_unit_test(a_theme_that_is_trusted_since_is_not_known),
		cmocka_unit_test(all_are_loaded_for_who_lists_them),
		cmocka_unit_test(many_ask_at_once_for_a_theme_that_waits_and_others_what_it_is),
	};

	return cmocka_run_group_tests_name("theme/known", tests, NULL, NULL);
}
