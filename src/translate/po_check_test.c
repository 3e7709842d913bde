/* po_check_test.c - every rule of lang check fires where it should, and nowhere else. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/folder_test.h"
#include "translate/po_check.h"
#include "translate/translate_test.h"

#define NB "\xc2\xa0"
#define NNB "\xe2\x80\xaf"
#define HEAD(lang, plural) \
	"msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n" \
	"\"Language: " lang "\\n\"\n\"Plural-Forms: " plural "\\n\"\n\n"
#define GERMANIC "nplurals=2; plural=(n != 1);"
#define FR HEAD("fr", "nplurals=2; plural=(n > 1);")
#define DE HEAD("de", GERMANIC)
#define ES HEAD("es", GERMANIC)
#define IT HEAD("it", GERMANIC)
#define ONE(id, text) "msgid \"" id "\"\nmsgstr \"" text "\"\n"

static const char GLOSSARY[] =
	"term,context,fr,de,not fr,not de,note\n"
	"folder,\"where files, or folders, are\",dossier,Ordner,répertoire*,Verzeichnis*,\n"
	"tag,,étiquette,Schlagwort,,,\ntag (template),,balise,Marke,,,\n";

/* The catalog of `lang` breaks this rule and no other, on that line. */
static const struct {
	const char *id, *lang, *po;
	int line;
} BROKEN[] = {
	{ "LA001", "fr", FR "msgid \"a\nmsgstr \"b\"\n", 6 },
	{ "LA001", "fr", FR ONE("a", "\xff"), 7 },
	{ "LA002", "de", "msgid \"\"\nmsgstr \"Plural-Forms: " GERMANIC "\\n\"\n\n"
	  ONE("Home", "Start"), 1 },
	{ "LA003", "fr", HEAD("fr", "nplurals=2; plural=(n >;") ONE("Home", "Accueil"), 1 },
	{ "LA004", "fr", HEAD("fr", GERMANIC) ONE("Home", "Accueil"), 1 },
	{ "LA005", "tlh", HEAD("tlh", "nplurals=2; plural=(n < 900 ? n != 1 : 2);")
	  ONE("Home", "juH"), 1 },
	{ "LA005", "tlh", HEAD("tlh", "nplurals=2; plural=(n < 0);") ONE("Home", "juH"), 1 },
	{ "LA006", "fr", HEAD("it", "nplurals=2; plural=(n > 1);") ONE("Home", "Accueil"), 1 },
	{ "LA012", "fr", FR ONE("Home", ""), 6 },
	{ "LA013", "fr", FR "#, fuzzy\n" ONE("Home", "Maison"), 7 },
	{ "LA014", "fr", FR ONE("Home", "Accueil") ONE("Home", "Accueil"), 8 },
	{ "LA015", "fr", FR "msgid \"a post\"\nmsgid_plural \"%d posts\"\n"
	  "msgstr[0] \"un article\"\n", 6 },
	{ "LA020", "fr", FR "#, c-format\n" ONE("%s of %d", "%d de %s"), 7 },
	{ "LA020", "fr", FR "#: src/a.c\n" ONE("all of it", "%d %%"), 7 },
	{ "LA021", "fr", FR ONE("by {name}", "par {nom}"), 6 },
	{ "LA030", "fr", FR ONE("<b>Home</b>", "<b>Accueil"), 6 },
	{ "LA031", "fr", FR ONE("see `x`", "voir x"), 6 },
	{ "LA031", "fr", FR ONE("a [link](/x)", "un lien (/x)"), 6 },
	{ "LA032", "fr", FR ONE("Home (first)", "Accueil (début"), 6 },
	{ "LA033", "de", DE ONE("File", "&Datei"), 6 },
	{ "LA040", "fr", FR ONE("Home ", "Accueil"), 6 },
	{ "LA041", "fr", FR ONE("Home.", "Accueil"), 6 },
	{ "LA042", "fr", FR ONE("the home", "l’accueil  ici"), 6 },
	{ "LA043", "fr", FR ONE("a … b", "a ... b"), 6 },
	{ "LA044", "fr", FR ONE("a\\nb", "a b"), 6 },
	{ "LA050", "fr", FR ONE("gone; wait", "parti; attendez"), 6 },
	{ "LA051", "fr", FR ONE("gone; wait", "parti ; attendez"), 6 },
	{ "LA052", "fr", FR ONE("here: a", "ici: a"), 6 },
	{ "LA053", "fr", FR ONE("the “home”", "l’«accueil" NB "»"), 6 },
	{ "LA054", "it", IT ONE("the address", "l'indirizzo"), 6 },
	{ "LA055", "fr", FR ONE("the “home”", "l’\\\"accueil\\\""), 6 },
	{ "LA056", "es", ES ONE("the “home”", "el \\\"inicio\\\""), 6 },
	{ "LA057", "de", DE ONE("the “home”", "der \\\"Anfang\\\""), 6 },
	{ "LA058", "es", ES ONE("the “home”", "el « inicio »"), 6 },
	{ "LA059", "es", ES ONE("Who?", "Quién?"), 6 },
	{ "LA060", "es", ES ONE("Stop!", "Alto!"), 6 },
	{ "LA061", "de", DE ONE("so that it is", "so daß es ist"), 6 },
	{ "LA062", "it", IT ONE("It is so", "E' così"), 6 },
	{ "LA063", "it", IT ONE("because", "perchè"), 6 },
	{ "LA064", "de", DE ONE("the “home”", "der „Anfang”"), 6 },
	{ "LA080", "fr", FR ONE("a dir", "Répertoires"), 6 },
	{ "LA081", "fr", FR ONE("the folder is gone", "la chose est partie"), 6 },
	{ "LA090", "de", DE ONE("the home", "the home"), 6 },
	{ "LA091", "de", DE ONE("Home", "Die Seite, die alle zuerst sehen"), 6 },
};

/* What is right, and looks a little as if it were not. */
static const struct {
	const char *lang, *po;
} GOOD[] = {
	{ "fr", FR ONE("gone: wait!", "parti" NB ": attendez" NNB "!") },
	{ "fr", FR ONE("%s:%d: see http://a.b/c?d;e", "%s:%d" NB ": voir http://a.b/c?d;e") },
	{ "fr", FR "#, c-format\n" ONE("%s of %d", "%2$d de %1$s") },
	{ "fr", FR "#, c-format\nmsgid \"one post\"\nmsgid_plural \"%d posts\"\n"
	  "msgstr[0] \"un article\"\nmsgstr[1] \"%d articles\"\n" },
	{ "fr", FR ONE("a tag in a template", "une balise") },
	{ "fr", FR ONE("the folder", "les dossiers") "\n#~ msgid \"gone\"\n#~ msgstr \"gone\"\n" },
	{ "de", DE ONE("the “home”", "der „Anfang“") },
	{ "es", ES ONE("Who is it?", "¿Quién es?") },
	{ "ar", HEAD("ar", "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 &&"
		     " n%100<=10 ? 3 : n%100>=11 ? 4 : 5);") ONE("Who?", "من؟") },
};

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

static struct seen check(const char *lang, const char *po)
{
	const char *path = arena_printf(arena, "%s/%s.po", dir, lang).p;
	struct glossary glossary;
	struct po_folder folder;
	struct seen seen = { 0 };
	struct po_check how = { &glossary, true, translate_test_remember, &seen };
	struct fail f = FAIL_INIT;

	assert_ok(glossary_parse(arena, str_of(GLOSSARY), "GLOSSARY.csv", &glossary, &f), &f);
	assert_ok(file_write(path, str_of(po), false, &f), &f);
	assert_ok(po_folder_load(arena, dir, &folder, &f), &f);
	assert_int_equal(folder.count, 1);
	po_check_file(&how, &folder, &folder.files[0]);
	assert_int_equal(unlink(path), 0);
	return seen;
}

static void each_rule_is_broken_by_its_example(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(BROKEN); i++) {
		struct seen seen = check(BROKEN[i].lang, BROKEN[i].po);

		if (seen.count != 1 || strcmp(seen.id, BROKEN[i].id) != 0 ||
		    seen.line != BROKEN[i].line)
			fail_msg("%s (%zu): %zu findings, the last %s:%d %s", BROKEN[i].id, i,
				 seen.count, seen.id ? seen.id : "", seen.line, seen.text);
	}
}

static void each_rule_has_an_example(void **state)
{
	(void)state;
	for (const struct po_check_rule *r = po_check_rules; r->id; r++) {
		/* LA100 and above are of long texts: see text_check_test.c */
		bool found = strcmp(r->id, "LA010") == 0 || strcmp(r->id, "LA011") == 0
			|| strcmp(r->id, "LA100") >= 0;

		for (size_t i = 0; i < ARRAY_LEN(BROKEN); i++)
			found |= strcmp(BROKEN[i].id, r->id) == 0;
		if (!found)
			fail_msg("%s has no example", r->id);
	}
}

static void what_is_right_breaks_no_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(GOOD); i++) {
		struct seen seen = check(GOOD[i].lang, GOOD[i].po);

		if (seen.count)
			fail_msg("%zu: %s:%d %s", i, seen.id, seen.line, seen.text);
	}
}

static void catalog_and_template_hold_the_same_messages(void **state)
{
	const char *pot = path_join(arena, dir, STR("hameau.pot"));
	struct fail f = FAIL_INIT;
	struct seen seen;

	(void)state;
	assert_ok(file_write(pot, STR(ONE("Home", "") "\n" ONE("Search", "")), false, &f), &f);
	seen = check("fr", FR ONE("Home", "Accueil"));
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.id, "LA010");
	seen = check("fr", FR ONE("Home", "Accueil") ONE("Search", "Recherche")
		     ONE("Else", "Autre"));
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.id, "LA011");
	assert_int_equal(seen.line, 10);
	assert_int_equal(unlink(pot), 0);
}

static void glossary_is_read_with_its_quotes(void **state)
{
	struct glossary g;
	struct fail f = FAIL_INIT;
	struct str cell, word;

	(void)state;
	assert_ok(glossary_parse(arena, STR("term,fr\r\n\"a \"\"b\"\", c\",x / y z\n"), "g", &g,
				 &f), &f);
	assert_int_equal(g.count, 1);
	assert_str_eq(glossary_cell(&g, 0, STR("term")), STR("a \"b\", c"));
	cell = glossary_cell(&g, 0, STR("fr"));
	assert_true(glossary_word(&cell, &word));
	assert_str_eq(word, STR("x"));
	assert_true(glossary_word(&cell, &word));
	assert_str_eq(word, STR("y z"));
	assert_false(glossary_word(&cell, &word));
	assert_int_equal(glossary_cell(&g, 0, STR("de")).n, 0);
	assert_fails(glossary_parse(arena, STR("term\n\"a\n"), "g", &g, &f), &f, FAIL_INVALID);
	assert_true(str_starts(str_of(f.text), STR("g:")));
}

int po_check_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_is_broken_by_its_example),
		cmocka_unit_test(each_rule_has_an_example),
		cmocka_unit_test(what_is_right_breaks_no_rule),
		cmocka_unit_test(catalog_and_template_hold_the_same_messages),
		cmocka_unit_test(glossary_is_read_with_its_quotes),
	};

	return cmocka_run_group_tests_name("check", tests, folder_make, folder_remove);
}
