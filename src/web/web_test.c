/* web_test.c - the head of a page, the menu, a post's short text: from the outside in. */
#include "web/head.h"
#include "web/menu.h"
#include "web/show_test.h"

#include <jansson.h>

#include "base/utf8.h"

#define HOSTILE "\"><script>alert('1')</script>&"

static bool has(struct str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static struct str head_of(struct show *x, const struct page_about *about)
{
	return head_make(show_begin(x, "/rain/", ""), about).s;
}

/* A post that says nothing but what could hurt, and its page's head. */
static struct str hostile_head(struct show *x)
{
	static struct term term = { .kind = TERM_TAG, .name = STR_INIT(HOSTILE) };
	static struct term author = { .kind = TERM_AUTHOR, .name = STR_INIT(HOSTILE) };
	struct term *terms = arena_array(x->a, 2, sizeof *terms);
	struct post *p = ARENA_NEW(x->a, struct post);
	struct page_about about = { .title = STR(HOSTILE), .description = STR(HOSTILE),
				    .path = STR("/a \"b\"/"), .post = p,
				    .image = STR("/media/\"x\".png") };

	show_set(x, "title", HOSTILE);
	terms[0] = term;
	terms[1] = author;
	*p = (struct post){ .path = about.path, .title = STR(HOSTILE), .published_at = 1900000000,
			    .terms = terms, .n_terms = 2, .lang = STR("fr") };
	return head_of(x, &about);
}

static void nothing_in_a_head_leaves_its_place(void **state)
{
	struct show *x = *state;
	struct str s = hostile_head(x);

	assert_false(has(s, "<script>"));
	assert_false(has(s, "\"><script"));
	assert_false(has(s, "\" b\""));
	assert_true(has(s, "<title>&quot;&gt;&lt;script&gt;"));
	assert_true(has(s, "<link rel=\"canonical\" href=\"https://test.example/a%20%22b%22/\">"));
	show_end(x);
}

static void json_ld_is_json_and_ends_where_it_should(void **state)
{
	struct show *x = *state;
	struct str s = hostile_head(x), rest;
	ptrdiff_t at = str_find(s, STR("<script type=\"application/ld+json\">"));
	json_error_t e;
	json_t *j;

	assert_true(at > 0);
	s = str_skip(s, (size_t)at + sizeof "<script type=\"application/ld+json\">" - 1);
	at = str_find(s, STR("</script>"));
	rest = str_skip(s, (size_t)at + sizeof "</script>" - 1);
	assert_int_equal(str_find(rest, STR("</script>")), -1);
	j = json_loadb(s.p, (size_t)at, 0, &e);
	assert_non_null(j);
	assert_string_equal(json_string_value(json_object_get(j, "@type")), "BlogPosting");
	assert_string_equal(json_string_value(json_object_get(j, "inLanguage")), "fr");
	assert_string_equal(json_string_value(json_object_get(j, "datePublished")),
			    "2030-03-17T17:46:40Z");
	assert_string_equal(
		json_string_value(json_object_get(json_object_get(j, "author"), "name")), HOSTILE);
	json_decref(j);
	show_end(x);
}

static void translations_name_themselves_and_a_usual_one(void **state)
{
	struct show *x = *state;
	struct post others[] = { { .path = STR("/rain/"), .lang = STR("") },
				 { .path = STR("/regen/"), .lang = STR("de") } };
	struct post p = { .path = STR("/pluie/"), .lang = STR("fr") };
	struct post_list set = { others, 2 };
	struct str s = head_of(x, &(struct page_about){ .path = p.path, .title = STR("Pluie"),
							.post = &p, .translations = &set });

	assert_true(has(s, "hreflang=\"fr\" href=\"https://test.example/pluie/\""));
	assert_true(has(s, "hreflang=\"en\" href=\"https://test.example/rain/\""));
	assert_true(has(s, "hreflang=\"de\" href=\"https://test.example/regen/\""));
	assert_true(has(s, "hreflang=\"x-default\" href=\"https://test.example/rain/\""));
	assert_true(has(s, "type=\"text/markdown\" href=\"/pluie.md\""));
	show_end(x);
}

static void a_list_offers_its_own_feeds_first(void **state)
{
	struct show *x = *state;
	struct str s = head_of(x, &(struct page_about){ .path = STR("/tag/rain/"),
							.title = STR("Rain"),
							.feed = STR("/tag/rain/"),
							.feed_title = STR("Rain") });
	ptrdiff_t own = str_find(s, STR("href=\"/tag/rain/atom.xml\""));

	assert_true(own > 0 && own < str_find(s, STR("href=\"/atom.xml\"")));
	assert_true(has(s, "type=\"application/feed+json\" title=\"Rain (JSON)\""));
	assert_false(has(s, "hreflang"));
	assert_false(has(s, "ld+json"));
	show_end(x);
}

static void the_home_page_is_the_site_itself(void **state)
{
	struct show *x = *state;
	struct str s = head_of(x, &(struct page_about){ .path = STR("/"), .feed = STR("/"),
							.description = STR("Of rain.") });

	assert_true(has(s, "<title>test</title>"));
	assert_true(has(s, "<meta name=\"description\" content=\"Of rain.\">"));
	assert_true(has(s, "<meta property=\"og:type\" content=\"website\">"));
	assert_true(has(s, "\"@type\":\"WebSite\""));
	show_end(x);
}

static void a_page_that_should_not_be_found_says_so(void **state)
{
	struct show *x = *state;

	assert_true(
		has(head_of(x, &(struct page_about){ .path = STR("/search/"), .no_index = true }),
		    "<meta name=\"robots\" content=\"noindex, follow\">"));
	show_end(x);
}

/* "Title* /url/, ..." */
static struct str menu(struct show *x, const char *current)
{
	struct value *page = value_map(x->a);
	CLEANUP(buf_release) struct buf b = BUF(4096);
	const struct template *t = theme_template(x->theme, STR("page"));

	assert_ok(menu_value(show_begin(x, current, ""), str_of(current), page, &x->f), &x->f);
	assert_ok(template_render(t, page, &(struct render_env){ 0 }, &b, &x->f), &x->f);
	show_end(x);
	return arena_str(x->a, str_trim(buf_str(&b)));
}

static void a_menu_is_the_pages_that_wish_it_by_weight(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("Two"), .kind = POST_PAGE, .in_menu = true,
					.weight = 2, .published_at = 1 });
	show_put(x, (struct post_edit){ .title = STR("One"), .kind = POST_PAGE, .in_menu = true,
					.weight = 1, .published_at = 1 });
	show_put(x, (struct post_edit){ .title = STR("Draft"), .kind = POST_PAGE, .in_menu = true,
					.draft = true });
	show_put(x,
		 (struct post_edit){ .title = STR("Other"), .kind = POST_PAGE, .published_at = 1 });
	assert_str_eq(menu(x, "/two/"), STR("One /one/ Two* /two/"));
}

static void a_menu_of_its_own_comes_first(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("Page"), .kind = POST_PAGE, .in_menu = true,
					.published_at = 1 });
	show_set(x, "menu", "Home = /\n\n = /x/\nNothing =\n A & B =  /a/?b=c \n"
		 "Out = https://x.example/\n");
	assert_str_eq(menu(x, "/"), STR("Home* / A &amp; B /a/?b=c Out https://x.example/"));
}

static void no_menu_leads_to_a_script(void **state)
{
	struct show *x = *state;
	struct str s;

	show_set(x, "menu", "Bad = javascript:alert(1)");
	s = menu(x, "/");
	assert_false(has(s, "javascript:"));
}

static void a_short_text_ends_with_a_word(void **state)
{
	struct show *x = *state;
	struct ctx *cx = show_begin(x, "/", "");
	struct post p = { .summary = STR("One two three four") };

	assert_str_eq(view_summary(cx, &p, 100), STR("One two three four"));
	assert_str_eq(view_summary(cx, &p, 12), STR("One two…"));
	p.summary = STR("ééééééééééééééé");
	assert_true(utf8_valid(view_summary(cx, &p, 11)));
	p.summary = STR("");
	p.excerpt = html_trusted(STR("<p>One &amp; <b>two</b></p>"));
	assert_str_eq(str_trim(view_summary(cx, &p, 100)), STR("One & two"));
	show_end(x);
}

static void an_answer_that_moves_is_absolute(void **state)
{
	struct show *x = *state;
	struct ctx *cx = show_begin(x, "/", "");
	struct answer an;

	answer_moved(cx, &an, STR("/é x/"));
	assert_int_equal(an.status, 301);
	assert_true(str_starts(an.head, STR("Location: https://test.example/%C3%A9%20x/\r\n")));
	answer_moved(cx, &an, STR("//evil.example/"));
	assert_true(str_starts(an.head, STR("Location: https://test.example//evil.example/\r\n")));
	assert_false(an.cacheable);
	show_end(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SITE(nothing_in_a_head_leaves_its_place),
		ON_A_SITE(json_ld_is_json_and_ends_where_it_should),
		ON_A_SITE(translations_name_themselves_and_a_usual_one),
		ON_A_SITE(a_list_offers_its_own_feeds_first),
		ON_A_SITE(the_home_page_is_the_site_itself),
		ON_A_SITE(a_page_that_should_not_be_found_says_so),
		ON_A_SITE(a_menu_is_the_pages_that_wish_it_by_weight),
		ON_A_SITE(a_menu_of_its_own_comes_first),
		ON_A_SITE(no_menu_leads_to_a_script),
		ON_A_SITE(a_short_text_ends_with_a_word),
		ON_A_SITE(an_answer_that_moves_is_absolute),
	};

	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
