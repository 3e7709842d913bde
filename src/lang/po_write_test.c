/* po_write_test.c - PO files written as gettext's tools write them. */
#include <stdlib.h>
#include "base/limits.h"
#include "base/test.h"
#include "lang/lang_test.h"
#include "lang/po_write.h"

static void check_string(const char *text, const char *expected)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CATALOG);

	po_write_string(&b, "", "msgid", str_of(text));
	assert_string_equal(b.p, expected);
}

static void short_text_stands_on_one_line(void **state)
{
	(void)state;
	check_string("", "msgid \"\"\n");
	check_string("A \"word\"\t\\\n", "msgid \"A \\\"word\\\"\\t\\\\\\n\"\n");
	/* 79 columns, and one more */
	check_string("0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 01234",
		     "msgid \"0123456789 0123456789 0123456789 0123456789 0123456789 "
		     "0123456789 01234\"\n");
	check_string("0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 012345",
		     "msgid \"\"\n\"0123456789 0123456789 0123456789 0123456789 0123456789 "
		     "0123456789 012345\"\n");
}

static void lines_of_the_text_are_lines_of_the_file(void **state)
{
	(void)state;
	check_string("one\ntwo\n", "msgid \"\"\n\"one\\n\"\n\"two\\n\"\n");
}

static void long_word_is_not_cut(void **state)
{
	(void)state;
	check_string("0123456789012345678901234567890123456789012345678901234567890123456789"
		     "0123456789012345 x", "msgid \"\"\n\"0123456789012345678901234567890123456789"
		     "0123456789012345678901234567890123456789012345 \"\n\"x\"\n");
}

static void comments_are_told_apart(void **state)
{
	struct str rest = STR("# note\n#. said\n#: a.c b.c\n#, fuzzy\n#| msgid \"x\"\n#\n"), line;

	(void)state;
	assert_true(po_comment_next(&rest, ' ', &line));
	assert_str_eq(line, STR("# note"));
	assert_true(po_comment_next(&rest, ' ', &line));
	assert_str_eq(line, STR("#"));
	assert_false(po_comment_next(&rest, ' ', &line));
	rest = STR("# note\n#: a.c b.c\n");
	assert_true(po_comment_next(&rest, ':', &line));
	assert_str_eq(line, STR("#: a.c b.c"));
}

int po_write_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_text_stands_on_one_line),
		cmocka_unit_test(lines_of_the_text_are_lines_of_the_file),
		cmocka_unit_test(long_word_is_not_cut),
		cmocka_unit_test(comments_are_told_apart),
	};

	return cmocka_run_group_tests_name("po_write", tests, NULL, NULL);
}
