/* help_test.c - the table and what is made from it. */
#include "cli/help.h"

#include "base/limits.h"
#include "cli/cli_test.h"

static struct buf text = BUF(MIB);

static int clear(void **state)
{
	(void)state;
	buf_release(&text);
	return 0;
}

static bool says(const char *what)
{
	return str_find(buf_str(&text), str_of(what)) >= 0;
}

static void every_command_has_a_function_a_summary_and_its_own_option_names(void **state)
{
	(void)state;
	for (const struct command *c = command_table; c->name; c++) {
		assert_non_null(c->run);
		assert_non_null(c->summary);
		assert_false(str_ends(str_of(c->summary), STR(".")));
		for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i].name; i++) {
			assert_non_null(c->options[i].help);
			for (size_t k = 0; k < i; k++)
				assert_string_not_equal(c->options[i].name, c->options[k].name);
			for (const struct command_option *o = command_common; o->name; o++)
				assert_string_not_equal(c->options[i].name, o->name);
		}
		assert_null(c->options[COMMAND_OPTIONS - 1].name);
	}
}

static void the_help_names_every_command(void **state)
{
	(void)state;
	help_all(&text, NULL);
	for (const struct command *c = command_table; c->name; c++)
		if (!(c->flags & COMMAND_HIDDEN))
			assert_true(says(c->name));
	assert_true(buf_ok(&text));
}

static void the_help_of_a_command_names_its_options(void **state)
{
	const char *words[] = { "site", "create" };
	size_t used;

	(void)state;
	help_command(&text, NULL, command_find(words, 2, &used));
	assert_true(says("Usage: hameau site create [NAME] [options]"));
	assert_true(says("-t, --title TITLE"));
	assert_true(says("--set KEY=VALUE ..."));
	assert_true(says("-d, --data DIR"));
	assert_true(says("--json"));
	assert_false(says("--yes"));
}

static void no_line_of_help_is_longer_than_a_terminal(void **state)
{
	struct str rest, line;

	(void)state;
	for (const struct command *c = command_table; c->name; c++)
		help_command(&text, NULL, c);
	help_all(&text, NULL);
	rest = buf_str(&text);
	while (str_line(&rest, &line))
		if (line.n > 80)
			fail_msg("too long: %.*s", STR_ARG(line));
}

static void the_man_page_has_its_sections(void **state)
{
	(void)state;
	help_man(&text, NULL);
	assert_true(says(".TH HAMEAU 1"));
	assert_true(says(".SS hameau site create \\fI[NAME]\\fR"));
	assert_true(says(".SH EXIT STATUS"));
	assert_true(says("\\fB\\-\\-listen\\fR \\fIADDR:PORT\\fR"));
}

static void completion_knows_three_shells(void **state)
{
	(void)state;
	assert_true(help_completion(&text, STR("bash")));
	assert_true(says("\"site\") words=\" create list show set"));
	assert_true(says("\"site domain\") words=\" add remove\""));
	assert_true(says("kinds='SITE FOLDER '"));
	assert_true(help_completion(&text, STR("zsh")));
	assert_true(help_completion(&text, STR("fish")));
	assert_true(says("-n '__hameau_at ' -a theme -d"));
	assert_true(says("-n '__hameau_at site' -a domain -d"));
	assert_true(says("-n '__hameau_in import' -F\n"));
	assert_true(says("-n '__hameau_at theme show' -a '(hameau theme list --names"));
	assert_false(says("-n '__hameau_in theme show' -F\n"));
	assert_true(says("-n '__hameau_in site create' -l lang -x -a '(hameau lang stats --names"));
	assert_false(help_completion(&text, STR("tcsh")));
}

static void assert_no_word_twice(struct str words)
{
	for (struct str word, rest = words; str_item(&rest, " ", &word);)
		for (struct str other, more = rest; str_item(&more, " ", &other);)
			assert_false(str_eq(word, other));
}

static void completion_offers_a_word_once(void **state)
{
	struct str rest, words;
	ptrdiff_t at;
	int lists = 0;

	(void)state;
	assert_true(help_completion(&text, STR("bash")));
	rest = buf_str(&text);
	while ((at = str_find(rest, STR("words=\" "))) >= 0) {
		words = str_cut(str_skip(rest, (size_t)at + 7), '"', &rest);
		assert_no_word_twice(words);
		lists++;
	}
	assert_true(lists > 5);
}

#define WITH_TEXT(test) cmocka_unit_test_setup_teardown(test, NULL, clear)

int help_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TEXT(every_command_has_a_function_a_summary_and_its_own_option_names),
		WITH_TEXT(the_help_names_every_command),
		WITH_TEXT(the_help_of_a_command_names_its_options),
		WITH_TEXT(no_line_of_help_is_longer_than_a_terminal),
		WITH_TEXT(the_man_page_has_its_sections),
		WITH_TEXT(completion_knows_three_shells),
		WITH_TEXT(completion_offers_a_word_once),
	};

	return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
