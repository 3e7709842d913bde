/* links_test.c - which addresses are seen in a text, and how others take their place. */
#include "base/test.h"
#include "transfer/links.h"
#include "transfer/transfer_test.h"

static struct str replaced(struct arena *a, const char *text)
{
	struct link *links;
	size_t i, n = links_find(a, str_of(text), &links);

	for (i = 0; i < n; i++)
		links[i].now = arena_printf(a, "%s%zu", links[i].is_image ? "I" : "L", i);
	return links_replace(a, str_of(text), links, n);
}

static void links_and_pictures_are_told_apart(void **state)
{
	assert_str_eq(replaced(*state, "[a](b.md) ![c](d.png \"t\") [![e](f.png)](g)"),
		      STR("[a](L0) ![c](I1 \"t\") [![e](I2)](L3)"));
}

static void angle_brackets_and_parentheses_are_understood(void **state)
{
	assert_str_eq(replaced(*state, "[a](<b c.md>) [d](e_(f).md)"), STR("[a](<L0>) [d](L1)"));
}

static void definitions_and_html_count_too(void **state)
{
	assert_str_eq(replaced(*state, "[x]: a.md\n<img alt=\"\" src=\"b.png\"> <a href='c'>"),
		      STR("[x]: L0\n<img alt=\"\" src=\"I1\"> <a href='L2'>"));
}

static void code_is_left_alone(void **state)
{
	const char *text = "`[a](b)` ``[`c](d)``\n```\n[e](f)\n```\n\\[g](h)\n";

	assert_str_eq(replaced(*state, text), str_of(text));
}

static void lines_are_counted(void **state)
{
	struct link *links;

	assert_int_equal(links_find(*state, STR("a\n\n[b](c)\n"), &links), 1);
	assert_int_equal(links[0].line, 3);
}

static void blanks_are_encoded_where_they_would_end_the_address(void **state)
{
	struct link *links;
	size_t n = links_find(*state, STR("[b](c)"), &links);

	links[0].now = STR("/a b(c)");
	assert_str_eq(links_replace(*state, STR("[b](c)"), links, n), STR("[b](/a%20b%28c%29)"));
}

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

int links_tests(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, arena_setup, arena_teardown)
	const struct CMUnitTest tests[] = {
		T(links_and_pictures_are_told_apart),
		T(angle_brackets_and_parentheses_are_understood),
		T(definitions_and_html_count_too),
		T(code_is_left_alone),
		T(lines_are_counted),
		T(blanks_are_encoded_where_they_would_end_the_address),
	};

	return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
