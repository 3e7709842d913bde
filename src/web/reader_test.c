/* reader_test.c - addresses of a reader's language, and the links of a page in it. */
#include "web/reader.h"

#include "web/head.h"
#include "web/markup.h"
#include "web/show_test.h"

static bool has(struct str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static void an_address_tells_the_language_and_the_page(void **state)
{
	struct str lang, rest;

	(void)state;
	assert_true(reader_split(STR("/_/fr/"), &lang, &rest));
	assert_str_eq(lang, STR("fr"));
	assert_str_eq(rest, STR("/"));
	assert_true(reader_split(STR("/_/pt-BR/a/b"), &lang, &rest));
	assert_str_eq(lang, STR("pt-BR"));
	assert_str_eq(rest, STR("/a/b"));
}

static void other_addresses_below_the_underscore_are_none(void **state)
{
	static const char *const others[] = {
		"/", "/fr/", "/_/", "/_/fr", "/_/theme/plain/01234567/style.css",
		"/_/options-1f2e3d4c.css", "/_/f/", "/_/f1/", "/_/fr_FR/", "/__/fr/", "/_//",
		"/_/fr-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
	};
	struct str lang, rest;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(reader_split(str_of(others[i]), &lang, &rest));
}

/* As a request for that path finds the context. */
static struct ctx *begin(struct show *x, const char *path)
{
	struct ctx *cx;

	show_set(x, "languages", "fr, de, eo");
	cx = show_begin(x, path, "");
	reader_offer(cx, x->catalogs);
	return cx;
}

static void a_site_offers_its_own_language_and_those_with_a_catalog(void **state)
{
	struct ctx *cx = begin(*state, "/");

	assert_int_equal(cx->n_languages, 3);
	assert_str_eq(cx->languages[0].lang, STR("en"));
	assert_str_eq(cx->languages[2].lang, STR("de"));
	show_end(*state);
}

static void a_site_of_one_language_offers_none(void **state)
{
	struct show *x = *state;
	struct ctx *cx = show_begin(x, "/_/fr/", "");

	reader_offer(cx, x->catalogs);
	assert_int_equal(cx->n_languages, 0);
	assert_false(reader_choose(cx));
	show_end(x);
}

static void a_choice_changes_the_interface_and_not_the_site(void **state)
{
	struct ctx *cx = begin(*state, "/_/fr/rain/");

	assert_true(reader_choose(cx));
	assert_str_eq(cx->path, STR("/rain/"));
	assert_str_eq(cx->lang, STR("fr"));
	assert_str_eq(cx->settings.lang, STR("en"));
	assert_str_eq(reader_path(cx, STR("/rain/")), STR("/_/fr/rain/"));
	assert_str_eq(reader_path(cx, STR("/atom.xml")), STR("/atom.xml"));
	show_end(*state);
}

static struct str kept(struct show *x, const char *body)
{
	struct ctx *cx = begin(x, "/_/fr/");
	struct answer an;

	assert_true(reader_choose(cx));
	answer_html(&an, str_of(body));
	reader_keep(cx, &an);
	show_end(x);
	return an.body;
}

static void links_lead_on_in_the_language(void **state)
{
	assert_str_eq(kept(*state, "<a href=\"/\">x</a> <a class=a href='/rain/#x'>y</a>"
				   "<form action=/search/><area href=\"/tag/?a=b\">"),
		      STR("<a href=\"/_/fr/\">x</a> <a class=a href='/_/fr/rain/#x'>y</a>"
			  "<form action=/_/fr/search/><area href=\"/_/fr/tag/?a=b\">"));
}

static void what_is_no_page_of_the_site_stays(void **state)
{
	static const char body[] =
		"<!-- <a href=\"/x/\"> --><link href=\"/atom.xml\"><img src=\"/media/1/x.png\">"
		"<a href=\"https://b.example/\">b</a><a href=\"//c.example/\">c</a>"
		"<a href=\"/media/1/x.png\">p</a><a href=\"/rss.xml\">f</a><a href=\"#top\">t</a>"
		"<a href=\"/_/theme/plain/1/x.css\">s</a><script>\"<a href=\\\"/x/\\\">\"</script>"
		"<a title=\"a > b\" data-href=\"/x/\">z</a> 1 < 2 <a";

	assert_str_eq(kept(*state, body), str_of(body));
}

static void the_way_back_to_the_own_language_stays_short(void **state)
{
	struct ctx *cx = begin(*state, "/_/fr/rain/");
	struct value *page = value_map(cx->arena);
	const struct value *list;

	assert_true(reader_choose(cx));
	reader_value(cx, STR("/rain/"), page);
	list = value_find(page, STR("languages"));
	assert_int_equal(value_length(list), 3);
	assert_str_eq(value_str(value_find(value_item(list, 1), STR("url"))), STR("/_/fr/rain/"));
	assert_str_eq(value_str(value_find(value_item(list, 1), STR("name"))), STR("Français"));
	assert_true(value_is_true(value_find(value_item(list, 1), STR("is_current"))));
	assert_str_eq(value_str(value_find(value_item(list, 0), STR("url"))), STR("/./rain/"));
	show_end(*state);
	assert_str_eq(kept(*state, "<a href=\"/./rain/\">"), STR("<a href=\"/rain/\">"));
}

static struct str head_of(struct show *x, const char *path, const struct page_about *about)
{
	struct ctx *cx = begin(x, path);
	struct str s;

	assert_true(reader_choose(cx));
	s = head_make(cx, about).s;
	show_end(x);
	return s;
}

static void each_language_of_a_page_names_all(void **state)
{
	struct page_about about = { .path = STR("/archive/"), .title = STR("Archives") };
	struct str s = head_of(*state, "/_/fr/archive/", &about);

	assert_true(has(s, "rel=\"canonical\" href=\"https://test.example/_/fr/archive/\""));
	assert_true(has(s, "hreflang=\"en\" href=\"https://test.example/archive/\""));
	assert_true(has(s, "hreflang=\"fr\" href=\"https://test.example/_/fr/archive/\""));
	assert_true(has(s, "hreflang=\"de\" href=\"https://test.example/_/de/archive/\""));
	assert_true(has(s, "hreflang=\"x-default\" href=\"https://test.example/archive/\""));
	s = head_of(*state, "/archive/", &about);
	assert_true(has(s, "rel=\"canonical\" href=\"https://test.example/archive/\""));
	assert_true(has(s, "hreflang=\"de\" href=\"https://test.example/_/de/archive/\""));
}

static void a_text_in_several_languages_has_one_page_for_each(void **state)
{
	struct post other = { .path = STR("/pluie/"), .lang = STR("fr") };
	struct post p = { .path = STR("/rain/"), .published_at = 1900000000 };
	struct post_list set = { &other, 1 };
	struct str s = head_of(*state, "/_/fr/rain/",
			       &(struct page_about){ .path = p.path, .title = STR("Rain"),
						     .post = &p, .translations = &set });

	assert_true(has(s, "rel=\"canonical\" href=\"https://test.example/rain/\""));
	assert_true(has(s, "hreflang=\"fr\" href=\"https://test.example/pluie/\""));
	assert_false(has(s, "/_/"));
}

static void a_text_in_another_language_than_the_site_has_one_page(void **state)
{
	struct post p = { .path = STR("/regen/"), .lang = STR("de"), .published_at = 1900000000 };
	struct post_list none = { NULL, 0 };
	struct str s = head_of(*state, "/_/fr/regen/",
			       &(struct page_about){ .path = p.path, .title = STR("Regen"),
						     .post = &p, .translations = &none });

	assert_true(has(s, "rel=\"canonical\" href=\"https://test.example/regen/\""));
	assert_false(has(s, "hreflang"));
}

static void a_file_is_there_once(void **state)
{
	struct show *x = *state;
	struct ctx *cx = begin(x, "/_/fr/rss.xml");
	struct answer an;

	assert_true(reader_choose(cx));
	answer_text(&an, STR("application/rss+xml"), STR("<rss/>"));
	reader_keep(cx, &an);
	assert_int_equal(an.status, 301);
	assert_true(str_starts(an.head, STR("Location: https://test.example/rss.xml\r\n")));
	show_end(x);
}

static void the_pieces_of_a_page_are_the_page(void **state)
{
	static const char *const pages[] = {
		"", "<", "a<b", "<a", "<a href=", "<a href=\"x", "<!--", "<!-- -->x", "</", "</a>",
		"<!doctype html>", "<title>a < b</title>", "<title></title>", "<script>x",
		"<script></script",
		"<p>a<br/>b</p>", "<a b='>'>", "x<a b=c/>y", "<textarea><b></textarea>",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct markup m = MARKUP(str_of(pages[i]));
		struct markup_piece p;
		const char *at = pages[i];

		while (markup_next(&m, &p)) {
			assert_ptr_equal(p.all.p, at);
			assert_true(p.all.n > 0);
			at += p.all.n;
		}
		assert_int_equal(*at, '\0');
	}
}

static void attributes_are_read_as_they_are_written(void **state)
{
	struct str tag = STR("<a href=\"/x?a=1&amp;b\" hidden  title = 'it' class=k>");
	struct markup_attribute at;
	size_t pos = 0;

	(void)state;
	assert_true(markup_attribute(tag, &pos, &at));
	assert_str_eq(at.value, STR("/x?a=1&amp;b"));
	assert_true(markup_attribute(tag, &pos, &at));
	assert_str_eq(at.name, STR("hidden"));
	assert_null(at.value.p);
	assert_true(markup_attribute(tag, &pos, &at));
	assert_str_eq(at.value, STR("it"));
	assert_true(markup_attribute(tag, &pos, &at));
	assert_str_eq(at.name, STR("class"));
	assert_str_eq(at.value, STR("k"));
	assert_false(markup_attribute(tag, &pos, &at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_tells_the_language_and_the_page),
		cmocka_unit_test(other_addresses_below_the_underscore_are_none),
		cmocka_unit_test(the_pieces_of_a_page_are_the_page),
		cmocka_unit_test(attributes_are_read_as_they_are_written),
		ON_A_SITE(a_site_offers_its_own_language_and_those_with_a_catalog),
		ON_A_SITE(a_site_of_one_language_offers_none),
		ON_A_SITE(a_choice_changes_the_interface_and_not_the_site),
		ON_A_SITE(links_lead_on_in_the_language),
		ON_A_SITE(what_is_no_page_of_the_site_stays),
		ON_A_SITE(the_way_back_to_the_own_language_stays_short),
		ON_A_SITE(each_language_of_a_page_names_all),
		ON_A_SITE(a_text_in_several_languages_has_one_page_for_each),
		ON_A_SITE(a_text_in_another_language_than_the_site_has_one_page),
		ON_A_SITE(a_file_is_there_once),
	};

	return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
