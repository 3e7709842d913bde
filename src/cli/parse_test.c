/* parse_test.c - the command line, read by the table. */
#include "cli/parse.h"

#include "cli/cli_test.h"

struct line {
	struct call call;
	struct parse parse;
	struct fail f;
	bool ok;
};

static int set_up(void **state)
{
	static struct line line;

	line = (struct line){ .call = { .arena = arena_new(0) } };
	*state = &line;
	return 0;
}

static int tear_down(void **state)
{
	call_release(&((struct line *)*state)->call);
	return 0;
}

/* Words separated by single spaces. */
static struct call *read(struct line *l, const char *text)
{
	const char *words[LIMIT_ARGUMENTS];
	struct str rest = str_of(text);
	size_t n = 0;

	call_release(&l->call);
	l->call = (struct call){ .arena = arena_new(0) };
	fail_clear(&l->f);
	while (rest.n)
		words[n++] = arena_cstr(l->call.arena, str_cut(rest, ' ', &rest));
	l->ok = parse_words(&l->call, words, n, &l->parse, &l->f);
	return &l->call;
}

static void good(struct line *l, const char *text)
{
	read(l, text);
	assert_ok(l->ok, &l->f);
}

static void bad(struct line *l, const char *text, const char *why)
{
	read(l, text);
	assert_false(l->ok);
	assert_int_equal(l->f.code, FAIL_INVALID);
	assert_string_equal(l->f.text, why);
}

static void the_longest_name_is_the_command(void **state)
{
	struct line *l = *state;

	good(l, "site domain add anna anna.org --canonical -d /x");
	assert_string_equal(l->call.command->name, "site domain add");
	assert_int_equal(l->call.n_args, 2);
	assert_str_eq(l->call.args[1], STR("anna.org"));
	assert_true(call_has(&l->call, "canonical"));
	assert_str_eq(call_option(&l->call, "data"), STR("/x"));
}

static void options_stand_anywhere_and_in_any_form(void **state)
{
	struct line *l = *state;

	good(l, "--data=/x site create --title=Anna --lang fr anna");
	assert_str_eq(call_option(&l->call, "data"), STR("/x"));
	assert_str_eq(call_option(&l->call, "title"), STR("Anna"));
	assert_str_eq(call_option(&l->call, "lang"), STR("fr"));
	assert_false(call_has(&l->call, "theme"));
	good(l, "--data /x site list -n5 --json");
	assert_str_eq(call_option(&l->call, "limit"), STR("5"));
	assert_true(l->call.json);
	good(l, "site delete -yd /x anna");
	assert_true(l->call.yes);
	assert_str_eq(call_option(&l->call, "data"), STR("/x"));
	good(l, "site create anna --title=");
	assert_true(call_has(&l->call, "title"));
}

static void behind_two_dashes_all_are_arguments(void **state)
{
	struct line *l = *state;

	good(l, "site set -- anna title --json");
	assert_int_equal(l->call.n_args, 3);
	assert_str_eq(l->call.args[2], STR("--json"));
	good(l, "site set anna title -");
	assert_str_eq(l->call.args[2], STR("-"));
}

static void an_option_is_repeated_only_where_it_may(void **state)
{
	struct line *l = *state;
	struct str *values;

	good(l, "serve --listen :80 --listen :81");
	assert_int_equal(call_options(&l->call, "listen", &values), 2);
	assert_str_eq(values[1], STR(":81"));
	bad(l, "site create anna --lang fr --lang de", "--lang is given a second time");
}

static void a_misspelt_word_is_answered_with_the_nearest(void **state)
{
	struct line *l = *state;

	bad(l, "serv", "unknown command \"serv\"; did you mean \"serve\"?");
	bad(l, "site lst", "unknown command \"site lst\"; did you mean \"site list\"?");
	bad(l, "xyzzy", "unknown command \"xyzzy\"; see hameau help");
	bad(l, "site", "\"site\" needs one more word; see hameau help site");
	bad(l, "serve --lisen :80", "serve has no option --lisen; did you mean --listen?");
	bad(l, "serve --json", "serve has no option --json; see hameau help serve");
	bad(l, "serve -x", "serve has no option -x; see hameau help serve");
}

static void the_number_of_arguments_is_checked(void **state)
{
	struct line *l = *state;

	bad(l, "init", "it is called so: hameau init DIR");
	bad(l, "serve now", "serve takes no arguments");
	bad(l, "site rename anna", "it is called so: hameau site rename SITE NAME");
	bad(l, "init --base", "--base needs a value: DOMAIN");
	bad(l, "serve --help=yes", "--help takes no value");
	good(l, "cache clear");
	good(l, "cache clear anna");
	good(l, "site set anna a=1 b=2 c=3");
	good(l, "init --help");
	assert_true(l->parse.help);
}

static void version_and_help_need_no_command(void **state)
{
	struct line *l = *state;

	good(l, "--version");
	assert_true(l->parse.version);
	good(l, "--help");
	assert_true(l->parse.help);
	assert_null(l->call.command);
	good(l, "site --help");
	assert_true(l->parse.help);
	assert_str_eq(l->call.args[0], STR("site"));
	good(l, "");
	assert_null(l->call.command);
}

#define ON_LINE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int parse_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_LINE(the_longest_name_is_the_command),
		ON_LINE(options_stand_anywhere_and_in_any_form),
		ON_LINE(behind_two_dashes_all_are_arguments),
		ON_LINE(an_option_is_repeated_only_where_it_may),
		ON_LINE(a_misspelt_word_is_answered_with_the_nearest),
		ON_LINE(the_number_of_arguments_is_checked),
		ON_LINE(version_and_help_need_no_command),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
