/* tools_test.c - plural rules, the pseudo-language, new catalogs and how far they are. */
#include "base/limits.h"
#include "base/test.h"
#include "lang/catalog.h"
#include "lang/plural.h"
#include "translate/plurals.h"
#include "translate/po_new.h"
#include "translate/po_stats.h"
#include "translate/pseudo.h"
#include "translate/translate_test.h"

static const char POT[] =
	"msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
	"#: src/web/a.c src/web/b.c\nmsgid \"Read more\"\nmsgstr \"\"\n\n"
	"#: src/web/b.c themes/plume/templates/post.html\n#, c-format\nmsgid \"%d post\"\n"
	"msgid_plural \"%d posts\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n";

static struct po parse(struct arena *a, struct str text)
{
	struct po po;
	struct fail f = FAIL_INIT;

	assert_ok(po_parse_all(a, text, "test.po", &po, &f), &f);
	return po;
}

static unsigned form(const char *lang, uint64_t n)
{
	struct plural p;
	struct fail f = FAIL_INIT;

	assert_non_null(plurals_of(str_of(lang)));
	assert_ok(plural_parse(str_of(plurals_of(str_of(lang))), &p, &f), &f);
	return plural_form(&p, n);
}

static void languages_have_their_plural_rules(void **state)
{
	(void)state;
	assert_int_equal(form("fr", 0), 0);
	assert_int_equal(form("de-AT", 0), 1);
	assert_int_equal(form("pt-BR", 0), 0);
	assert_int_equal(form("pt", 0), 1);
	assert_int_equal(form("pl", 22), 1);
	assert_int_equal(form("pl", 25), 2);
	assert_int_equal(form("pl", 12), 2);
	assert_int_equal(form("ru", 21), 0);
	assert_int_equal(form("sl", 102), 1);
	assert_int_equal(form("ar", 0), 0);
	assert_int_equal(form("ar", 11), 4);
	assert_int_equal(form("ar", 100), 5);
	assert_int_equal(form("ja", 5), 0);
	assert_null(plurals_of(STR("tlh")));
	assert_null(plurals_of(STR("")));
}

static void check_pseudo(const char *text, bool c_format, const char *expected)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CATALOG);

	pseudo_text(&b, str_of(text), c_format);
	assert_string_equal(b.p, expected);
}

static void pseudo_language_keeps_what_is_not_words(void **state)
{
	(void)state;
	check_pseudo("Read more", false, "⟦Ŕéáḋ ṁóŕé ~~~⟧");
	check_pseudo("%1$s of %-5.2lld\n", true, "⟦%1$s óḟ %-5.2lld ~⟧\n");
	check_pseudo("100 % by {author.name}", false, "⟦100 % ḃý {author.name} ~~~⟧");
	check_pseudo("see <a href=\"/x\">it</a> &amp; http://a.b/c", false,
		     "⟦śéé <a href=\"/x\">íţ</a> &amp; http://a.b/c ~~⟧");
	check_pseudo("{not a name}", false, "⟦{ñóţ á ñáṁé} ~~~~⟧");
}

static void pseudo_catalog_is_used_as_any_other(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CATALOG);
	struct po pot = parse(a, str_of(POT));
	struct catalog *c;
	struct fail f = FAIL_INIT;

	(void)state;
	pseudo_catalog(&b, &pot);
	assert_ok(catalog_parse(STR(PSEUDO_LANG), buf_str(&b), "qps.po", &c, &f), &f);
	assert_null(catalog_notes(c));
	assert_int_equal(catalog_count(c), 2);
	assert_string_equal(catalog_plural(c, NULL, "%d post", "%d posts", 2), "⟦%d ṗóśţś ~~⟧");
	catalog_unref(c);
}

static void new_catalog_asks_for_every_form(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CATALOG);
	struct po pot = parse(a, str_of(POT)), made;

	(void)state;
	po_new(&b, &pot, STR("pl"), plurals_of(STR("pl")));
	made = parse(a, buf_str(&b));
	assert_int_equal(made.count, 2);
	assert_int_equal(made.messages[1].texts, 3);
	assert_true(made.messages[1].c_format);
	assert_str_eq(po_header(&made, "Language"), STR("pl"));
	assert_str_eq(po_header(&made, "Plural-Forms"), str_of(plurals_of(STR("pl"))));
}

static void screens_are_folders_and_templates(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct po pot = parse(a, str_of(POT));
	struct po po = parse(a, STR("msgid \"Read more\"\nmsgstr \"Lire\"\n\n#, fuzzy\n"
				    "msgid \"%d post\"\nmsgid_plural \"%d posts\"\n"
				    "msgstr[0] \"a\"\nmsgstr[1] \"b\"\n\nmsgid \"gone\"\n"
				    "msgstr \"x\"\n"));
	struct po_stats *s;

	(void)state;
	assert_int_equal(po_stats(a, &pot, &po, &s), 3);
	assert_int_equal(s[0].translated, 1);
	assert_int_equal(s[0].fuzzy, 1);
	assert_int_equal(po_stats_percent(&s[0]), 50);
	assert_int_equal(s[0].words, 4);
	assert_int_equal(s[0].words_translated, 2);
	assert_string_equal(s[1].screen, "plume/post");
	assert_int_equal(s[1].fuzzy, 1);
	assert_string_equal(s[2].screen, "src/web");
	assert_int_equal(po_stats_all(&s[2]), 2);
	po_stats(a, &pot, NULL, &s);
	assert_int_equal(s[0].missing, 2);
}

int tools_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_have_their_plural_rules),
		cmocka_unit_test(pseudo_language_keeps_what_is_not_words),
		cmocka_unit_test(pseudo_catalog_is_used_as_any_other),
		cmocka_unit_test(new_catalog_asks_for_every_form),
		cmocka_unit_test(screens_are_folders_and_templates),
	};

	return cmocka_run_group_tests_name("tools", tests, NULL, NULL);
}
