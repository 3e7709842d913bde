/* search_test.c - whatever a reader types is a query, and its pages end. */
#include "search/search.h"

#include "base/utf8.h"
#include "web/show_test.h"

static struct str ask(struct show *x, const char *query)
{
	struct answer an = show_ask(x, &search_feature, "/search/", query);

	assert_int_equal(an.status, 200);
	assert_false(an.cacheable);
	assert_true(utf8_valid(an.body));
	return str_trim(an.body);
}

static void put(struct show *x, const char *title, const char *text)
{
	show_put(x, (struct post_edit){ .title = str_of(title), .source = str_of(text),
					.published_at = 1900000000 });
}

static void words_are_found_without_case_and_accents(void **state)
{
	struct show *x = *state;

	put(x, "L'été à Łódź", "Il pleut.");
	put(x, "Other", "Nothing.");
	assert_str_eq(ask(x, "q=ETE"), STR("ETE: 1 result: L&#39;<mark>été</mark> à Łódź |  |"));
	assert_str_eq(ask(x, "q=pleut+ete"),
		      STR("pleut ete: 1 result: L&#39;<mark>été</mark> à Łódź"
			  " |  |"));
	assert_str_eq(ask(x, "q=%22il+pleut%22"), STR("&quot;il pleut&quot;: 1 result:"
						      " L&#39;été à Łódź |  |"));
	assert_str_eq(ask(x, "q=snow"), STR("snow: 0 results: |  |"));
	assert_str_eq(ask(x, ""), STR(": 0 results: |  |"));
}

/* Each word costs a look at every place of the one before it, in every text. */
static void of_a_long_phrase_the_beginning_is_looked_for(void **state)
{
	struct show *x = *state;

	put(x, "Twelve", "a b c d e f g h i j k l");
	assert_str_eq(ask(x, "q=%22a+b+c+d+e+f+g+h+i+j+k+l+m+n+o%22"),
		      STR("&quot;a b c d e f g h i j k l m n o&quot;: 1 result: Twelve |  |"));
	assert_str_eq(ask(x, "q=%22a+b+c+d+e+f+g+h+i+j+k+m%22"),
		      STR("&quot;a b c d e f g h i j k m&quot;: 0 results: |  |"));
}

static void titles_are_escaped_around_their_marks(void **state)
{
	struct show *x = *state;

	put(x, "<b>rain</b> & more", "x");
	assert_str_eq(ask(x, "q=rain"),
		      STR("rain: 1 result: &lt;b&gt;<mark>rain</mark>&lt;/b&gt; &amp;"
			  " more |  |"));
}

/* What meets is one mark; the last word typed goes on. */
static void phrases_are_marked_whole(void **state)
{
	struct show *x = *state;

	put(x, "Rain on the rain on the roof", "x");
	assert_str_eq(ask(x, "q=%22rain+on%22+ro"),
		      STR("&quot;rain on&quot; ro: 1 result: <mark>Rain on</mark> the"
			  " <mark>rain on</mark> the <mark>roof</mark> |  |"));
	assert_str_eq(ask(x, "q=%22rain+on+the%22+%22on+the+roof%22"),
		      STR("&quot;rain on the&quot; &quot;on the roof&quot;: 1 result:"
			  " <mark>Rain on the</mark> <mark>rain on the roof</mark> |  |"));
}

static void nothing_that_is_typed_is_an_error(void **state)
{
	static const char *const queries[] = {
		"q=%22",
		"q=%22%22",
		"q=*",
		"q=AND",
		"q=OR+NOT",
		"q=NEAR(a,b)",
		"q=a+AND",
		"q=-rain",
		"q=title:rain",
		"q=^rain",
		"q={title}:a",
		"q=(((",
		"q=%00",
		"q=%FF%FE",
		"q=%27%3B--",
		"q=%C2%AB%C2%BB",
		"q=%C2%AB+rain",
		"q=%F0%9F%8C%A7",
		"q=%22unclosed",
		"q=a*b*c*",
		"q=%EF%B7%90",
		"q=rain&page=-1",
		"q=rain&page=99999999999",
		"q=rain&page=x",
		"page=2",
		"q=%22+%22+%22",
		"q=%E2%80%A6",
		"q",
	};
	struct show *x = *state;

	put(x, "rain", "rain and more rain");
	for (size_t i = 0; i < ARRAY_LEN(queries); i++)
		ask(x, queries[i]);
}

static void a_sign_beside_a_word_does_not_hide_it(void **state)
{
	struct show *x = *state;

	put(x, "rain", "x");
	assert_true(str_find(ask(x, "q=%C2%AB+rain+%C2%BB"), STR("1 result:")) > 0);
}

static void a_long_query_is_cut_between_letters(void **state)
{
	struct show *x = *state;
	char query[2 + 3 * 2 * 150 + 1] = "q=";

	put(x, "rain", "x");
	query[2] = 'a';		/* so that the cut falls into a letter */
	for (int i = 0; i < 149; i++)
		memcpy(query + 3 + 6 * i, "%C3%A9", 7);
	ask(x, query);
}

static void results_have_pages_that_end(void **state)
{
	struct show *x = *state;
	struct str s;

	for (int i = 0; i < 23; i++)
		show_put(x, (struct post_edit){ .title = arena_printf(x->a, "rain %d", i),
						.published_at = i });
	s = ask(x, "q=rain");
	assert_true(str_starts(s, STR("rain: 23 results:")));
	assert_true(str_ends(s, STR("|  | /search/?q=rain&amp;page=2")));
	assert_true(str_ends(ask(x, "q=rain&page=2"),
			     STR("| /search/?q=rain | /search/?q=rain&amp;page=3")));
	assert_true(str_ends(ask(x, "q=rain&page=3"), STR("| /search/?q=rain&amp;page=2 |")));
}

static void drafts_are_not_found(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("rain"), .draft = true });
	assert_str_eq(ask(x, "q=rain"), STR("rain: 0 results: |  |"));
}

static void what_was_removed_is_not_found(void **state)
{
	struct show *x = *state;

	show_fill(x, 1);
	assert_true(str_starts(ask(x, "q=p1"), STR("p1: 1 result:")));
	show_remove(x, 1);
	assert_str_eq(ask(x, "q=p1"), STR("p1: 0 results: |  |"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SITE(words_are_found_without_case_and_accents),
		ON_A_SITE(of_a_long_phrase_the_beginning_is_looked_for),
		ON_A_SITE(titles_are_escaped_around_their_marks),
		ON_A_SITE(phrases_are_marked_whole),
		ON_A_SITE(nothing_that_is_typed_is_an_error),
		ON_A_SITE(a_sign_beside_a_word_does_not_hide_it),
		ON_A_SITE(a_long_query_is_cut_between_letters),
		ON_A_SITE(results_have_pages_that_end),
		ON_A_SITE(drafts_are_not_found),
		ON_A_SITE(what_was_removed_is_not_found),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
