/* names_test.c - slugs, folding, domain names and look-alikes. */
#include "base/test.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "unicode/confusable.h"
#include "unicode/fold.h"
#include "unicode/idn.h"
#include "unicode/slug.h"
#include "unicode/unicode_test.h"

static void slug_is_latin_letters_and_hyphens(void **state)
{
	struct arena *a = *state;

	assert_str_eq(slug_make(a, STR("Hello, World!"), 80), STR("hello-world"));
	assert_str_eq(slug_make(a, STR("L'Été à Łódź"), 80), STR("l-ete-a-lodz"));
	assert_str_eq(slug_make(a, STR("  --C++ & C#--  "), 80), STR("c-c"));
	assert_str_eq(slug_make(a, STR("Œuvre, Straße, Ærø"), 80), STR("oeuvre-strasse-aero"));
	assert_str_eq(slug_make(a, STR("ﬁn de siècle"), 80), STR("fin-de-siecle"));
}

static void slug_of_other_scripts_is_transliterated(void **state)
{
	struct arena *a = *state;

	assert_str_eq(slug_make(a, STR("Привет, мир"), 80), STR("privet-mir"));
	assert_str_eq(slug_make(a, STR("Αθήνα"), 80), STR("athena"));
	assert_str_eq(slug_make(a, STR("你好"), 80), STR("ni-hao"));
	assert_str_eq(slug_make(a, STR("さくら"), 80), STR("sakura"));
}

static void slug_of_german_spells_umlauts_out(void **state)
{
	struct arena *a = *state;

	assert_str_eq(slug_make_in(a, STR("de"), STR("Über Größe"), 80), STR("ueber-groesse"));
	assert_str_eq(slug_make_in(a, STR("fr"), STR("Über Größe"), 80), STR("uber-grosse"));
}

/* A ligature is nothing we spell ourselves: the whole text goes to ICU then. */
static void usual_letters_are_spelt_as_icu_does(void **state)
{
	static const char *const langs[] = { "", "de" };
	struct arena *a = *state;

	for (uint32_t cp = 0xa0; cp < 0x2070; cp = cp == 0x250 ? 0x2000 : cp + 1)
		for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
			CLEANUP(buf_release) struct buf letter = BUF(8);
			struct str lang = str_of(langs[i]), ours, theirs;

			utf8_put(&letter, cp);
			ours = arena_printf(a, "a%.*sz fi", STR_ARG(buf_str(&letter)));
			theirs = arena_printf(a, "a%.*sz \xEF\xAC\x81", STR_ARG(buf_str(&letter)));
			assert_str_eq(slug_make_in(a, lang, ours, 80),
				      slug_make_in(a, lang, theirs, 80));
		}
}

static void slug_without_letters_is_empty(void **state)
{
	struct arena *a = *state;

	assert_str_eq(slug_make(a, STR(""), 80), STR(""));
	assert_str_eq(slug_make(a, STR("???"), 80), STR(""));
	assert_str_eq(slug_make(a, STR("\xF0\x9F\x8C\xA7"), 80), STR(""));
	assert_str_eq(slug_make(a, STR("\xFF\xFE"), 80), STR(""));
	assert_str_eq(slug_make(a, STR("abc"), 0), STR(""));
}

static void slug_is_cut_between_words(void **state)
{
	struct arena *a = *state;

	assert_str_eq(slug_make(a, STR("one two three"), 10), STR("one-two"));
	assert_str_eq(slug_make(a, STR("one two three"), 7), STR("one-two"));
	assert_str_eq(slug_make(a, STR("a verylongwordindeed"), 8), STR("a-verylo"));
}

static void fold_makes_case_and_accents_one(void **state)
{
	struct arena *a = *state;

	assert_str_eq(fold_key(a, STR("Plain ASCII")), STR("plain ascii"));
	assert_str_eq(fold_key(a, STR("ÉTÉ")), STR("ete"));
	assert_str_eq(fold_key(a, STR("e\xCC\x81te\xCC\x81")), STR("ete"));
	assert_str_eq(fold_key(a, STR("Straße")), STR("strasse"));
	assert_str_eq(fold_key(a, STR("Łódź Ærø Œuvre")), STR("lodz aero oeuvre"));
	assert_str_eq(fold_key(a, STR("Ώρα")), STR("ωρα"));
	assert_str_eq(fold_key(a, STR("ﬁn Ａ")), STR("fin a"));
}

static void fold_keeps_what_is_a_letter_of_its_own(void **state)
{
	struct arena *a = *state;

	assert_str_eq(fold_key(a, STR("Чёрный")), STR("черный"));
	assert_str_eq(fold_key(a, STR("が")), STR("が"));
	assert_str_eq(fold_key(a, STR("हिन्दी")), STR("हिन्दी"));
}

static void fold_twice_changes_nothing(void **state)
{
	struct arena *a = *state;
	static const char *const texts[] = { "ÀÉÎõü", "Чёрный", "İstanbul", "ΑΣ", "한국어", "ĲſǅⅧ" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct str once = fold_key(a, str_of(texts[i]));

		assert_str_eq(fold_key(a, once), once);
	}
}

static void idn_goes_to_ascii_and_back(void **state)
{
	struct arena *a = *state;
	struct fail f = FAIL_INIT;
	struct str ret = STR_NONE;

	assert_ok(idn_to_ascii(a, STR("Müller.Example"), &ret, &f), &f);
	assert_str_eq(ret, STR("xn--mller-kva.example"));
	assert_str_eq(idn_to_unicode(a, ret), STR("müller.example"));
	assert_ok(idn_to_ascii(a, STR("straße.example."), &ret, &f), &f);
	assert_str_eq(ret, STR("xn--strae-oqa.example"));
	assert_str_eq(idn_to_unicode(a, STR("xn--\x80")), STR("xn--\x80"));
}

static void assert_refused(struct arena *a, const char *name, const char *why)
{
	struct fail f = FAIL_INIT;
	struct str ret;

	assert_false(idn_to_ascii(a, str_of(name), &ret, &f));
	assert_int_equal(f.code, FAIL_INVALID);
	if (!strstr(f.text, why))
		fail_msg("\"%s\" says: %s", name, f.text);
}

static void idn_refusal_says_what_is_wrong(void **state)
{
	struct arena *a = *state;
	char longest[300] = "";

	memset(longest, 'a', 64);
	assert_refused(a, longest, "63 bytes");
	for (size_t i = 0; i < 298; i++)
		longest[i] = i % 50 == 49 ? '.' : 'a';
	assert_refused(a, longest, "253 bytes");
	assert_refused(a, "", "missing");
	assert_refused(a, "a..b", "empty");
	assert_refused(a, ".", "missing");
	assert_refused(a, "-a.example", "hyphen");
	assert_refused(a, "a b.example", "may not have");
	assert_refused(a, "a_b.example", "may not have");
	assert_refused(a, "xn--a\xC3\xBC.example", "xn--");
	assert_refused(a, "a\xFF.example", "UTF-8");
}

static void confusable_names_have_one_skeleton(void **state)
{
	struct arena *a = *state;
	struct str paypal = confusable_skeleton(a, STR("paypal"));

	assert_str_eq(confusable_skeleton(a, STR("p\xD0\xB0ypal")), paypal);
	assert_str_eq(confusable_skeleton(a, STR("PayPal")), paypal);
	assert_str_eq(confusable_skeleton(a, STR("paypa1")), paypal);
	assert_false(str_eq(confusable_skeleton(a, STR("paypol")), paypal));
	assert_str_eq(confusable_skeleton(a, STR("modern")),
		      confusable_skeleton(a, STR("rnodern")));
}

static void confusable_mix_of_scripts_is_seen(void **state)
{
	(void)state;
	assert_false(confusable_is_mixed(STR("anna-2031")));
	assert_false(confusable_is_mixed(STR("été")));
	assert_false(confusable_is_mixed(STR("привет")));
	assert_false(confusable_is_mixed(STR("東京タワーtower")));
	assert_false(confusable_is_mixed(STR("")));
	assert_true(confusable_is_mixed(STR("p\xD0\xB0ypal")));
	assert_true(confusable_is_mixed(STR("αbc")));
}

#define WITH_ARENA(t) cmocka_unit_test_setup_teardown(t, test_arena_make, test_arena_free)

int names_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(slug_is_latin_letters_and_hyphens),
		WITH_ARENA(slug_of_other_scripts_is_transliterated),
		WITH_ARENA(slug_of_german_spells_umlauts_out),
		WITH_ARENA(usual_letters_are_spelt_as_icu_does),
		WITH_ARENA(slug_without_letters_is_empty),
		WITH_ARENA(slug_is_cut_between_words),
		WITH_ARENA(fold_makes_case_and_accents_one),
		WITH_ARENA(fold_keeps_what_is_a_letter_of_its_own),
		WITH_ARENA(fold_twice_changes_nothing),
		WITH_ARENA(idn_goes_to_ascii_and_back),
		WITH_ARENA(idn_refusal_says_what_is_wrong),
		WITH_ARENA(confusable_names_have_one_skeleton),
		WITH_ARENA(confusable_mix_of_scripts_is_seen),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
