/* route_test.c - patterns and paths; runs all unit tests of web/. */
#include "base/test.h"
#include "web/route.h"

static struct str args[CTX_ARGS];

static bool fits(const char *pattern, const char *path)
{
	memset(args, 0, sizeof args);
	return route_match(pattern, str_of(path), args);
}

static void a_plain_pattern_is_that_path_alone(void **state)
{
	(void)state;
	assert_true(fits("/", "/"));
	assert_true(fits("/tags/", "/tags/"));
	assert_false(fits("/tags/", "/tags"));
	assert_false(fits("/tags", "/tags/"));
	assert_false(fits("/tags/", "/tags/rain/"));
	assert_false(fits("/", "/x"));
	assert_false(fits("/Tags/", "/tags/"));
}

static void a_name_catches_one_segment(void **state)
{
	(void)state;
	assert_true(fits("/tag/:tag/page/:number/", "/tag/rain/page/7/"));
	assert_str_eq(args[0], STR("rain"));
	assert_str_eq(args[1], STR("7"));
	assert_false(fits("/tag/:tag/", "/tag//"));
	assert_false(fits("/tag/:tag/", "/tag/a/b/"));
	assert_true(fits("/:slug", "/rain"));
	assert_false(fits("/:slug", "/"));
}

static void a_star_catches_the_rest_with_its_slashes(void **state)
{
	(void)state;
	assert_true(fits("/files/*", "/files/a/b.txt"));
	assert_str_eq(args[0], STR("a/b.txt"));
	assert_true(fits("/*", "/rain/"));
	assert_str_eq(args[0], STR("rain/"));
	assert_true(fits("/:site/*", "/anna/2031/rain"));
	assert_str_eq(args[1], STR("2031/rain"));
	assert_true(fits("/files/*", "/files/"));
	assert_str_eq(args[0], STR(""));
	assert_false(fits("/files/*", "/files"));
}

static void a_pattern_catches_no_more_than_there_is_room_for(void **state)
{
	(void)state;
	assert_true(fits("/:a/:b/:c/:d", "/1/2/3/4"));
	assert_false(fits("/:a/:b/:c/:d/:e", "/1/2/3/4/5"));
}

static void a_page_number_is_written_in_one_way(void **state)
{
	int64_t n;

	(void)state;
	assert_true(route_number(STR("10000000"), &n));
	assert_int_equal(n, 10000000);
	assert_true(route_number(STR("1"), &n));
	assert_false(route_number(STR("0"), &n));
	assert_false(route_number(STR("01"), &n));
	assert_false(route_number(STR("-1"), &n));
	assert_false(route_number(STR("+1"), &n));
	assert_false(route_number(STR("1 "), &n));
	assert_false(route_number(STR("10000001"), &n));
	assert_false(route_number(STR(""), &n));
	assert_false(route_number(STR("99999999999999999999"), &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_pattern_is_that_path_alone),
		cmocka_unit_test(a_name_catches_one_segment),
		cmocka_unit_test(a_star_catches_the_rest_with_its_slashes),
		cmocka_unit_test(a_pattern_catches_no_more_than_there_is_room_for),
		cmocka_unit_test(a_page_number_is_written_in_one_way),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
