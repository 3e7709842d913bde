/* library_test.c - libraries that are loaded when they are wanted. */
#include "base/library.h"

#include "base/base_test.h"

static double (*cosine)(double);

static void a_function_of_a_library_is_called_by_its_pointer(void **state)
{
	const struct library_call calls[] = { { "cos", &cosine } };
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(library_load("libm.so.6", calls, 1, &f), &f);
	assert_true(cosine(0.0) > 0.999);
}

static void what_is_not_there_is_told_by_its_name(void **state)
{
	const struct library_call calls[] = { { "hameau_cos", &cosine } };
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(library_load("libhameau-none.so.1", calls, 1, &f), &f, FAIL_NOT_FOUND);
	assert_non_null(strstr(f.text, "libhameau-none.so.1"));
	assert_fails(library_load("libm.so.6", calls, 1, &f), &f, FAIL_NOT_FOUND);
	assert_non_null(strstr(f.text, "hameau_cos()"));
}

int library_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_of_a_library_is_called_by_its_pointer),
		cmocka_unit_test(what_is_not_there_is_told_by_its_name),
	};

	return cmocka_run_group_tests_name("libraries", tests, NULL, NULL);
}
