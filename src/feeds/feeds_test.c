/* feeds_test.c - what programs read: well-formed, complete, and harmless whatever the posts
 * say. */
#include "feeds/feeds.h"

#include <jansson.h>

#include "base/digest.h"
#include "base/html.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "feeds/channel.h"
#include "web/show_test.h"

/* --- a reader of XML that believes nothing --- */

struct xml {
	struct str rest;
	struct str open[20];
	size_t depth, elements;
};

static void check_text(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);

		assert_true(cp != '<' && (cp >= ' ' || cp == '\n' || cp == '\t'));
		assert_true(cp != 0xfffe && cp != 0xffff);
		if (cp == '&') {
			struct str name = str_cut(str_skip(s, i), ';', &(struct str){ 0 });

			assert_true(str_eq(name, STR("amp")) || str_eq(name, STR("lt"))
				    || str_eq(name, STR("gt")) || str_eq(name, STR("quot"))
				    || str_eq(name, STR("#39")));
		}
	}
}

/* name="value" ... */
static void check_attributes(struct str s)
{
	while (s.n) {
		struct str value, name = str_cut(s, '=', &value);

		assert_true(name.n > 0 && !str_has_char(name, '"') && str_starts(value, STR("\"")));
		check_text(str_cut(str_skip(value, 1), '"', &s));
		s = str_trim(s);
	}
}

static void read_tag(struct xml *x, struct str tag)
{
	struct str attributes, name;
	bool empty = str_ends(tag, STR("/"));

	if (str_starts(tag, STR("/"))) {
		assert_true(x->depth > 0);
		assert_str_eq(str_skip(tag, 1), x->open[--x->depth]);
		return;
	}
	if (empty)
		tag.n--;
	name = str_cut(tag, ' ', &attributes);
	check_attributes(str_trim(attributes));
	x->elements++;
	if (!empty) {
		assert_true(x->depth < 20);
		x->open[x->depth++] = name;
	}
}

static void check_xml(struct str s)
{
	struct xml x = { .rest = s };

	assert_true(utf8_valid(s));
	assert_true(str_starts(s, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")));
	str_cut(s, '\n', &x.rest);
	while (x.rest.n) {
		check_text(str_cut(x.rest, '<', &x.rest));
		if (!x.rest.p)
			break;
		read_tag(&x, str_cut(x.rest, '>', &x.rest));
	}
	assert_int_equal(x.depth, 0);
	assert_true(x.elements > 1);
}

/* --- a site that says everything that could hurt --- */

#define HOSTILE "a\x01\x1f \xef\xbf\xbe]]> <script>alert(1)</script> & \" ' é"

static void put_hostile(struct show *x)
{
	static const struct term_name terms[] = {
		{ TERM_TAG, STR_INIT("T & <g>") }, { TERM_AUTHOR, STR_INIT("Ann \"A\" <b>") },
	};

	show_set(x, "title", "Site & <title>");
	show_set(x, "tagline", "]]> & \"so\"");
	show_put(
		x,
		(struct post_edit){
			.title = STR(HOSTILE),
			.path = STR("/é & <x>/"),
			.published_at = 1900000000,
			.updated_at = 1900001000,
			.terms = terms,
			.n_terms = 2,
			.cover = STR("/media/a/b.png"),
			.source = STR("Text " HOSTILE " [here](#part) [there](/b/) [near](c.html)"
				      " [far](https://x.example/) [mail](mailto:a@b.example)"
				      " ![p](/media/p.png)"),
		});
	show_put(x, (struct post_edit){ .title = STR(""), .path = STR("/untitled/"),
					.published_at = 1900000500, .source = STR("No title."),
					.lang = STR("fr") });
}

static struct str body(struct show *x, const char *path)
{
	struct answer an = show_ask(x, &feeds_feature, path, "");

	assert_int_equal(an.status, 200);
	return an.body;
}

static size_t count(struct str s, const char *what)
{
	size_t n = 0;

	for (ptrdiff_t at; (at = str_find(s, str_of(what))) >= 0; n++)
		s = str_skip(s, (size_t)at + strlen(what));
	return n;
}

static bool has(struct str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static void feeds_are_well_formed_whatever_posts_say(void **state)
{
	struct show *x = *state;

	put_hostile(x);
	check_xml(body(x, "/rss.xml"));
	check_xml(body(x, "/atom.xml"));
	check_xml(body(x, "/sitemap.xml"));
	check_xml(body(x, "/tag/t-g/atom.xml"));
	check_xml(body(x, "/author/ann-a-b/rss.xml"));
	check_xml(body(x, "/lang/fr/atom.xml"));
}

static void an_empty_site_has_valid_feeds(void **state)
{
	struct show *x = *state;

	check_xml(body(x, "/rss.xml"));
	check_xml(body(x, "/atom.xml"));
	check_xml(body(x, "/sitemap.xml"));
	/* RFC 4287 4.1.1: a feed without entries has an author, an id and a date, too. */
	assert_true(has(body(x, "/atom.xml"), "<updated>2030-03-17T17:46:40Z</updated>"));
	assert_true(has(body(x, "/atom.xml"), "<author><name>test</name>\n</author>"));
	assert_true(has(body(x, "/rss.xml"), "<description>test</description>"));
}

static void rss_has_what_its_specification_wants(void **state)
{
	struct show *x = *state;
	struct str s;

	put_hostile(x);
	s = body(x, "/rss.xml");
	assert_true(has(s, "<title>Site &amp; &lt;title&gt;</title>"));
	assert_true(has(s, "<link>https://test.example/</link>"));
	assert_true(has(s, "<language>en</language>"));
	assert_true(has(s, "<atom:link href=\"https://test.example/rss.xml\" rel=\"self\""));
	assert_true(has(s, "<lastBuildDate>Sun, 17 Mar 2030 18:03:20 +0000</lastBuildDate>"));
	assert_int_equal(count(s, "<item>"), 2);
	assert_int_equal(count(s, "<guid isPermaLink=\"true\">https://test.example/"), 2);
	assert_int_equal(count(s, "<pubDate>"), 2);
	assert_true(has(s, "<category>T &amp; &lt;g&gt;</category>"));
	assert_true(has(s, "<guid isPermaLink=\"true\">https://test.example/untitled/</guid>"));
}

static void atom_has_what_its_specification_wants(void **state)
{
	struct show *x = *state;
	struct str s;

	put_hostile(x);
	s = body(x, "/atom.xml");
	assert_true(has(s, "<id>https://test.example/atom.xml</id>"));
	assert_true(has(s, "<link rel=\"self\" type=\"application/atom+xml\""
			" href=\"https://test.example/atom.xml\"/>"));
	assert_int_equal(count(s, "<entry "), 2);
	assert_int_equal(count(s, "<published>"), 2);
	assert_int_equal(count(s, "<updated>"), 3);
	assert_int_equal(count(s, "<id>"), 3);
	assert_true(has(s, "<updated>2030-03-17T18:03:20Z</updated>"));
	assert_true(has(s, "<entry xml:lang=\"fr\">"));
	assert_true(has(s, "<category term=\"t-g\" label=\"T &amp; &lt;g&gt;\"/>"));
}

static void addresses_in_texts_are_absolute(void **state)
{
	struct show *x = *state;
	struct str s;

	put_hostile(x);
	s = body(x, "/atom.xml");
	assert_true(has(s, "href=&quot;https://test.example/b/&quot;"));
	assert_true(has(s, "&amp;%20%3Cx%3E/#part&quot;") || has(s, "/#part&quot;"));
	assert_true(has(s, "/c.html&quot;"));
	assert_false(has(s, "href=&quot;c.html"));
	assert_true(has(s, "href=&quot;https://x.example/&quot;"));
	assert_true(has(s, "href=&quot;mailto:"));
	assert_true(has(s, "src=&quot;https://test.example/media/p.png&quot;"));
}

static void json_feed_has_what_its_specification_wants(void **state)
{
	struct show *x = *state;
	json_error_t e;
	struct str s;
	json_t *feed, *items, *first;

	put_hostile(x);
	s = body(x, "/feed.json");
	feed = json_loadb(s.p, s.n, 0, &e);
	assert_non_null(feed);
	assert_string_equal(json_string_value(json_object_get(feed, "version")),
			    "https://jsonfeed.org/version/1.1");
	assert_string_equal(json_string_value(json_object_get(feed, "feed_url")),
			    "https://test.example/feed.json");
	items = json_object_get(feed, "items");
	assert_int_equal(json_array_size(items), 2);
	first = json_array_get(items, 0);
	assert_string_equal(json_string_value(json_object_get(first, "id")),
			    "https://test.example/untitled/");
	assert_null(json_object_get(first, "title"));
	assert_string_equal(json_string_value(json_object_get(first, "date_published")),
			    "2030-03-17T17:55:00Z");
	assert_non_null(json_object_get(json_array_get(items, 1), "image"));
	json_decref(feed);
}

static void every_usual_address_answers(void **state)
{
	static const char *const rss[] = { "/feed", "/feed/", "/feed.xml", "/index.xml", "/rss",
					   "/rss/", "/rss.xml" };
	static const char *const atom[] = { "/atom", "/atom/", "/feed/atom/", "/atom.xml" };
	struct show *x = *state;

	for (size_t i = 0; i < ARRAY_LEN(rss); i++)
		assert_str_eq(show_ask(x, &feeds_feature, rss[i], "").type,
			      STR("application/rss+xml; charset=utf-8"));
	for (size_t i = 0; i < ARRAY_LEN(atom); i++)
		assert_str_eq(show_ask(x, &feeds_feature, atom[i], "").type,
			      STR("application/atom+xml; charset=utf-8"));
	assert_str_eq(show_ask(x, &feeds_feature, "/feed.json", "").type,
		      STR("application/feed+json; charset=utf-8"));
}

static void feeds_of_nothing_are_not_there(void **state)
{
	struct show *x = *state;

	put_hostile(x);
	assert_true(show_ask(x, &feeds_feature, "/tag/none/rss.xml", "").not_found);
	assert_true(show_ask(x, &feeds_feature, "/tag/t-g/other.xml", "").not_found);
	assert_true(show_ask(x, &feeds_feature, "/lang/own/rss.xml", "").not_found);
	assert_true(show_ask(x, &feeds_feature, "/lang/it/rss.xml", "").not_found);
	assert_int_equal(show_ask(x, &feeds_feature, "/lang/en/rss.xml", "").status, 200);
}

static void twenty_posts_are_enough_and_large_ones_are_cut(void **state)
{
	struct show *x = *state;
	struct str s;

	show_fill(x, 22);
	s = body(x, "/rss.xml");
	assert_int_equal(count(s, "<item>"), 20);
	assert_false(has(s, "<title>p2</title>"));
	for (int i = 0; i < 8; i++) {
		char *text = arena_alloc(x->a, 400000);

		memset(text, 'a', 400000);
		show_put(x, (struct post_edit){
			.title = arena_printf(x->a, "large %d", i), .published_at = 1990000000 + i,
			.source = arena_printf(x->a, "Short.\n\n<!--more-->\n\n%.400000s", text) });
	}
	s = body(x, "/rss.xml");
	assert_true(s.n < LIMIT_PAGE / 4);
	assert_int_equal(count(s, "<item>"), 20);
	check_xml(s);
}

static void a_feed_changed_when_its_newest_post_did(void **state)
{
	struct show *x = *state;
	struct answer an;

	put_hostile(x);
	an = show_ask(x, &feeds_feature, "/atom.xml", "");
	assert_int_equal(an.last_modified, 1900001000);
	assert_true(an.cacheable);
	assert_true(has(an.head, "Access-Control-Allow-Origin: *\r\n"));
}

static void the_sitemap_names_what_is_out(void **state)
{
	struct show *x = *state;
	struct str s;

	put_hostile(x);
	show_put(x, (struct post_edit){ .title = STR("draft"), .draft = true, .published_at = 1 });
	s = body(x, "/sitemap.xml");
	assert_int_equal(count(s, "<loc>https://test.example/"), 3);
	assert_true(has(s, "<lastmod>2030-03-17T18:03:20Z</lastmod>"));
	assert_false(has(s, "draft"));
	assert_int_equal(show_ask(x, &feeds_feature, "/sitemap/1.xml", "").status, 200);
	assert_true(show_ask(x, &feeds_feature, "/sitemap/2.xml", "").not_found);
	assert_true(show_ask(x, &feeds_feature, "/sitemap/01.xml", "").not_found);
	assert_true(show_ask(x, &feeds_feature, "/sitemap/1", "").not_found);
}

static void robots_are_told_what_the_author_wants(void **state)
{
	struct show *x = *state;

	assert_str_eq(body(x, "/robots.txt"), STR("User-agent: *\nDisallow: /search/\n\n"
						  "Sitemap: https://test.example/sitemap.xml\n"));
	show_set(x, "robots_ai", "refuse");
	assert_true(has(body(x, "/robots.txt"), "User-agent: GPTBot\n"));
	assert_true(has(body(x, "/robots.txt"), "Disallow: /\n\nUser-agent: *\n"));
}

/* Character by character, whatever is done at once. */
static void write_slowly(struct buf *b, struct str text)
{
	for (size_t i = 0, at = 0; i < text.n; at = i) {
		uint32_t cp = utf8_next(text, &i);

		if ((cp < ' ' && cp != '\n' && cp != '\t') || cp == 0xfffe || cp == 0xffff
		    || (cp == 0xfffd && i - at < 3))
			continue;
		html_escape_to(b, str_sub(text, at, i));
	}
}

static void what_xml_cannot_say_is_left_out_wherever_it_stands(void **state)
{
	static const char some[] = "\x01\x08\x0b\x1f\x20\x7e\x7f\x80\xbf\xc3\xa9\xef\xbf\xbe\xff"
				   "\n\t\r<&";

	(void)state;
	for (int i = 0; i < 4000; i++) {
		CLEANUP(buf_release) struct buf at_once = BUF(1000), slow = BUF(1000);
		CLEANUP(buf_release) struct buf text = BUF(100);
		size_t n = rand_u64() % 100;

		while (text.n < n)
			buf_addc(&text, rand_u64() % 4 ? (char)('a' + rand_u64() % 26)
						       : some[rand_u64() % sizeof some]);
		channel_xml(&at_once, buf_str(&text));
		write_slowly(&slow, buf_str(&text));
		assert_true(str_eq(buf_str(&at_once), buf_str(&slow)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_xml_cannot_say_is_left_out_wherever_it_stands),
		ON_A_SITE(feeds_are_well_formed_whatever_posts_say),
		ON_A_SITE(an_empty_site_has_valid_feeds),
		ON_A_SITE(rss_has_what_its_specification_wants),
		ON_A_SITE(atom_has_what_its_specification_wants),
		ON_A_SITE(addresses_in_texts_are_absolute),
		ON_A_SITE(json_feed_has_what_its_specification_wants),
		ON_A_SITE(every_usual_address_answers),
		ON_A_SITE(feeds_of_nothing_are_not_there),
		ON_A_SITE(twenty_posts_are_enough_and_large_ones_are_cut),
		ON_A_SITE(a_feed_changed_when_its_newest_post_did),
		ON_A_SITE(the_sitemap_names_what_is_out),
		ON_A_SITE(robots_are_told_what_the_author_wants),
	};

	return cmocka_run_group_tests_name("feeds", tests, NULL, NULL);
}
