/* catalog_test.c - looking messages up; failures in the reader's language. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include "base/test.h"
#include "lang/lang_test.h"
#include "lang/speak.h"

static const char FRENCH[] =
	"msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"
	"msgid \"Read more\"\nmsgstr \"Lire la suite\"\n"
	"msgid \"Post\"\nmsgstr \"Billet\"\n"
	"msgctxt \"verb\"\nmsgid \"Post\"\nmsgstr \"Publier\"\n"
	"#, c-format\nmsgid \"%d reply\"\nmsgid_plural \"%d replies\"\n"
	"msgstr[0] \"%d réponse\"\nmsgstr[1] \"%d réponses\"\n"
	"#, fuzzy\nmsgid \"Fuzzy\"\nmsgstr \"Flou\"\n"
	"msgid \"Empty\"\nmsgstr \"\"\n"
	"msgid \"By {author}\"\nmsgstr \"Par {author}\"\n"
	"#, c-format\nmsgid \"post %<PRId64> is out\"\nmsgstr \"le billet %<PRId64> est paru\"\n";

static struct catalog *parse(const char *text)
{
	struct catalog *c = NULL;
	struct fail f = FAIL_INIT;

	assert_ok(catalog_parse(STR("fr"), str_of(text), "fr.po", &c, &f), &f);
	return c;
}

static void message_is_found_with_its_context_and_number(void **state)
{
	struct catalog *c = parse(FRENCH);

	(void)state;
	assert_string_equal(tr(c, "Read more"), "Lire la suite");
	assert_string_equal(tr(c, "Post"), "Billet");
	assert_string_equal(trc(c, "verb", "Post"), "Publier");
	assert_string_equal(trn(c, "%d reply", "%d replies", 0), "%d réponse");
	assert_string_equal(trn(c, "%d reply", "%d replies", 2), "%d réponses");
	assert_string_equal(tr(c, "post %" PRId64 " is out"), "le billet %" PRId64 " est paru");
	assert_str_eq(catalog_lang(c), STR("fr"));
	assert_int_equal(catalog_count(c), 6);
	assert_null(catalog_notes(c));
	catalog_unref(c);
}

static void words_of_a_layer_stand_before_those_below(void **state)
{
	struct catalog *under = parse(FRENCH), *over, *both;

	(void)state;
	over = parse("msgid \"Post\"\nmsgstr \"Article\"\n"
		     "msgid \"%d reply\"\nmsgid_plural \"%d replies\"\n"
		     "msgstr[0] \"%d mot\"\nmsgstr[1] \"%d mots\"\n");
	both = catalog_over(over, under);
	catalog_unref(over);
	catalog_unref(under);
	assert_string_equal(tr(both, "Post"), "Article");
	assert_string_equal(trc(both, "verb", "Post"), "Publier");
	assert_string_equal(tr(both, "Read more"), "Lire la suite");
	/* Its file has no rule of plurals: one, and all else. */
	assert_string_equal(trn(both, "%d reply", "%d replies", 0), "%d mots");
	assert_true(catalog_has(both, STR(""), STR("Read more")));
	assert_false(catalog_has(both, STR(""), STR("Nowhere")));
	catalog_unref(both);
}

static void what_a_layer_cannot_say_is_said_below(void **state)
{
	struct catalog *under = parse(FRENCH), *over, *both;
	struct str found;

	(void)state;
	/* Where a number is counted, one form for all is no answer. */
	over = parse("msgid \"%d reply\"\nmsgstr \"%d mots\"\n"
		     "msgid \"By {author}\"\nmsgstr \"De {auteur}\"\n");
	both = catalog_over(over, under);
	assert_string_equal(trn(both, "%d reply", "%d replies", 1), "%d réponse");
	assert_true(catalog_find(both, STR(""), STR("By {author}"), &found));
	assert_str_eq(found, STR("Par {author}"));
	catalog_unref(both);
	both = catalog_over(over, NULL);
	assert_string_equal(trn(both, "%d reply", "%d replies", 1), "%d reply");
	assert_false(catalog_find(both, STR(""), STR("Post"), &found));
	catalog_unref(both);
	catalog_unref(over);
	catalog_unref(under);
}

static void a_file_without_a_rule_counts_as_its_language_does(void **state)
{
	struct catalog *like = parse(FRENCH), *c = NULL;
	struct catalog_source from = {
		.text = STR("msgid \"%d day\"\nmsgid_plural \"%d days\"\n"
			    "msgstr[0] \"%d jour\"\nmsgstr[1] \"%d jours\"\n"),
		.name = "fr.po", .like = like,
	};
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(catalog_parse_all(STR("fr"), &from, 1, &c, &f), &f);
	assert_string_equal(trn(c, "%d day", "%d days", 0), "%d jour");
	catalog_unref(c);
	catalog_unref(like);
}

static void missing_message_is_answered_in_english(void **state)
{
	struct catalog *c = parse(FRENCH);

	(void)state;
	assert_string_equal(tr(c, "Nowhere"), "Nowhere");
	assert_string_equal(tr(c, "Fuzzy"), "Fuzzy");
	assert_string_equal(tr(c, "Empty"), "Empty");
	assert_string_equal(trc(c, "noun", "Post"), "Post");
	assert_string_equal(trn(c, "%d day", "%d days", 1), "%d day");
	assert_string_equal(trn(c, "%d day", "%d days", 0), "%d days");
	assert_string_equal(tr(NULL, "Read more"), "Read more");
	assert_str_eq(catalog_lang(NULL), STR("en"));
	catalog_unref(c);
	catalog_unref(NULL);
}

static void message_of_a_template_is_found_by_its_text(void **state)
{
	struct catalog *c = parse(FRENCH);
	struct str ret = STR("untouched");

	(void)state;
	assert_false(catalog_find(c, STR(""), STR("Nowhere"), &ret));
	assert_str_eq(ret, STR("untouched"));
	assert_true(catalog_find(c, STR(""), STR("By {author}"), &ret));
	assert_str_eq(ret, STR("Par {author}"));
	assert_true(catalog_find(c, STR("verb"), STR("Post"), &ret));
	assert_str_eq(ret, STR("Publier"));
	catalog_unref(c);
}

static void bad_translation_is_left_out_with_a_note(void **state)
{
	struct catalog *c = parse(
		"#, c-format\nmsgid \"%d posts\"\nmsgstr \"%s billets\"\n"
		"msgid \"of {name}\"\nmsgstr \"de {nom}\"\n"
		"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n"
		"msgid \"twice\"\nmsgstr \"deux\"\nmsgid \"twice\"\nmsgstr \"fois\"\n"
		"msgid \"plain\"\nmsgstr \"%s%n\"\n"
		"msgid \"one\"\nmsgid_plural \"%s %s\"\nmsgstr[0] \"%s\"\nmsgstr[1] \"%s %s\"\n");
	static const char *const lines[] = { "fr.po:2:", "fr.po:4:", "fr.po:6:", "fr.po:11:" };
	const struct catalog_note *note = catalog_notes(c);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++, note = note->next) {
		assert_non_null(note);
		if (strncmp(note->text, lines[i], strlen(lines[i])) != 0)
			fail_msg("%s is not at %s", note->text, lines[i]);
	}
	assert_null(note);
	assert_string_equal(tr(c, "%d posts"), "%d posts");
	assert_string_equal(tr(c, "twice"), "deux");
	assert_string_equal(tr(c, "plain"), "plain");
	assert_string_equal(tr(c, "one"), "one");
	assert_string_equal(trn(c, "one", "%d", 2), "%d");
	catalog_unref(c);
}

static void unreadable_catalog_says_where(void **state)
{
	struct catalog *c = NULL;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(catalog_parse(STR("fr"), STR("msgid \"a\"\nmsgid"), "fr.po", &c, &f), &f,
		     FAIL_INVALID);
	assert_true(strncmp(f.text, "fr.po:2: ", 9) == 0);
	assert_fails(
		catalog_parse(STR("fr"),
			      STR("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=L1\\n\""),
			      "fr.po", &c, &f),
		&f, FAIL_INVALID);
	assert_fails(
		catalog_parse(STR("fr"),
			      STR("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=9; plural=0;\\n\""),
			      "fr.po", &c, &f),
		&f, FAIL_INVALID);
	assert_null(c);
}

static void failure_is_told_in_the_language_of_its_thread(void **state)
{
	struct catalog *c = parse("#, c-format\nmsgid \"no post %d\"\nmsgstr \"pas de billet %d\"\n"
				  "msgid \"No such file or directory\"\nmsgstr \"introuvable\"\n");
	struct fail f = FAIL_INIT;

	(void)state;
	speak_install();
	speak_set(c);
	fail(&f, FAIL_NOT_FOUND, "no post %d", 7);
	assert_string_equal(f.text, "pas de billet 7");
	errno = ENOENT;
	fail_errno(&f, "%s", "a.md");
	assert_string_equal(f.text, "a.md: introuvable");
	assert_ptr_equal(speak_now(), c);
	speak_set(NULL);
	fail(&f, FAIL_NOT_FOUND, "no post %d", 7);
	assert_string_equal(f.text, "no post 7");
	fail_speak(NULL);
	catalog_unref(c);
}

int catalog_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message_is_found_with_its_context_and_number),
		cmocka_unit_test(words_of_a_layer_stand_before_those_below),
		cmocka_unit_test(what_a_layer_cannot_say_is_said_below),
		cmocka_unit_test(a_file_without_a_rule_counts_as_its_language_does),
		cmocka_unit_test(missing_message_is_answered_in_english),
		cmocka_unit_test(message_of_a_template_is_found_by_its_text),
		cmocka_unit_test(bad_translation_is_left_out_with_a_note),
		cmocka_unit_test(unreadable_catalog_says_where),
		cmocka_unit_test(failure_is_told_in_the_language_of_its_thread),
	};

	return cmocka_run_group_tests_name("catalog", tests, NULL, NULL);
}
