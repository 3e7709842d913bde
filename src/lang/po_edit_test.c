/* po_edit_test.c - one message changes, and not a byte of the others. */
#include "base/test.h"
#include "lang/lang_test.h"
#include "lang/po_edit.h"

static const char FILE_TEXT[] =
	"# Ours.\nmsgid \"\"\nmsgstr \"Language: fr\\n\"\n\n"
	"# a note\n#: here.c\n#, fuzzy, c-format\n#| msgid \"Old\"\nmsgid \"Tags\"\n"
	"msgstr \"Vieux\"\n\n"
	"msgctxt   \"x\"\nmsgid \"Tags\"\nmsgstr \"Autre\"\n\n"
	"#~ msgid \"Gone\"\n#~ msgstr \"Parti\"\n";

static struct str edit(struct arena *a, const char *text, struct po_message m)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * 1024);
	struct fail f = FAIL_INIT;

	assert_ok(po_edit(str_of(text), "fr.po", STR("fr"), &m, &b, &f), &f);
	return arena_str(a, buf_str(&b));
}

static void a_message_is_replaced_and_the_rest_stays(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(edit(a, FILE_TEXT, (struct po_message){ .id = STR("Tags"),
			   .text = { STR_INIT("Mots \"clés\"") }, .texts = 1 }),
		      STR("# Ours.\nmsgid \"\"\nmsgstr \"Language: fr\\n\"\n\n"
			  "# a note\n#: here.c\n#, c-format\nmsgid \"Tags\"\n"
			  "msgstr \"Mots \\\"clés\\\"\"\n\n"
			  "msgctxt   \"x\"\nmsgid \"Tags\"\nmsgstr \"Autre\"\n\n"
			  "#~ msgid \"Gone\"\n#~ msgstr \"Parti\"\n"));
}

static void comments_may_be_indented(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(edit(a, "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n\t# a note\n  #, fuzzy\n"
			   "\t#| msgid \"Old\"\nmsgid \"Tags\"\nmsgstr \"Vieux\"\n",
			   (struct po_message){ .id = STR("Tags"), .texts = 1,
			   .text = { STR_INIT("Mots") } }),
		      STR("msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n"
			  "# a note\nmsgid \"Tags\"\nmsgstr \"Mots\"\n"));
}

static void a_new_message_comes_last_and_can_be_taken_out(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct po_message m = { .id = STR("%d post"), .id_plural = STR("%d posts"),
				.text = { STR_INIT("%d mot"), STR_INIT("%d mots") }, .texts = 2,
				.c_format = true };
	struct str with = edit(a, "", m);

	(void)state;
	assert_true(str_starts(with, STR("msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n")));
	assert_true(str_ends(with, STR("\n\n#, c-format\nmsgid \"%d post\"\n"
				       "msgid_plural \"%d posts\"\nmsgstr[0] \"%d mot\"\n"
				       "msgstr[1] \"%d mots\"\n")));
	m.texts = 0;
	assert_true(str_find(edit(a, with.p, m), STR("post")) < 0);
}

static void what_cannot_be_read_is_not_written(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(1024);
	struct po_message m = { .id = STR("a"), .text = { STR_INIT("b") }, .texts = 1 };
	struct fail f = FAIL_INIT;

	(void)state;
	assert_false(po_edit(STR("msgid \"x\n"), "fr.po", STR("fr"), &m, &b, &f));
	assert_int_equal(f.code, FAIL_INVALID);
}

int po_edit_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_replaced_and_the_rest_stays),
		cmocka_unit_test(comments_may_be_indented),
		cmocka_unit_test(a_new_message_comes_last_and_can_be_taken_out),
		cmocka_unit_test(what_cannot_be_read_is_not_written),
	};

	return cmocka_run_group_tests_name("po_edit", tests, NULL, NULL);
}
