/* text_check_test.c - long texts: every rule of lang check fires where it should, and how far a
 * language is. */
#include <stdio.h>
#include <stdlib.h>
#include "base/folder_test.h"
#include "base/limits.h"
#include "translate/text_check.h"
#include "translate/translate_test.h"

#define NB "\xc2\xa0"
#define NNB "\xe2\x80\xaf"

#define WHO_ALONE "\n\n## Qui\n\n[a]({help_url}) {operator}\n"
#define WHO WHO_ALONE "\n"

static const char ENGLISH[] =
	"# Notice\n\nOf {host}.\n\n## Who\n\n- By {operator}, see [help]({help_url})\n\n"
	"### More\n\n```\n# {contact} [\n```\n\nSay `[it`.\n";

/* What is right: with the signs of its language, a line more, code of its own. */
static const char FRENCH[] =
	"# Mentions\n\nDe {host}" NB ": voici" NNB "!\nEt encore.\n\n## Qui\n\n"
	"- Par {operator}, voir [l’aide\n  du lieu]({help_url})\n\n### Plus\n\n"
	"```\nvoici \"rien\" ?\n```\n\nDites `\"`.\n";

/* The French text breaks this rule and no other, on that line. */
static const struct {
	const char *id, *text;
	int line;
} BROKEN[] = {
	{ "LA100", "Mentions\n", 1 },
	{ "LA100", "# Mentions\n\n{hote}\n", 3 },
	{ "LA100", "# Mentions\n\n\xff\n", 1 },
	{ "LA101", NULL, 1 },
	{ "LA102", "# M\n\n{host}" WHO "## Plus\n", 9 },
	{ "LA102", "# M\n\n{host}" WHO_ALONE, 7 },
	{ "LA102", "# M\n\n{host}" WHO "### Plus\n\n## Et\n", 11 },
	{ "LA103", "# M" WHO "### Plus\n", 7 },
	{ "LA103", "# M\n\n{host} {host} {place} {place}" WHO "### Plus\n", 3 },
	{ "LA104", "# M\n\n{host}\n\n## Qui\n\n[a]({help_url} {operator}\n\n### Plus\n", 7 },
	{ "LA104", "# M\n\n{host} [" WHO "### Plus\n", 3 },
	{ "LA104", "# M\n\n{host}]" WHO "### Plus\n", 3 },
	{ "LA105", "# M\n\n{host}\n\n## Qui\n\n{help_url} {operator}\n\n### Plus\n", 9 },
	{ "LA105", "# M\n\n{host}" WHO "### Plus\n\n[b](/b)\n", 11 },
	{ "LA106", "<!-- fuzzy -->\n# Notice\n", 1 },
	{ "LA050", "# M\n\n{host}\n\n## Qui;\n\n[a]({help_url}) {operator}\n\n### Plus\n", 5 },
	{ "LA052", "# M\n\n{host}\n\nUn\ndeux: trois" WHO "### Plus\n", 5 },
	{ "LA055", "# M\n\n{host}" WHO "### \"Plus\"\n", 9 },
	{ "LA080", "# M\n\n{host}" WHO "### Répertoires\n", 9 },
};

static struct arena *arena;
static const char *dir;

static void put(const char *name, const char *text)
{
	folder_test_put(arena, dir, name, text);
}

static int folder_make(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	arena = arena_new(0);
	dir = folder_test_new(arena);
	assert_ok(dir_make(path_join(arena, dir, STR("texts")), &f), &f);
	put("LINGUAS", "# in order\nen fr\n");
	put("texts/legal.en.md", ENGLISH);
	put("texts/help.en.md", "# Help\n");
	put("texts/help.fr.md", "# Aide\n");
	return 0;
}

static int folder_remove(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct text_folder load(void)
{
	struct fail f = FAIL_INIT;
	struct text_folder folder;

	assert_ok(text_folder_load(arena, dir, &folder, &f), &f);
	return folder;
}

static struct seen check(const char *lang, bool complete)
{
	struct text_folder folder = load();
	struct glossary glossary;
	struct seen seen = { 0 };
	struct po_check how = { &glossary, complete, translate_test_remember, &seen };
	struct fail f = FAIL_INIT;

	assert_ok(glossary_parse(arena, STR("term,fr,not fr\nfolder,dossier,répertoire*\n"), "g",
				 &glossary, &f), &f);
	text_check(&how, &folder, str_of(lang));
	return seen;
}

static void remove_text(const char *name)
{
	struct fail f = FAIL_INIT;

	assert_ok(file_remove(path_join(arena, dir, str_of(name)), &f), &f);
}

static void each_rule_is_broken_by_its_example(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(BROKEN); i++) {
		struct seen seen;

		remove_text("texts/legal.fr.md");
		if (BROKEN[i].text)
			put("texts/legal.fr.md", BROKEN[i].text);
		seen = check("fr", false);
		if (seen.count != 1 || strcmp(seen.id, BROKEN[i].id) != 0
		    || seen.line != BROKEN[i].line)
			fail_msg("%s (%zu): %zu findings, the last %s:%d", BROKEN[i].id, i,
				 seen.count, seen.id ? seen.id : "", seen.line);
	}
}

static void each_rule_of_texts_has_an_example(void **state)
{
	(void)state;
	for (const struct po_check_rule *r = po_check_rules; r->id; r++) {
		bool found = strcmp(r->id, "LA100") < 0 || strcmp(r->id, "LA107") == 0;

		for (size_t i = 0; i < ARRAY_LEN(BROKEN); i++)
			found |= strcmp(BROKEN[i].id, r->id) == 0;
		if (!found)
			fail_msg("%s has no example", r->id);
	}
}

static void what_is_right_breaks_no_rule(void **state)
{
	(void)state;
	put("texts/legal.fr.md", FRENCH);
	assert_int_equal(check("fr", true).count, 0);
	assert_int_equal(check("en", true).count, 0);
}

static void a_name_that_is_no_text_is_told(void **state)
{
	struct seen seen;

	(void)state;
	put("texts/privacy.fr.md", "# Vie privée\n");
	seen = check("fr", false);
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.id, "LA107");
	remove_text("texts/privacy.fr.md");
}

static void a_language_outside_of_linguas_may_wait(void **state)
{
	(void)state;
	put("texts/help.pt.md", "<!-- fuzzy -->\n# Help\n");
	assert_int_equal(check("pt", false).count, 0);
	assert_int_equal(check("pt", true).count, 2);
	remove_text("texts/help.pt.md");
}

static void sections_are_counted_as_messages_are(void **state)
{
	struct text_folder folder;
	struct po_stats *s;

	(void)state;
	put("texts/legal.fr.md", "<!-- fuzzy -->\n# M\n");
	folder = load();
	assert_int_equal(folder.n_langs, 2);
	assert_int_equal(text_folder_stats(&folder, STR("fr"), &s), 3);
	assert_int_equal(s[0].translated, 1);
	assert_int_equal(s[0].fuzzy, 3);
	assert_int_equal(s[0].words_translated, 2);
	assert_string_equal(s[2].screen, "texts/legal");
	assert_int_equal(text_folder_stats(&folder, STR("de"), &s), 3);
	assert_int_equal(s[0].missing, 4);
	assert_int_equal(po_stats_percent(&s[0]), 0);
	put("texts/legal.fr.md", FRENCH);
	folder = load();
	assert_int_equal(text_folder_stats(&folder, STR("fr"), &s), 3);
	assert_int_equal(po_stats_percent(&s[0]), 100);
}

static void a_translator_begins_with_the_english_text(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_TEXT);
	struct text_folder folder = load();

	(void)state;
	text_folder_copy(&b, text_folder_find(&folder, STR("help"), STR("en")));
	assert_str_eq(buf_str(&b), STR("<!-- fuzzy -->\n# Help\n"));
}

static void a_folder_without_texts_has_none(void **state)
{
	struct text_folder folder;
	struct fail f = FAIL_INIT;
	struct po_stats *s;

	(void)state;
	assert_ok(text_folder_load(arena, path_join(arena, dir, STR("texts")), &folder, &f), &f);
	assert_int_equal(folder.count, 0);
	assert_int_equal(text_folder_stats(&folder, STR("fr"), &s), 0);
}

int text_check_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_is_broken_by_its_example),
		cmocka_unit_test(each_rule_of_texts_has_an_example),
		cmocka_unit_test(what_is_right_breaks_no_rule),
		cmocka_unit_test(a_name_that_is_no_text_is_told),
		cmocka_unit_test(a_language_outside_of_linguas_may_wait),
		cmocka_unit_test(sections_are_counted_as_messages_are),
		cmocka_unit_test(a_translator_begins_with_the_english_text),
		cmocka_unit_test(a_folder_without_texts_has_none),
	};

	return cmocka_run_group_tests_name("texts", tests, folder_make, folder_remove);
}
