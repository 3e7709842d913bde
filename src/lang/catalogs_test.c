/* catalogs_test.c - a folder of catalogs, read and read again. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/folder_test.h"
#include "lang/catalogs.h"
#include "lang/lang_test.h"
#include "work/thread.h"

static struct arena *arena;
static const char *dir;

static void put(const char *name, const char *text)
{
	folder_test_put(arena, dir, name, text);
}

static int folder_make(void **state)
{
	(void)state;
	arena = arena_new(0);
	dir = folder_test_new(arena);
	put("LINGUAS", "# all\nfr en\nde xx ../x\n");
	put("fr.po", "msgid \"Tag\"\nmsgstr \"Étiquette\"\n");
	put("de.po", "msgid \"Tag\"\nmsgstr \"Schlagwort\"\n");
	return 0;
}

static int folder_remove(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct catalogs *load(const struct catalogs *last)
{
	struct catalogs *s = NULL;
	struct fail f = FAIL_INIT;

	assert_ok(catalogs_load(dir, last, &s, &f), &f);
	return s;
}

static void count_note(void *data, const char *note)
{
	(void)note;
	++*(int *)data;
}

static void languages_come_in_the_order_of_linguas(void **state)
{
	struct catalogs *s = load(NULL);
	int notes = 0;

	(void)state;
	assert_int_equal(catalogs_count(s), 3);
	assert_str_eq(catalog_lang(catalogs_at(s, 0)), STR("fr"));
	assert_str_eq(catalog_lang(catalogs_at(s, 1)), STR("en"));
	assert_str_eq(catalog_lang(catalogs_at(s, 2)), STR("de"));
	assert_null(catalogs_at(s, 3));
	catalogs_notes(s, count_note, &notes);
	assert_int_equal(notes, 2);		/* xx and ../x */
	catalogs_unref(s);
}

static void what_operators_read_stands_in_a_file_of_its_own(void **state)
{
	struct catalogs *s;
	const struct catalog *fr;

	(void)state;
	put("fr.operator.po",
	    "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"
	    "msgid \"Tag\"\nmsgstr \"autre\"\n"
	    "msgid \"one site\"\nmsgid_plural \"%d sites\"\n"
	    "msgstr[0] \"un site\"\nmsgstr[1] \"%d sites\"\n");
	s = load(NULL);
	fr = catalogs_find(s, STR("fr"));
	assert_string_equal(tr(fr, "Tag"), "Étiquette");
	assert_string_equal(catalog_plural(fr, NULL, "one site", "%d sites", 0), "un site");
	catalogs_unref(s);
	assert_int_equal(unlink(path_join(arena, dir, STR("LINGUAS"))), 0);
	s = load(NULL);
	assert_int_equal(catalogs_count(s), 3);		/* fr, de and en: no "fr.operator" */
	catalogs_unref(s);
}

static void broken_file_of_operators_leaves_that_of_visitors(void **state)
{
	struct catalogs *s;
	int notes = 0;

	(void)state;
	put("de.operator.po", "nonsense\n");
	s = load(NULL);
	assert_string_equal(tr(catalogs_find(s, STR("de")), "Tag"), "Schlagwort");
	catalogs_notes(s, count_note, &notes);
	assert_int_equal(notes, 3);		/* xx and ../x, and this one */
	catalogs_unref(s);
}

static void language_is_found_without_its_country(void **state)
{
	struct catalogs *s = load(NULL);

	(void)state;
	assert_str_eq(catalog_lang(catalogs_find(s, STR("fr-CH"))), STR("fr"));
	assert_str_eq(catalog_lang(catalogs_find(s, STR("de_AT"))), STR("de"));
	assert_str_eq(catalog_lang(catalogs_find(s, STR("DE"))), STR("de"));
	assert_null(catalogs_find(s, STR("es")));
	assert_null(catalogs_find(s, STR("")));
	catalogs_unref(s);
}

static void one_language_is_loaded_by_itself(void **state)
{
	static const struct {
		const char *asked, *found;
	} rows[] = {
		{ "fr", "fr" }, { "fr-CH", "fr" }, { "de-AT-1996", "de" }, { "es", NULL },
		{ "", NULL }, { "../x", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct catalogs *s = catalogs_load_one(dir, str_of(rows[i].asked));
		const struct catalog *c = catalogs_find(s, str_of(rows[i].asked));

		assert_int_equal(catalogs_count(s), rows[i].found ? 1 : 0);
		if (rows[i].found)
			assert_str_eq(catalog_lang(c), str_of(rows[i].found));
		else
			assert_null(c);
		catalogs_unref(s);
	}
}

static void a_language_is_read_when_it_is_first_found(void **state)
{
	struct catalogs *s = load(NULL);

	(void)state;
	put("fr.po", "msgid \"Tag\"\nmsgstr \"Mot-clé\"\n");
	assert_string_equal(tr(catalogs_find(s, STR("fr")), "Tag"), "Mot-clé");
	put("fr.po", "msgid \"Tag\"\nmsgstr \"Sujet\"\n");
	put("de.po", "nonsense\n");
	assert_string_equal(tr(catalogs_find(s, STR("fr")), "Tag"), "Mot-clé");
	assert_null(catalogs_find(s, STR("de")));
	assert_int_equal(catalogs_count(s), 2);
	assert_int_equal(catalogs_percent(s, STR("de")), -1);
	assert_string_equal(tr(catalogs_at(s, 0), "Tag"), "Mot-clé");
	assert_str_eq(catalog_lang(catalogs_at(s, 1)), STR("en"));
	catalogs_unref(s);
}

static void the_set_in_use_until_now_has_all_that_it_says(void **state)
{
	struct catalogs *first = load(NULL), *second = load(first);

	(void)state;
	catalogs_unref(first);
	put("fr.po", "msgid \"Tag\"\nmsgstr \"Sujet\"\n");
	assert_string_equal(tr(catalogs_find(second, STR("fr")), "Tag"), "Étiquette");
	catalogs_unref(second);
}

struct asking {
	struct catalogs *set;
	const struct catalog *fr, *de;
	size_t count;
};

static void ask(void *arg)
{
	struct asking *a = arg;

	a->fr = catalogs_find(a->set, STR("fr"));
	a->count = catalogs_count(a->set);
	a->de = catalogs_find(a->set, STR("de"));
}

static void many_ask_at_once_and_get_the_same(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct asking asking[4];
		struct thread *threads[4];
		struct catalogs *s = load(NULL);
		int notes = 0;

		for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
			asking[i] = (struct asking){ .set = s };
			assert_ok(thread_start("asks", ask, &asking[i], &threads[i], &f), &f);
		}
		for (size_t i = 0; i < ARRAY_LEN(threads); i++)
			thread_join(threads[i]);
		for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
			assert_non_null(asking[i].fr);
			assert_ptr_equal(asking[i].fr, asking[0].fr);
			assert_ptr_equal(asking[i].de, asking[0].de);
			assert_int_equal(asking[i].count, 3);
		}
		catalogs_notes(s, count_note, &notes);
		assert_int_equal(notes, 2);
		catalogs_unref(s);
	}
}

static void best_language_follows_the_weights(void **state)
{
	struct catalogs *s = load(NULL);
	static const struct {
		const char *accept, *lang;
	} rows[] = {
		{ "fr", "fr" },
		{ "es, de;q=0.8, en;q=0.5", "de" },
		{ "en;q=0.1,fr-FR;q=0.11", "fr" },
		{ "de;q=0, fr;q=0.001", "fr" },
		{ "", "en" },
		{ "*", "en" },
		{ "ja", "en" },
		{ "de;q=x,fr;q=0.2", "fr" },
		{ "fr , de", "fr" },
		{ ",,;;=,", "en" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str_eq(catalog_lang(catalogs_best(s, str_of(rows[i].accept))),
			      str_of(rows[i].lang));
	catalogs_unref(s);
}

static void broken_file_leaves_the_last_good_one(void **state)
{
	struct catalogs *first = load(NULL), *second;
	int notes = 0;

	(void)state;
	assert_string_equal(tr(catalogs_find(first, STR("fr")), "Tag"), "Étiquette");
	put("fr.po", "msgid \"Tag\n");
	put("de.po", "msgid \"Tag\"\nmsgstr \"Tag neu\"\n");
	second = load(first);
	catalogs_unref(first);
	assert_string_equal(tr(catalogs_find(second, STR("fr")), "Tag"), "Étiquette");
	assert_string_equal(tr(catalogs_find(second, STR("de")), "Tag"), "Tag neu");
	catalogs_notes(second, count_note, &notes);
	assert_int_equal(notes, 3);
	catalogs_unref(second);
}

static void folder_without_linguas_offers_every_file(void **state)
{
	struct fail f = FAIL_INIT;
	struct catalogs *s;

	(void)state;
	assert_ok(file_remove(path_join(arena, dir, STR("LINGUAS")), &f), &f);
	s = load(NULL);
	assert_int_equal(catalogs_count(s), 3);
	assert_non_null(catalogs_find(s, STR("en")));
	catalogs_unref(s);
	assert_false(catalogs_load("/nowhere/at/all", NULL, &s, &f));
}

static void a_language_that_linguas_does_not_name_follows(void **state)
{
	struct catalogs *s;

	(void)state;
	put("pt.po", "msgid \"Tag\"\nmsgstr \"Etiqueta\"\n");
	s = load(NULL);
	assert_int_equal(catalogs_count(s), 4);
	assert_str_eq(catalog_lang(catalogs_at(s, 3)), STR("pt"));
	catalogs_unref(s);
}

static void what_an_earlier_folder_says_counts(void **state)
{
	const char *own = path_join(arena, dir, STR("own"));
	const char *dirs[] = { own, dir };
	struct fail f = FAIL_INIT;
	struct catalogs *s;

	(void)state;
	assert_ok(dir_make(own, &f), &f);
	put("own/fr.po", "msgid \"Tag\"\nmsgstr \"Mot-clé\"\n");
	put("fr.po", "msgid \"Tag\"\nmsgstr \"Étiquette\"\n\nmsgid \"Post\"\nmsgstr \"Article\"\n");
	put("own/eo.po", "msgid \"Tag\"\nmsgstr \"Etikedo\"\n");
	assert_ok(catalogs_load_all(dirs, 2, NULL, &s, &f), &f);
	assert_string_equal(tr(catalogs_find(s, STR("fr")), "Tag"), "Mot-clé");
	assert_string_equal(tr(catalogs_find(s, STR("fr")), "Post"), "Article");
	assert_string_equal(tr(catalogs_find(s, STR("eo")), "Tag"), "Etikedo");
	catalogs_unref(s);
}

static void a_language_is_measured_by_the_template_and_offered_from_80_on(void **state)
{
	struct catalogs *s;

	(void)state;
	put("hameau.pot", "msgid \"a\"\nmsgstr \"\"\n\nmsgid \"b\"\nmsgstr \"\"\n\n"
			  "msgid \"c\"\nmsgstr \"\"\n\nmsgid \"d\"\nmsgstr \"\"\n\n"
			  "msgid \"e\"\nmsgstr \"\"\n");
	put("fr.po", "msgid \"a\"\nmsgstr \"A\"\n\nmsgid \"b\"\nmsgstr \"B\"\n\n"
		     "msgid \"c\"\nmsgstr \"C\"\n\nmsgid \"d\"\nmsgstr \"D\"\n");
	put("de.po", "msgid \"a\"\nmsgstr \"A\"\n\n#, fuzzy\nmsgid \"b\"\nmsgstr \"B\"\n\n"
		     "msgid \"other\"\nmsgstr \"anders\"\n");
	s = load(NULL);
	assert_int_equal(catalogs_percent(s, STR("fr")), 80);
	assert_int_equal(catalogs_percent(s, STR("de")), 20);
	assert_int_equal(catalogs_percent(s, STR("en")), 100);
	assert_int_equal(catalogs_percent(s, STR("es")), -1);
	assert_true(catalogs_is_offered(s, STR("fr-CH")));
	assert_false(catalogs_is_offered(s, STR("de")));
	/* Whom nobody asked is not given half a translation. */
	assert_str_eq(catalog_lang(catalogs_best(s, STR("de, fr;q=0.5"))), STR("fr"));
	assert_str_eq(catalog_lang(catalogs_best(s, STR("de"))), STR("en"));
	catalogs_unref(s);
}

static void wording_has_no_english_of_its_own_accord(void **state)
{
	struct catalogs *core = load(NULL), *s;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(catalogs_load_wording(dir, "a site", core, NULL, &s, &f), &f);
	assert_null(catalogs_find(s, STR("en")));
	assert_int_equal(catalogs_count(s), 2);
	catalogs_unref(s);
	put("en.po", "msgid \"Tag\"\nmsgstr \"Label\"\n");
	assert_ok(catalogs_load_wording(dir, "a site", core, NULL, &s, &f), &f);
	assert_string_equal(tr(catalogs_find(s, STR("en")), "Tag"), "Label");
	catalogs_unref(s);
	catalogs_unref(core);
}

static void fail_with_note(void *data, const char *note)
{
	(void)data;
	fail_msg("%s", note);
}

static void our_own_catalogs_are_read_without_a_note(void **state)
{
	const char *top = getenv("top_srcdir");
	struct fail f = FAIL_INIT;
	struct catalogs *s;

	(void)state;
	if (!top)
		skip();
	assert_ok(catalogs_load(path_join(arena, top, STR("lang")), NULL, &s, &f), &f);
	catalogs_notes(s, fail_with_note, NULL);
	assert_string_equal(tr(catalogs_find(s, STR("fr")), "File exists"), "Le fichier existe");
	catalogs_unref(s);
}

#define WITH_FOLDER(t) cmocka_unit_test_setup_teardown(t, folder_make, folder_remove)

int catalogs_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(languages_come_in_the_order_of_linguas),
		WITH_FOLDER(what_operators_read_stands_in_a_file_of_its_own),
		WITH_FOLDER(broken_file_of_operators_leaves_that_of_visitors),
		WITH_FOLDER(language_is_found_without_its_country),
		WITH_FOLDER(one_language_is_loaded_by_itself),
		WITH_FOLDER(a_language_is_read_when_it_is_first_found),
		WITH_FOLDER(the_set_in_use_until_now_has_all_that_it_says),
		WITH_FOLDER(many_ask_at_once_and_get_the_same),
		WITH_FOLDER(best_language_follows_the_weights),
		WITH_FOLDER(broken_file_leaves_the_last_good_one),
		WITH_FOLDER(folder_without_linguas_offers_every_file),
		WITH_FOLDER(a_language_that_linguas_does_not_name_follows),
		WITH_FOLDER(what_an_earlier_folder_says_counts),
		WITH_FOLDER(a_language_is_measured_by_the_template_and_offered_from_80_on),
		WITH_FOLDER(wording_has_no_english_of_its_own_accord),
		WITH_FOLDER(our_own_catalogs_are_read_without_a_note),
	};

	return cmocka_run_group_tests_name("catalogs", tests, NULL, NULL);
}
