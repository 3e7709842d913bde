/* po_test.c - PO files well and badly written. */
#include <stdio.h>
#include "base/test.h"
#include "lang/lang_test.h"
#include "lang/po.h"

static int arena_make(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int arena_end(void **state)
{
	arena_free(*state);
	return 0;
}

static struct po parse(struct arena *a, const char *text)
{
	struct fail f = FAIL_INIT;
	struct po po = { 0 };

	assert_ok(po_parse(a, str_of(text), "t.po", &po, &f), &f);
	return po;
}

static void messages_are_read_with_context_and_number(void **state)
{
	struct po po = parse(
		*state,
		"\xEF\xBB\xBF# a comment\n"
		"msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\"Plural-Forms: nplurals=2;"
		" plural=n>1;\\n\"\n"
		"\n"
		"#. to the translator\n#: a.c\n#, fuzzy, c-format\n#| msgid \"old\"\n"
		"msgid \"Hel\"\n  \"lo\"\r\nmsgstr \"Bon\\tjour \\\"vous\\\" \\x41\\102\"\n"
		"\nmsgctxt \"verb\"\nmsgid \"%d post\"\nmsgid_plural \"%d posts\"\n"
		"msgstr[0] \"un\"\nmsgstr[1] \"des\"\n"
		"#~ msgid \"gone\"\n#~ msgstr \"parti\"\n");

	assert_str_eq(po_header(&po, "language"), STR("fr"));
	assert_str_eq(po_header(&po, "Plural-Forms"), STR("nplurals=2; plural=n>1;"));
	assert_str_eq(po_header(&po, "X-Absent"), STR(""));
	assert_int_equal(po.count, 2);
	assert_str_eq(po.messages[0].id, STR("Hello"));
	assert_str_eq(po.messages[0].text[0], STR("Bon\tjour \"vous\" AB"));
	assert_true(po.messages[0].fuzzy && po.messages[0].c_format);
	assert_int_equal(po.messages[0].line, 11);
	assert_str_eq(po.messages[1].context, STR("verb"));
	assert_str_eq(po.messages[1].id_plural, STR("%d posts"));
	assert_int_equal(po.messages[1].texts, 2);
	assert_str_eq(po.messages[1].text[1], STR("des"));
	assert_false(po.messages[1].fuzzy);
}

static void empty_text_is_an_empty_catalog(void **state)
{
	assert_int_equal(parse(*state, "").count, 0);
	assert_int_equal(parse(*state, "\n\n# only this\n#, fuzzy").count, 0);
}

static void mistakes_are_told_with_their_line(void **state)
{
	static const struct {
		const char *text, *where;
	} rows[] = {
		{ "msgid \"a\"\n", "t.po:1:" },
		{ "\nmsgid a\n", "t.po:2:" },
		{ "msgid \"a\nmsgstr \"b\"\n", "t.po:1:" },
		{ "msgid \"a\" x\n", "t.po:1:" },
		{ "msgid \"\\q\"\n", "t.po:1:" },
		{ "msgid \"\\x00\"\n", "t.po:1:" },
		{ "msgid \"\\", "t.po:1:" },
		{ "msgstr \"b\"\n", "t.po:1:" },
		{ "\"b\"\n", "t.po:1:" },
		{ "msgid \"a\"\nmsgid \"b\"\n", "t.po:2:" },
		{ "msgid \"a\"\nmsgctxt \"b\"\n", "t.po:2:" },
		{ "msgid \"a\"\n# no\nmsgstr \"\"\n", "t.po:2:" },
		{ "msgid \"a\"\nmsgstr[0] \"b\"\n", "t.po:2:" },
		{ "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"\n", "t.po:3:" },
		{ "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", "t.po:3:" },
		{ "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[0] \"c\"\n",
		  "t.po:4:" },
		{ "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", "t.po:3:" },
		{ "msgid \"a\"\nmsgstr \"\xFF\"\n", "t.po:2:" },
		{ "domain \"x\"\n", "t.po:1:" },
		{ "msgid \"\"\nmsgstr \"x\"\nmsgid \"\"\nmsgstr \"y\"\n", "t.po:4:" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fail f = FAIL_INIT;
		struct po po;

		assert_fails(po_parse(*state, str_of(rows[i].text), "t.po", &po, &f), &f,
			     FAIL_INVALID);
		if (strncmp(f.text, rows[i].where, strlen(rows[i].where)) != 0)
			fail_msg("row %zu, not at %s: %s", i, rows[i].where, f.text);
	}
}

static void message_longer_than_the_limit_is_refused(void **state)
{
	struct arena *a = *state;
	struct fail f = FAIL_INIT;
	struct str s = arena_printf(a, "msgid \"%*s\"\n", PO_MESSAGE_MAX + 1, "x");
	struct po po;

	assert_fails(po_parse(a, s, "t.po", &po, &f), &f, FAIL_TOO_LARGE);
}

static void nul_is_refused_wherever_it_is(void **state)
{
	static const struct str texts[] = {
		STR("\nmsgid \"a\0b\"\nmsgstr \"c\"\n"),
		STR("\n#, fuzzy\0\nmsgid \"a\"\nmsgstr \"c\"\n"),
		STR("\n#\0\n"),
	};
	struct po po;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct fail f = FAIL_INIT;

		assert_fails(po_parse(*state, texts[i], "t.po", &po, &f), &f, FAIL_INVALID);
		assert_string_equal(f.text, "t.po:2: there is a NUL byte in the line");
	}
}

#define WITH_ARENA(t) cmocka_unit_test_setup_teardown(t, arena_make, arena_end)

int po_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(messages_are_read_with_context_and_number),
		WITH_ARENA(empty_text_is_an_empty_catalog),
		WITH_ARENA(mistakes_are_told_with_their_line),
		WITH_ARENA(message_longer_than_the_limit_is_refused),
		WITH_ARENA(nul_is_refused_wherever_it_is),
	};

	return cmocka_run_group_tests_name("po", tests, NULL, NULL);
}
