/* placeholder_test.c - which translations are safe in place of which messages. */
#include "base/test.h"
#include "lang/lang_test.h"
#include "lang/placeholder.h"

static bool fits(const char *id, const char *text, bool fewer)
{
	struct placeholders want;

	return placeholders_of(str_of(id), &want) && placeholders_fit(&want, str_of(text), fewer);
}

static void same_arguments_fit_in_any_order(void **state)
{
	(void)state;
	assert_true(fits("%s has %d", "%s a %d", false));
	assert_true(fits("%s has %d", "%2$d pour %1$s", false));
	assert_true(fits("%zu of %ld", "%zu von %ld", false));
	assert_true(fits("%.*s: %5.2f%%", "%.*s : %.1f %%", false));
	assert_true(fits("%d", "%u", false));
	assert_true(fits("%hhd %c", "%d %d", false));
	assert_true(fits("no arguments", "aucun argument", false));
	assert_true(fits("%1$s %1$s", "%1$s", false));
}

static void other_arguments_do_not_fit(void **state)
{
	(void)state;
	assert_false(fits("%d", "%s", false));
	assert_false(fits("%d", "%ld", false));
	assert_false(fits("%d", "%d %d", false));
	assert_false(fits("%d %d", "%d", false));
	assert_false(fits("%s %d", "%d %s", false));
	assert_false(fits("%s %d", "%2$d", true));
	assert_false(fits("%s", "%n", false));
	assert_false(fits("%s", "%1$s %s", false));
	assert_false(fits("%s", "100 %", false));
	assert_false(fits("none", "%s", false));
	assert_false(fits("%s", "%999999$s", false));
	assert_false(fits("%ls", "%ls", false));
}

static void form_of_a_plural_may_leave_its_number_out(void **state)
{
	(void)state;
	assert_true(fits("%d replies", "une réponse", true));
	assert_false(fits("%d replies", "une réponse", false));
	assert_false(fits("%d replies", "%s", true));
}

static void names_in_braces_must_all_be_there(void **state)
{
	(void)state;
	assert_true(placeholder_names_fit(STR("{a} and {b.c}"), STR("{b.c} et {a}"), false));
	assert_false(placeholder_names_fit(STR("{a} and {b}"), STR("{a}"), false));
	assert_true(placeholder_names_fit(STR("{a} and {b}"), STR("{a}"), true));
	assert_false(placeholder_names_fit(STR("{a}"), STR("{a} {x}"), true));
	assert_true(placeholder_names_fit(STR("{ a } {}"), STR("rien {"), false));
}

int placeholder_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_arguments_fit_in_any_order),
		cmocka_unit_test(other_arguments_do_not_fit),
		cmocka_unit_test(form_of_a_plural_may_leave_its_number_out),
		cmocka_unit_test(names_in_braces_must_all_be_there),
	};

	return cmocka_run_group_tests_name("placeholder", tests, NULL, NULL);
}
