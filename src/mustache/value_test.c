/* value_test.c - values: what is put in is found, and addresses are harmless. */
#include "base/test.h"
#include "mustache/mustache_test.h"
#include "mustache/value.h"

static int arena_setup(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int arena_teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void a_map_finds_what_was_set_last(void **state)
{
	struct arena *a = *state;
	struct value *map = value_map(a);

	for (int i = 0; i < 1000; i++)
		value_set_str(map, arena_printf(a, "name_%d", i % 700), value_i64(a, i));
	assert_int_equal(value_length(map), 700);
	assert_str_eq(value_str(value_find(map, STR("name_5"))), STR("705"));
	assert_str_eq(value_str(value_find(map, STR("name_699"))), STR("699"));
	assert_null(value_find(map, STR("name_700")));
	assert_null(value_find(map, STR("")));
}

static void a_map_keeps_the_order_of_setting(void **state)
{
	struct value *map = value_map(*state);
	const struct value *v;
	struct str name;

	value_set_bool(map, "b", true);
	value_set_bool(map, "a", false);
	assert_true(value_entry(map, 0, &name, &v));
	assert_str_eq(name, STR("b"));
	assert_true(value_entry(map, 1, &name, &v));
	assert_str_eq(name, STR("a"));
	assert_false(value_entry(map, 2, &name, &v));
}

static int times_made;

static struct value *make_shape(void *env, const void *of, unsigned which)
{
	times_made++;
	return which == 1 ? NULL : value_i64(env, *(const int *)of + (int)which);
}

static const char *const shape_names[] = { "zero", "none", "two" };
static struct value_index shape_index;
static const struct value_shape shape = { shape_names, 3, make_shape, &shape_index };

static void a_shape_makes_what_is_asked_for_once(void **state)
{
	int ten = 10;
	struct value *map = value_shaped(*state, &shape, *state, &ten);

	times_made = 0;
	assert_int_equal(value_kind(map), VALUE_MAP);
	assert_null(value_find(map, STR("four")));
	assert_int_equal(times_made, 0);
	for (int i = 0; i < 2; i++) {
		assert_str_eq(value_str(value_find(map, STR("two"))), STR("12"));
		assert_null(value_find(map, STR("none")));
	}
	assert_int_equal(times_made, 2);
}

static void what_is_set_by_hand_goes_before_the_shape(void **state)
{
	int ten = 10;
	struct value *map = value_shaped(*state, &shape, *state, &ten);
	const struct value *v;
	struct str name;

	assert_int_equal(value_length(map), 2);
	value_set_text(map, "zero", STR("by hand"));
	value_set_text(map, "more", STR("more"));
	assert_str_eq(value_str(value_find(map, STR("zero"))), STR("by hand"));
	assert_str_eq(value_str(value_find(map, STR("more"))), STR("more"));
	assert_int_equal(value_length(map), 3);
	assert_true(value_entry(map, 0, &name, &v));
	assert_str_eq(name, STR("two"));
	assert_true(value_entry(map, 1, &name, &v));
	assert_str_eq(name, STR("zero"));
	assert_str_eq(value_str(v), STR("by hand"));
	assert_true(value_entry(map, 2, &name, &v));
	assert_str_eq(name, STR("more"));
	assert_false(value_entry(map, 3, &name, &v));
}

static void empty_things_are_false(void **state)
{
	struct arena *a = *state;
	struct value *list = value_list(a);

	assert_false(value_is_true(NULL));
	assert_false(value_is_true(value_none(a)));
	assert_false(value_is_true(value_bool(a, false)));
	assert_false(value_is_true(value_text(a, STR(""))));
	assert_false(value_is_true(list));
	value_list_add(list, value_none(a));
	assert_true(value_is_true(list));
	assert_true(value_is_true(value_map(a)));
	assert_true(value_is_true(value_text(a, STR("0"))));
}

static struct str url(struct arena *a, const char *s)
{
	return value_str(value_url(a, str_of(s)));
}

static void an_address_with_a_dangerous_scheme_leads_nowhere(void **state)
{
	struct arena *a = *state;

	assert_str_eq(url(a, "javascript:alert(1)"), STR("#"));
	assert_str_eq(url(a, " JaVaScRiPt:alert(1)"), STR("#"));
	assert_str_eq(url(a, "java\nscript:alert(1)"), STR("#"));
	assert_str_eq(url(a, "\001javascript:alert(1)"), STR("#"));
	assert_str_eq(url(a, "data:text/html,x"), STR("#"));
	assert_str_eq(url(a, ":x"), STR("#"));
}

static void a_harmless_address_stays_as_it_is(void **state)
{
	struct arena *a = *state;

	assert_str_eq(url(a, "https://a.example/b?c=d:e"), STR("https://a.example/b?c=d:e"));
	assert_str_eq(url(a, "MAILTO:a@b.example"), STR("MAILTO:a@b.example"));
	assert_str_eq(url(a, "/a:b"), STR("/a:b"));
	assert_str_eq(url(a, "a/b:c"), STR("a/b:c"));
	assert_str_eq(url(a, "?x"), STR("?x"));
	assert_str_eq(url(a, ""), STR(""));
	assert_str_eq(url(a, "javascript"), STR("./javascript"));
}

int value_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_map_finds_what_was_set_last, arena_setup,
						arena_teardown),
		cmocka_unit_test_setup_teardown(a_map_keeps_the_order_of_setting, arena_setup,
						arena_teardown),
		cmocka_unit_test_setup_teardown(a_shape_makes_what_is_asked_for_once, arena_setup,
						arena_teardown),
		cmocka_unit_test_setup_teardown(what_is_set_by_hand_goes_before_the_shape,
						arena_setup, arena_teardown),
		cmocka_unit_test_setup_teardown(empty_things_are_false, arena_setup,
						arena_teardown),
		cmocka_unit_test_setup_teardown(an_address_with_a_dangerous_scheme_leads_nowhere,
						arena_setup, arena_teardown),
		cmocka_unit_test_setup_teardown(a_harmless_address_stays_as_it_is, arena_setup,
						arena_teardown),
	};

	return cmocka_run_group_tests_name("mustache/value", tests, NULL, NULL);
}
