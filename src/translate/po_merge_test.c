/* po_merge_test.c - what becomes of a catalog when its template changes. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "translate/po_merge.h"
#include "translate/translate_test.h"

#define HEADER "# About.\nmsgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n" \
	"\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"

static struct arena *arena;

static int make_arena(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int free_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct po *parse(const char *text)
{
	struct po *po = ARENA_NEW(arena, struct po);
	struct fail f = FAIL_INIT;

	assert_ok(po_parse_all(arena, str_of(text), "test.po", po, &f), &f);
	return po;
}

static const char *merge(const char *old, const char *pot, const char *other,
			 struct po_merge_count *count)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG);
	const struct po *others[] = { other ? parse(other) : NULL };
	struct po_merge m = { parse(old), parse(pot), others, other ? 1 : 0 };

	po_merge(arena, &m, &out, count);
	return arena_cstr(arena, buf_str(&out));
}

/* Merges twice: the second time nothing may change. */
static void check(const char *old, const char *pot, const char *expected)
{
	struct po_merge_count count;
	const char *once = merge(old, pot, NULL, &count);

	assert_string_equal(once, expected);
	assert_string_equal(merge(once, pot, NULL, &count), expected);
	assert_true(count.same);
}

static void what_is_as_it_was_keeps_its_lines(void **state)
{
	(void)state;
	/* Wrapped by hand, and so it stays; only the place changes. */
	check(HEADER "\n# Note.\n#: a.c\nmsgid \"\"\n\"Two \"\n\"words\"\nmsgstr \"Deux mots\"\n",
	      "#: b.c\nmsgid \"Two words\"\nmsgstr \"\"\n",
	      HEADER "\n# Note.\n#: b.c\nmsgid \"\"\n\"Two \"\n\"words\"\nmsgstr \"Deux mots\"\n");
}

static void new_message_is_empty_and_has_its_plurals(void **state)
{
	(void)state;
	check(HEADER, "#. Says how many.\n#: a.c\n#, c-format\nmsgid \"%d post\"\n"
	      "msgid_plural \"%d posts\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n",
	      HEADER "\n#. Says how many.\n#: a.c\n#, c-format\nmsgid \"%d post\"\n"
	      "msgid_plural \"%d posts\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n");
}

static void changed_message_is_fuzzy_with_the_text_it_had(void **state)
{
	(void)state;
	check(HEADER "\n#: a.c\n#, c-format\nmsgid \"cannot read the file %s\"\n"
	      "msgstr \"impossible de lire %s\"\n",
	      "#: a.c\n#, c-format\nmsgid \"cannot read the folder %s\"\nmsgstr \"\"\n",
	      HEADER "\n#: a.c\n#, fuzzy, c-format\n#| msgid \"cannot read the file %s\"\n"
	      "msgid \"cannot read the folder %s\"\nmsgstr \"impossible de lire %s\"\n"
	      "\n#~ msgid \"cannot read the file %s\"\n#~ msgstr \"impossible de lire %s\"\n");
}

static void message_that_got_a_plural_is_fuzzy(void **state)
{
	(void)state;
	check(HEADER "\nmsgid \"%d post\"\nmsgstr \"%d article\"\n",
	      "msgid \"%d post\"\nmsgid_plural \"%d posts\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n",
	      HEADER "\n#, fuzzy\n#| msgid \"%d post\"\nmsgid \"%d post\"\n"
	      "msgid_plural \"%d posts\"\nmsgstr[0] \"%d article\"\nmsgstr[1] \"%d article\"\n");
}

static void message_that_is_gone_is_kept_and_comes_back(void **state)
{
	static const char gone[] = HEADER "\nmsgid \"Yes\"\nmsgstr \"Oui\"\n\n# Note.\n"
		"#~ msgctxt \"menu\"\n#~ msgid \"Home\"\n#~ msgstr \"Accueil\"\n";

	(void)state;
	check(HEADER "\n# Note.\n#: a\nmsgctxt \"menu\"\nmsgid \"Home\"\nmsgstr \"Accueil\"\n"
	      "\nmsgid \"No\"\nmsgstr \"\"\n\nmsgid \"Yes\"\nmsgstr \"Oui\"\n",
	      "msgid \"Yes\"\nmsgstr \"\"\n", gone);
	check(gone, "#: b\nmsgctxt \"menu\"\nmsgid \"Home\"\nmsgstr \"\"\n\nmsgid \"Yes\"\n"
	      "msgstr \"\"\n", HEADER "\n# Note.\n#: b\nmsgctxt \"menu\"\nmsgid \"Home\"\n"
	      "msgstr \"Accueil\"\n\nmsgid \"Yes\"\nmsgstr \"Oui\"\n");
}

static void flags_stand_once(void **state)
{
	(void)state;
	check(HEADER "\n#, no-wrap, c-format\nmsgid \"a %d\"\nmsgstr \"b %d\"\n",
	      "#, c-format, no-wrap\nmsgid \"a %d\"\nmsgstr \"\"\n",
	      HEADER "\n#, c-format, no-wrap\nmsgid \"a %d\"\nmsgstr \"b %d\"\n");
}

static void message_of_the_other_domain_brings_its_translation(void **state)
{
	struct po_merge_count count;
	const char *made = merge(HEADER, "#: a\nmsgid \"Yes\"\nmsgstr \"\"\n",
				 HEADER "\n#: b\nmsgid \"Yes\"\nmsgstr \"Oui\"\n", &count);

	(void)state;
	assert_string_equal(made, HEADER "\n#: a\nmsgid \"Yes\"\nmsgstr \"Oui\"\n");
	assert_int_equal(count.moved, 1);
}

static void same_words_in_another_order_are_less_alike(void **state)
{
	(void)state;
	assert_int_equal(po_merge_likeness(STR("abcdef"), STR("abcdef")), 1000);
	assert_true(po_merge_likeness(STR("abcdef"), STR("abcdxf")) > 800);
	assert_true(po_merge_likeness(STR("abcdef"), STR("fedcba")) < 400);
	assert_int_equal(po_merge_likeness(STR("abc"), STR("xyz")), 0);
}

int po_merge_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_as_it_was_keeps_its_lines),
		cmocka_unit_test(new_message_is_empty_and_has_its_plurals),
		cmocka_unit_test(changed_message_is_fuzzy_with_the_text_it_had),
		cmocka_unit_test(message_that_got_a_plural_is_fuzzy),
		cmocka_unit_test(message_that_is_gone_is_kept_and_comes_back),
		cmocka_unit_test(flags_stand_once),
		cmocka_unit_test(message_of_the_other_domain_brings_its_translation),
		cmocka_unit_test(same_words_in_another_order_are_less_alike),
	};

	return cmocka_run_group_tests_name("merge", tests, make_arena, free_arena);
}
