/* extract_test.c - what of a source is a message. */
#include "base/folder_test.h"
#include "base/limits.h"
#include "base/test.h"
#include "translate/extract.h"
#include "translate/translate_test.h"

static bool all(void *arg, struct str place)
{
	(void)arg;
	(void)place;
	return true;
}

/* The messages behind the header must be these. */
static void check_messages(struct extract *e, const char *expected)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG);
	ptrdiff_t end;

	extract_write(e, "Test.", all, NULL, NULL, &out);
	end = str_find(buf_str(&out), STR("\n\n"));
	assert_str_eq(end < 0 ? STR("") : str_skip(buf_str(&out), (size_t)end + 2),
		      str_of(expected));
}

static void check_c(const char *source, const char *expected)
{
	CLEANUP(extract_freep) struct extract *e = extract_new();

	extract_c(e, "a.c", str_of(source));
	check_messages(e, expected);
}

static void arguments_of_our_calls_are_messages(void **state)
{
	(void)state;
	check_c("x = tr(c, \"Read \" /* on */ \"more\"); y = other(\"no\");",
		"#: a.c\nmsgid \"Read more\"\nmsgstr \"\"\n");
	check_c("trc(call->c, \"menu\", \"Home\")",
		"#: a.c\nmsgctxt \"menu\"\nmsgid \"Home\"\nmsgstr \"\"\n");
	check_c("trn(c, \"%d post\", \"%d posts\", f(n, \"x\"))",
		"#: a.c\n#, c-format\nmsgid \"%d post\"\nmsgid_plural \"%d posts\"\n"
		"msgstr[0] \"\"\nmsgstr[1] \"\"\n");
	check_c("return fail(f, FAIL_IO, \"it is gone\");",
		"#: a.c\n#, c-format\nmsgid \"it is gone\"\nmsgstr \"\"\n");
	check_c("call_out(call, \"no\", tr(c, \"yes\"), \"no\")",
		"#: a.c\nmsgid \"yes\"\nmsgstr \"\"\n");
}

static void choice_of_texts_is_all_of_them(void **state)
{
	(void)state;
	check_c("tr(c, x ? \"one\" : \"two\")",
		"#: a.c\nmsgid \"one\"\nmsgstr \"\"\n\n#: a.c\nmsgid \"two\"\nmsgstr \"\"\n");
}

static void comments_strings_and_characters_are_no_calls(void **state)
{
	(void)state;
	check_c("/* tr(c, \"a\") */ // tr(c, \"b\")\n x = \"tr(c, \\\"d\\\")\"; y = '\"'; z = '(';"
		" tr(c, \"e\")", "#: a.c\nmsgid \"e\"\nmsgstr \"\"\n");
}

static void macro_of_a_format_is_written_as_gettext_does(void **state)
{
	(void)state;
	check_c("fail(f, X, \"%\" PRId64 \" bytes\")",
		"#: a.c\n#, c-format\nmsgid \"%<PRId64> bytes\"\nmsgstr \"\"\n");
}

static void note_for_translators_comes_along(void **state)
{
	(void)state;
	check_c("/* TRANSLATORS: a verb.\n * Not a noun. */\ntr(c, \"Post\");\ntr(c, \"Site\");",
		"#. TRANSLATORS: a verb.\n#. Not a noun.\n#: a.c\nmsgid \"Post\"\nmsgstr \"\"\n"
		"\n#: a.c\nmsgid \"Site\"\nmsgstr \"\"\n");
}

static void what_holds_only_arguments_is_left_out(void **state)
{
	(void)state;
	check_c("fail_in(f, \"%s:%d\"); fail_in(f, \"%.*s: \"); fail_in(f, \"%<PRId64>\");", "");
}

/* A call that is not closed gives nothing, and hides none that is. */
static void source_that_ends_anywhere_is_read(void **state)
{
	static const char source[] = "tr(c, /* x */ \"a\\x41\\101\" PRId64 'c' (fail(f, X, \"b\")";

	(void)state;
	for (size_t n = 0; n < sizeof source; n++) {
		CLEANUP(extract_freep) struct extract *e = extract_new();

		extract_c(e, "a.c", str_from(source, n));
		check_messages(e, n < sizeof source - 1
			       ? "" : "#: a.c\n#, c-format\nmsgid \"b\"\nmsgstr \"\"\n");
	}
}

static void template_and_theme_have_their_contexts(void **state)
{
	CLEANUP(extract_freep) struct extract *e = extract_new();
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(extract_template(e, "templates/a.html",
				   STR("<p>{{#t}}By  {{author.name}}{{/t}} {{#t menu}}Home{{/t}}"),
				   &f), &f);
	assert_ok(extract_theme_ini(e, "theme.ini", STR("moss"),
				    STR("[theme]\nname = Moss\n[option paper]\nlabel = Paper\n"
					"choices = warm, cool\n[preset night]\npaper = cool\n"),
				    &f), &f);
	check_messages(e, "#: templates/a.html\nmsgid \"By {author.name}\"\nmsgstr \"\"\n\n"
		       "#: templates/a.html\nmsgctxt \"menu\"\nmsgid \"Home\"\nmsgstr \"\"\n\n"
		       "#: theme.ini\nmsgctxt \"moss\"\nmsgid \"Paper\"\nmsgstr \"\"\n\n"
		       "#: theme.ini\nmsgctxt \"moss.paper\"\nmsgid \"cool\"\nmsgstr \"\"\n\n"
		       "#: theme.ini\nmsgctxt \"moss.preset\"\nmsgid \"night\"\nmsgstr \"\"\n\n"
		       "#: theme.ini\nmsgctxt \"moss.paper\"\nmsgid \"warm\"\nmsgstr \"\"\n");
	assert_fails(extract_template(e, "t.html", STR("{{#t}}x"), &f), &f, FAIL_INVALID);
}

static void sources_and_headers_have_messages_and_tests_have_none(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(extract_freep) struct extract *e = extract_new();
	const char *top = folder_test_new(a), *src = path_join(a, top, STR("src"));
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(dir_make(path_join(a, top, STR("themes")), &f), &f);
	folder_test_put(a, src, "a.c", "tr(c, \"one\");");
	folder_test_put(a, src, "a.h", "#define TWO N_(\"two\")");
	folder_test_put(a, src, "a_test.c", "tr(c, \"three\");");
	assert_ok(extract_tree(e, top, &f), &f);
	check_messages(e, "#: src/a.c\nmsgid \"one\"\nmsgstr \"\"\n\n"
		       "#: src/a.h\nmsgid \"two\"\nmsgstr \"\"\n");
}

int extract_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_of_our_calls_are_messages),
		cmocka_unit_test(choice_of_texts_is_all_of_them),
		cmocka_unit_test(comments_strings_and_characters_are_no_calls),
		cmocka_unit_test(macro_of_a_format_is_written_as_gettext_does),
		cmocka_unit_test(note_for_translators_comes_along),
		cmocka_unit_test(what_holds_only_arguments_is_left_out),
		cmocka_unit_test(source_that_ends_anywhere_is_read),
		cmocka_unit_test(sources_and_headers_have_messages_and_tests_have_none),
		cmocka_unit_test(template_and_theme_have_their_contexts),
	};

	return cmocka_run_group_tests_name("extract", tests, NULL, NULL);
}
