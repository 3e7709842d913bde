/* texts_test.c - long texts: facts are put in, what is not given is left out, and a file
 * that cannot be used does not take another's place. */
#include "lang/texts.h"

#include <stdlib.h>

#include "base/folder_test.h"
#include "base/limits.h"
#include "lang/lang_test.h"
#include "lang/text.h"

static struct arena *arena;
static const char *dir;

static int folder_make(void **state)
{
	(void)state;
	arena = arena_new(0);
	dir = folder_test_new(arena);
	return 0;
}

static int folder_remove(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A host that told its name and its contact, and keeps no log. */
static struct str fact(void *arg, struct str name)
{
	(void)arg;
	if (str_eq(name, STR("host")))
		return STR("Les *Voisins*");
	if (str_eq(name, STR("contact")))
		return STR("a@b.c");
	return str_eq(name, STR("if_log_nothing")) ? STR("") : STR_NONE;
}

static const struct {
	const char *text, *filled;
} FILLED[] = {
	{ "Of {host}.\n", "Of Les *Voisins*.\n" },
	{ "{host}{contact}: {host}", "Les *Voisins*a@b.c: Les *Voisins*\n" },
	/* a paragraph, with all its lines */
	{ "One.\n\nBy {operator},\nhere.\n\nTwo.\n", "One.\n\nTwo.\n" },
	{ "{if_log_nothing}None.\n\n{if_log_requests}Some.\n", "None.\n" },
	/* an item, with its second line */
	{ "- {operator}\n- at {address},\n  there\n- {contact}\n", "- a@b.c\n" },
	{ "1. {operator}\n2. {contact}\n", "2. a@b.c\n" },
	/* a heading under which nothing stays; one with a part below that does */
	{ "## Who\n\n- {operator}\n\n## What\n\nIt.\n", "\n## What\n\nIt.\n" },
	{ "## Who\n\n### A\n\n{operator}\n\n### B\n\nIt.\n", "\n## Who\n\n### B\n\nIt.\n" },
	{ "## For {host}\n\nIt.\n", "\n## For Les *Voisins*\n\nIt.\n" },
	{ "It.\n\n## Last\n", "It.\n" },
	/* code is code, unknown names are words */
	{ "```\n# {operator}\n\n- {host}\n```\n", "```\n# {operator}\n\n- {host}\n```\n" },
	{ "a {stranger} b", "a {stranger} b\n" },
	/* a line ends with any of the three ends of CommonMark 2.1 */
	{ "One.\r\n\r\nBy {operator}.\r\rTwo.\r\r\n", "One.\n\nTwo.\n" },
	{ "a\r# B\rc", "a\n\n# B\n\nc\n" },
	{ "", "" },
};

static void facts_are_put_in_and_what_is_not_given_is_left_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(FILLED); i++)
		assert_str_eq(text_fill(arena, str_of(FILLED[i].text), fact, NULL),
			      str_of(FILLED[i].filled));
}

static const struct {
	const char *text, *why;
} REFUSED[] = {
	{ "", "t.md:1: a text begins with its title: # Title" },
	{ "Words.\n", "t.md:1: a text begins with its title: # Title" },
	{ "#  \n", "t.md:1: a text begins with its title: # Title" },
	{ "# T\n\xff\n", "t.md:1: the text is not UTF-8" },
	{ "# T\n\nOf {hosd}.\n", "t.md:3: there is no {hosd} to put into a text; did you mean"
	  " {host}?" },
	{ "# T\n\n{something.else}\n", "t.md:3: there is no {something.else} to put into a text" },
};

static void a_text_that_makes_no_sense_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(REFUSED); i++) {
		struct fail f = FAIL_INIT;
		struct text t;

		assert_false(texts_parse(arena, str_of(REFUSED[i].text), "t.md", &t, &f));
		assert_string_equal(f.text, REFUSED[i].why);
	}
}

static void the_title_is_the_first_line(void **state)
{
	struct fail f = FAIL_INIT;
	struct text t;

	(void)state;
	assert_ok(texts_parse(arena, STR("\n# A title \n\nIt.\n"), "t.md", &t, &f), &f);
	assert_str_eq(t.title, STR("A title"));
	assert_str_eq(t.body, STR("\nIt.\n"));
	assert_ok(texts_parse(arena, STR("\r\n# A title\rIt.\r"), "t.md", &t, &f), &f);
	assert_str_eq(t.title, STR("A title"));
	assert_str_eq(t.body, STR("It.\r"));
}

static const char *write_text(const char *folder, const char *name, struct str text)
{
	const char *in = path_join(arena, dir, str_of(folder));
	struct fail f = FAIL_INIT;

	assert_ok(dir_make(in, &f), &f);
	assert_ok(file_write(path_join(arena, in, str_of(name)), text, false, &f), &f);
	return in;
}

static void note(void *data, const char *text)
{
	buf_addf(data, "%s\n", text);
}

static bool no_tables(struct str body, struct str lang, struct fail *f)
{
	(void)lang;
	return str_find_char(body, '|') < 0 || fail(f, FAIL_INVALID, "a table");
}

static void finds(const struct texts *s, const char *name, const char *lang, const char *title)
{
	const struct text *t = texts_find(s, str_of(name), str_of(lang));

	assert_non_null(t);
	assert_str_eq(t->title, str_of(title));
}

static void the_first_good_file_counts(void **state)
{
	CLEANUP(buf_release) struct buf notes = BUF(LIMIT_CONFIG), large = BUF(2 * LIMIT_TEXT);
	const char *dirs[2];
	struct texts *s;

	(void)state;
	buf_adds(&large, "# Large\n\n");
	while (large.n <= LIMIT_TEXT)
		buf_adds(&large, "words words words words\n");
	dirs[0] = write_text("own", "legal.fr.md", STR("# À nous\n\nLa loi.\n"));
	write_text("own", "legal.de.md", buf_str(&large));
	write_text("own", "help.fr.md", STR("# Aide\n\n| a table |\n"));
	write_text("own", "help.pt.md", STR("<!-- fuzzy -->\n# Help\n"));
	write_text("own", "privacy.fr.md", STR("# Vie privée\n"));
	write_text("own", "README.md", STR("of no interest"));
	dirs[1] = write_text("usual", "legal.fr.md", STR("# Mentions\n\nLa loi.\n"));
	write_text("usual", "legal.de.md", STR("# Recht\n"));
	write_text("usual", "help.fr.md", STR("# Aide\n\nVoici.\n"));
	write_text("usual", "help.en.md", STR("# Help\n"));
	s = texts_load(dirs, 2, no_tables);
	finds(s, "legal", "fr", "À nous");
	finds(s, "legal", "fr-CH", "À nous");
	finds(s, "legal", "de", "Recht");
	finds(s, "help", "pt", "Help");
	assert_str_eq(texts_find(s, STR("help"), STR("fr"))->body, STR("\nVoici.\n"));
	assert_null(texts_find(s, STR("legal"), STR("it")));
	texts_notes(s, note, &notes);
	assert_true(str_find(buf_str(&notes), STR("help.fr.md: a table\n")) >= 0);
	assert_true(str_find(buf_str(&notes), STR("own/legal.de.md")) >= 0);
	assert_true(str_find(buf_str(&notes), STR("own/privacy.fr.md: there is no such")) >= 0);
	assert_true(str_find(buf_str(&notes), STR("README")) < 0);
	texts_unref(s);
}

int texts_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_are_put_in_and_what_is_not_given_is_left_out),
		cmocka_unit_test(a_text_that_makes_no_sense_is_refused_with_its_line),
		cmocka_unit_test(the_title_is_the_first_line),
		cmocka_unit_test(the_first_good_file_counts),
	};

	return cmocka_run_group_tests_name("texts", tests, folder_make, folder_remove);
}
