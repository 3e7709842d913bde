/* memo_test.c - what is said again is what was kept, under its own key only. */
#include <string.h>
#include "base/test.h"
#include "unicode/memo.h"
#include "unicode/unicode_test.h"

static void a_kept_text_is_found_under_its_whole_key(void **state)
{
	struct arena *a = *state;
	const struct memo_key key = { MEMO_NAME, 7, STR("de"), STR("fr") };
	struct memo_key other = key;
	struct str found;

	memo_keep(&key, STR("allemand"));
	assert_true(memo_find(a, &key, &found));
	assert_str_eq(found, STR("allemand"));
	other.number = 8;
	assert_false(memo_find(a, &other, &found));
	other = key;
	other.kind = MEMO_TITLE;
	assert_false(memo_find(a, &other, &found));
	other = key;
	other.lang = STR("d");			/* the same letters, parted otherwise */
	other.in = STR("efr");
	assert_false(memo_find(a, &other, &found));
}

static void a_text_that_is_too_long_is_not_kept(void **state)
{
	const struct memo_key key = { MEMO_NAME, 9, STR("de"), STR("fr") };
	char text[200];
	struct str found;

	memset(text, 'x', sizeof text);
	memo_keep(&key, str_from(text, sizeof text));
	assert_false(memo_find(*state, &key, &found));
}

static void a_place_serves_the_text_that_came_last(void **state)
{
	struct memo_key key = { MEMO_DATE, 0, STR("en"), STR("") };
	struct str found;

	for (key.number = 0; key.number < 100000; key.number++) {
		struct str text = arena_printf(*state, "%d", (int)key.number);

		memo_keep(&key, text);
		assert_true(memo_find(*state, &key, &found));
		assert_str_eq(found, text);
	}
}

int memo_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_kept_text_is_found_under_its_whole_key,
						test_arena_make, test_arena_free),
		cmocka_unit_test_setup_teardown(a_text_that_is_too_long_is_not_kept,
						test_arena_make, test_arena_free),
		cmocka_unit_test_setup_teardown(a_place_serves_the_text_that_came_last,
						test_arena_make, test_arena_free),
	};

	return cmocka_run_group_tests_name("memo", tests, NULL, NULL);
}
