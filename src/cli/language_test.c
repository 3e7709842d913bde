/* language_test.c - the language of messages, from the environment. */
#include "cli/cli.h"
#include "cli/cli_test.h"

static const char *lc_all, *lc_messages, *lang;

static const char *env(const char *name)
{
	return strcmp(name, "LC_ALL") == 0 ? lc_all : strcmp(name, "LC_MESSAGES") == 0
		? lc_messages : lang;
}

static void speaks(const char *all, const char *messages, const char *usual, const char *expected)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	lc_all = all;
	lc_messages = messages;
	lang = usual;
	assert_str_eq(cli_language(a, env), str_of(expected));
}

static void the_first_that_is_set_decides(void **state)
{
	(void)state;
	speaks(NULL, NULL, NULL, "en");
	speaks(NULL, NULL, "fr_FR.UTF-8", "fr-FR");
	speaks("", "de_DE@euro", "fr_FR.UTF-8", "de-DE");
	speaks("C.UTF-8", "de_DE", "fr_FR.UTF-8", "en");
	speaks("POSIX", NULL, NULL, "en");
	speaks("it", NULL, NULL, "it");
}

int language_tests(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_first_that_is_set_decides) };

	return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
