/* markdown_test.c - what Markdown becomes, feature by feature. */
#include "markdown/markdown_test.h"
#include <stdio.h>
#include <stdlib.h>
#include "unicode/spare.h"

static const struct markdown_options POST = { .lang = STR_INIT("en") };
static const struct markdown_options COMMENT = { .lang = STR_INIT("en"), .comment = true };

int md_test_arena_make(void **state)
{
	*state = arena_new(0);
	return 0;
}

int md_test_arena_free(void **state)
{
	arena_free(*state);
	return 0;
}

static struct markdown render(void **state, const char *source, const struct markdown_options *o)
{
	struct fail f = FAIL_INIT;
	struct markdown made;

	assert_ok(markdown_render(*state, str_of(source), o, &made, &f), &f);
	return made;
}

struct str md_test_html(void **state, const char *source, const struct markdown_options *o)
{
	return render(state, source, o).html.s;
}

void md_test_has(struct str html, const char *part)
{
	if (str_find(html, str_of(part)) < 0)
		fail_msg("\"%s\" is not in \"%.*s\"", part, STR_ARG(html));
}

void md_test_lacks(struct str html, const char *part)
{
	if (str_find(html, str_of(part)) >= 0)
		fail_msg("\"%s\" is in \"%.*s\"", part, STR_ARG(html));
}

void md_test_gives(void **state, const char *source, const char *html)
{
	assert_str_eq(md_test_html(state, source, &POST), str_of(html));
}

static void in_lang(void **state, const char *lang, const char *source, const char *html)
{
	struct markdown_options o = { .lang = str_of(lang) };

	assert_str_eq(md_test_html(state, source, &o), str_of(html));
}

static void quotes_follow_the_language(void **state)
{
	in_lang(state, "en", "\"a 'b' c\" -- it's... ---", "<p>“a ‘b’ c” – it’s… —</p>\n");
	in_lang(state, "de-AT", "\"a 'b' c\" geht's", "<p>„a ‚b‘ c“ geht’s</p>\n");
	in_lang(state, "es", "\"a \"b\" c\"", "<p>«a “b” c»</p>\n");
	in_lang(state, "it", "l'\"aria\"", "<p>l’«aria»</p>\n");
	in_lang(state, "xx", "\"a\"", "<p>“a”</p>\n");
	in_lang(state, "en", "*\"a\"* \"*b*\" (\"c\")", "<p><em>“a”</em> “<em>b</em>” (“c”)</p>\n");
	in_lang(state, "en", "the '90s, 'quoted', rock 'n roll, 12\" disc",
		"<p>the ’90s, ‘quoted’, rock ’n roll, 12&quot; disc</p>\n");
}

static void french_has_spaces_before_its_signs(void **state)
{
	in_lang(state, "fr", "Quoi ? Non ! Si ; oui : \"voil\xc3\xa0\".",
		"<p>Quoi\u202f? Non\u202f! Si\u202f; oui\u00a0: «\u00a0voilà\u00a0».</p>\n");
	in_lang(state, "fr", "Quoi? Oui: **non**!",
			"<p>Quoi\u202f? Oui\u00a0: <strong>non</strong>\u202f!</p>\n");
	in_lang(state, "fr", "À 12:30, «mot» et « mot »",
		"<p>À 12:30, «\u00a0mot\u00a0» et «\u00a0mot\u00a0»</p>\n");
	in_lang(state, "fr-CA", "Quoi? Oui :", "<p>Quoi? Oui\u00a0:</p>\n");
	in_lang(state, "fr", "Vraiment ?!", "<p>Vraiment\u202f?!</p>\n");
	in_lang(state, "fr", "l'été, \"l'\"école\"\"", "<p>l’été, «\u00a0l’“école”\u00a0»</p>\n");
}

static void typography_leaves_code_and_addresses_alone(void **state)
{
	in_lang(state, "fr", "`a -- \"b\" ?` http://x.org/a--b?c <http://y.org/a--b>",
		"<p><code>a -- &quot;b&quot; ?</code> <a href=\"http://x.org/a--b?c\">"
		"http://x.org/a--b?c</a> <a href=\"http://y.org/a--b\">http://y.org/a–b</a></p>\n");
	in_lang(state, "en", "<b title=\"a -- 'b'\">x</b>",
		"<p><b title=\"a -- &#39;b&#39;\">x</b></p>\n");
}

static void an_escaped_quote_stays_straight(void **state)
{
	md_test_gives(state, "\\\"a\\\" \\-- \\... *\\'x* _b_\\'",
		      "<p>&quot;a&quot; -- ... <em>&#39;x</em> <em>b</em>&#39;</p>\n");
}

static void bare_links_become_links(void **state)
{
	md_test_gives(state, "(see http://a.org/b_(c)). www.x.org, a.b@c.de!",
		      "<p>(see <a href=\"http://a.org/b_(c)\">http://a.org/b_(c)</a>). "
		      "<a href=\"http://www.x.org\">www.x.org</a>, "
		      "<a href=\"mailto:a.b@c.de\">a.b@c.de</a>!</p>\n");
	md_test_gives(state, "http:// www. a@b xhttp://a.b `http://c.d`",
		      "<p>http:// www. a@b xhttp://a.b <code>http://c.d</code></p>\n");
	md_test_gives(state, "[http://a.b](c)", "<p><a href=\"c\">http://a.b</a></p>\n");
	md_test_gives(state, "https\\://a.org", "<p>https://a.org</p>\n");
}

static void tildes_strike_through(void **state)
{
	md_test_gives(state, "~~a *b*~~ ~c~ ~~~d~~~ \\~~e~~ ~/f ~/g",
		      "<p><del>a <em>b</em></del> <del>c</del> ~~~d~~~ ~~e~~ ~/f ~/g</p>\n");
}

static void a_table_keeps_its_alignment(void **state)
{
	struct str html = md_test_html(state, "a | b | c\n:- | :-: | -:\n`x\\|y` | *z*\n\nend",
			&POST);

	md_test_has(html, "<th scope=\"col\" class=\"align-left\">a</th>");
	md_test_has(html, "<th scope=\"col\" class=\"align-center\">b</th>");
	md_test_has(html, "<td class=\"align-left\"><code>x|y</code></td>");
	md_test_has(html, "<td class=\"align-center\"><em>z</em></td>");
	md_test_has(html, "<td class=\"align-right\"></td>\n</tr>\n</tbody>\n</table>\n</div>"
			"\n<p>end</p>");
}

static void a_table_stands_in_any_container(void **state)
{
	struct str html = md_test_html(state, "> - x\n>\n>   |a|b|\n>   |-|-|\n>   |c|d|\n> - "
			"y\n", &POST);

	md_test_has(html, "<blockquote>\n<ul>\n<li>\n<p>x</p>\n<div class=\"table-scroll\"");
	md_test_has(html, "<td>d</td>\n</tr>\n</tbody>\n</table>\n</div>\n</li>\n<li>\n<p>y</p>"
			"\n</li>");
	html = md_test_html(state, "- |a|b|\n  |-|-|\n  |c|d|\n- y\n", &POST);
	md_test_has(html, "</div>\n</li>\n<li>y</li>");
}

/* With a definition in the text it is parsed with its tables once more. */
static void a_table_parsed_apart_is_the_same(void **state)
{
	static const char *const TEXTS[] = {
		"| a | b |\n|---|--:|\n| *c* | d \\| e |\n| f |\n", "text\n|a|\n|-|\n|b|\n",
		"a|b\n-|-\n`c|d`|e\n\n- x\n\n|z|\n|-|\n|~~y~~|\n", "> |a|\n> |-|\n\n|a|\n|-|\n",
		"# h\n| | [a](b) |\n|-|:-:|\n|\"q\"|![i](j.png)|\n## k\n",
		"- |a|\n  |-|\n  |<b>c</b>|\n",
		"  |a|\n  |-|\n  |b # |\n|c!|\n\nend\n",
		"|a[^1]|b|\n|-|-|\n|c|[x]|\n\n[^1]: note\n",
		"|a|\n|-|\n<!-- more -->\n",
		"|a|\n|-|\n|b|\n1. c\n\n|a|\n|-|\n|&amp;\\*|\n***\n",
		"|---|\n|---|\n|**a** b|\nc\n    d\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++) {
		struct str with = arena_printf(*state, "%s\n[unused]: /y\n", TEXTS[i]);
		struct markdown apart = render(state, TEXTS[i], &POST);
		struct markdown whole = render(state, with.p, &POST);

		assert_str_eq(apart.html.s, whole.html.s);
		assert_str_eq(apart.text, whole.text);
		assert_str_eq(apart.excerpt.s, whole.excerpt.s);
	}
}

static void a_row_of_other_width_is_no_table(void **state)
{
	md_test_gives(state, "a | b\n--- | --- | ---", "<p>a | b\n— | — | —</p>\n");
	md_test_has(md_test_html(state, "|a|\n|-|\n---", &POST), "</div>\n<hr>");
}

static void task_items_have_labelled_boxes(void **state)
{
	md_test_gives(state, "- [ ] a\n- [x] *b*\n- [y] c\n- \\[ ] d\n",
		      "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> "
		"a</label></li>\n"
		      "<li class=\"task\"><label><input type=\"checkbox\" disabled checked> <em>"
		"b</em>"
		      "</label></li>\n<li>[y] c</li>\n<li>[ ] d</li>\n</ul>\n");
}

static void an_admonition_has_the_title_given(void **state)
{
	struct markdown_options o = { .lang = STR("fr"), .words.warning = STR("Attention") };

	assert_str_eq(md_test_html(state, "> [!warning]\n> a\n>\n> - b", &o),
		      STR("<aside class=\"admonition warning\" role=\"note\">\n"
			  "<p class=\"admonition-title\">Attention</p>\n<p>a</p>\n"
			  "<ul>\n<li>b</li>\n</ul>\n</aside>\n"));
	md_test_gives(state, "> [!NOTE] a", "<blockquote>\n<p>[!NOTE] a</p>\n</blockquote>\n");
}

static void a_footnote_links_there_and_back(void **state)
{
	struct str html = md_test_html(state, "a[^x] b[^x] _c_[^y] `[^x]`\n\n[^x]: one "
			"**two**\n[^y]: y\n\n"
				       "    more[^z]\n[^z]: z\n[^unused]: no\n", &POST);

	md_test_has(html,
		    "a<sup><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup>");
	md_test_has(html, "id=\"fnref-1-2\"");
	md_test_has(html, "<em>c</em><sup>");
	md_test_has(html, "<code>[^x]</code>");
	md_test_has(html, "<section class=\"footnotes\" role=\"doc-endnotes\" "
			"aria-label=\"Footnotes\">");
	md_test_has(html, "<li id=\"fn-1\">\n<p>one <strong>two</strong> <a href=\"#fnref-1\" "
			"role=\"doc-backlink\" aria-label=\"Back to the text 1\">");
	md_test_has(html, "<p>y</p>\n<p>more<sup><a href=\"#fn-3\"");
	md_test_lacks(html, "no</p>");
}

static void an_undefined_footnote_is_text(void **state)
{
	md_test_gives(state, "a[^x] [^1]: b", "<p>a[^x] [^1]: b</p>\n");
	md_test_gives(state, "[^a](b) [^c]\n\n[c]: d", "<p><a href=\"b\">^a</a> [^c]</p>\n");
}

static void a_footnote_holds_blocks(void **state)
{
	struct str html = md_test_html(state, "a[^x]\n\n[^x]: b\n\n    |c|\n    |-|\n\n    - "
			"d\n\nafter", &POST);

	md_test_has(html, "</sup></p>\n<p>after</p>\n<section");
	md_test_has(html, "<th scope=\"col\">c</th>");
	md_test_has(html, "<li>d</li>\n</ul>\n<p> <a href=\"#fnref-1\"");
}

static void a_titled_image_alone_is_a_figure(void **state)
{
	md_test_gives(state, "![a](b.png \"c \\\"d\\\"\")\n\n![a](b.png \"c\") e",
		      "<figure>\n"
		      "<img src=\"b.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\">\n"
		      "<figcaption>c “d”</figcaption>\n</figure>\n"
		      "<p><img src=\"b.png\" alt=\"a\" title=\"c\" loading=\"lazy\" "
		"decoding=\"async\"> e</p>\n");
}

static bool give_size(void *ctx, struct str url, int *width, int *height)
{
	(void)ctx;
	*width = 640;
	*height = 480;
	return str_eq(url, STR("/m/b.png"));
}

static bool give_link(void *ctx, struct arena *a, struct str url, struct str *ret)
{
	(void)ctx;
	if (str_eq(url, STR("evil")))
		*ret = STR("javascript:x");
	else
		*ret = arena_printf(a, "/m/%.*s", STR_ARG(url));
	return true;
}

static void an_image_from_elsewhere_is_a_link(void **state)
{
	assert_str_eq(md_test_html(state, "![a](http://b.example/c.png)", &POST),
		      STR("<p><a href=\"http://b.example/c.png\">a</a></p>\n"));
	assert_str_eq(md_test_html(state, "![](//b.example/c.png)", &POST),
		      STR("<p><a href=\"//b.example/c.png\">//b.example/c.png</a></p>\n"));
	md_test_lacks(md_test_html(state, "<video src=\"http://b.example/v.mp4\""
				   " poster=\"//b.example/p.png\"></video>", &POST), "b.example");
}

static void images_are_lazy_and_sized(void **state)
{
	struct markdown_options o = { .link = give_link, .size = give_size };
	struct markdown made = render(state, "![a *b*](b.png) ![](c.png)", &o);

	md_test_has(made.html.s, "<img src=\"/m/b.png\" alt=\"a b\" width=\"640\" height=\"480\" "
			       "loading=\"lazy\" decoding=\"async\">");
	md_test_has(made.html.s, "<img src=\"/m/c.png\" alt=\"\" loading=\"lazy\"");
	assert_str_eq(made.image_url, STR("/m/b.png"));
	assert_str_eq(made.image_alt, STR("a b"));
	md_test_has(md_test_html(state, "<img src=b.png>", &o),
		    "<img src=\"/m/b.png\" alt=\"\" width=\"640\" height=\"480\" loading=\"lazy\"");
	md_test_lacks(md_test_html(state, "[x](evil)", &o), "javascript");
	md_test_gives(state, "![a](data:image/png;base64,xx)", "<p>a</p>\n");
	assert_str_eq(md_test_html(state, "![a](http://b/c.png)", &COMMENT),
		      STR("<p><a href=\"http://b/c.png\" rel=\"nofollow ugc\">a</a></p>\n"));
}

static void heading_ids_are_unique(void **state)
{
	struct markdown_options o = { .words.anchor = STR("Link:"), .heading_base = 2 };
	struct markdown made;

	md_test_gives(state, "# A b\n# A b\n# A-b-1\n# &&&\n# a b\n",
		      "<h1 id=\"a-b\">A b</h1>\n<h1 id=\"a-b-1\">A b</h1>\n<h1 id=\"a-b-1-1\">"
		"A-b-1</h1>\n"
		      "<h1 id=\"section\">&amp;&amp;&amp;</h1>\n<h1 id=\"a-b-2\">a b</h1>\n");
	made = render(state, "# L'Été *à* `Łódź`", &o);
	md_test_has(made.html.s, "<h2 id=\"l-ete-a-lodz\">");
	md_test_has(made.html.s, "<a class=\"anchor\" href=\"#l-ete-a-lodz\" aria-label=\"Link: "
			"L’Été à Łódź\">#</a></h2>");
	assert_str_eq(md_test_html(state, "# a", &COMMENT), STR("<h1>a</h1>\n"));
}

static void no_level_is_left_out_below_the_title(void **state)
{
	struct markdown_options o = { .heading_base = 2 };

	md_test_has(render(state, "## a\n### b\n", &o).html.s, "<h2 id=\"a\">a</h2>\n<h3");
	md_test_has(render(state, "# a\n## b\n", &o).html.s, "<h2 id=\"a\">a</h2>\n<h3");
	md_test_has(render(state, "#### a\n", &o).html.s, "<h2");
	md_test_has(render(state, "# a\n###### b\n", &o).html.s, "<h6");
}

static void the_contents_are_nested(void **state)
{
	struct markdown made = render(state, "## A\n#### B[^1] & *c*\n## D\n# E\n\n[^1]: x", &POST);

	assert_str_eq(made.toc.s, STR("<ul>\n<li><a href=\"#a\">A</a>\n<ul>\n"
		"<li><a href=\"#b-c\">B &amp; c</a></li>\n</ul>\n</li>\n"
		"<li><a href=\"#d\">D</a></li>\n<li><a href=\"#e\">E</a></li>\n</ul>\n"));
	assert_int_equal(render(state, "# only one", &POST).toc.s.n, 0);
}

static void code_has_its_language(void **state)
{
	md_test_gives(state, "~~~ c {.x}\na<b\n~~~\n\n    d\n",
		      "<pre tabindex=\"0\"><code class=\"language-c\">a&lt;b\n</code></pre>\n"
		      "<pre tabindex=\"0\"><code>d\n</code></pre>\n");
}

static void the_excerpt_ends_at_more(void **state)
{
	struct markdown made = render(state, "# T\n\n- a[^1] *b <!-- more --> c*\n\nd\n\n[^1]: "
			"x", &POST);

	assert_true(made.has_more);
	assert_str_eq(made.excerpt.s, STR("<h1>T</h1>\n<ul>\n<li>a <em>b </em></li>\n</ul>\n"));
	md_test_lacks(made.html.s, "more");
	made = render(state, "<div>a <b>b\n\n<!--more-->\n\nc</b></div>", &POST);
	assert_str_eq(made.excerpt.s, STR("<div>a <b>b\n</b></div>"));
	made = render(state, "|a <!--more-->|b|\n|-|-|\n|c|d|\n", &POST);
	assert_true(str_ends(made.excerpt.s, STR("<th scope=\"col\">a </th>\n<td></td>\n</tr>\n"
						 "</thead>\n</table>\n</div>\n")));
}

static void the_excerpt_without_more_is_the_first_paragraphs(void **state)
{
	struct markdown made = render(state, "# T\n\na\n\n- b\n\nc\n\n## D\n\ne", &POST);

	assert_false(made.has_more);
	assert_str_eq(made.excerpt.s, STR("<p>a</p>\n<p>c</p>\n"));
}

static void the_text_is_plain(void **state)
{
	struct markdown made = render(state, "# A & b\n\nc *d*\ne `f<g`\n\n|h|i|\n|-|-|\n", &POST);

	assert_str_eq(made.text, STR("A & b\nc d e f<g\nh i"));
	assert_int_equal(made.words, 8);
	assert_int_equal(render(state, "漢字 l'air 3.5 — co-op", &POST).words, 5);
}

/* Bytes are looked at by the block: each place in a block, and across two of them. */
static void typography_and_words_do_not_depend_on_where_they_stand(void **state)
{
	for (size_t n = 1; n < 70; n++) {
		char *begin = arena_array(*state, n + 1, 1);
		struct str source, wanted;
		struct markdown made;

		memset(begin, 'x', n);
		source = arena_printf(*state, "%s -- a\\-- \"b\"... it's 1 < 2 -. www.c.org "
				      "d@e.org\n", begin);
		wanted = arena_printf(*state, "<p>%s – a-- “b”… it’s 1 &lt; 2 -. "
				      "<a href=\"http://www.c.org\">www.c.org</a> "
				      "<a href=\"mailto:d@e.org\">d@e.org</a></p>\n", begin);
		made = render(state, source.p, &POST);
		assert_str_eq(made.html.s, wanted);
		assert_int_equal(made.words, 8);
	}
}

int markdown_tests(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, md_test_arena_make, md_test_arena_free)
	const struct CMUnitTest tests[] = {
		TEST(quotes_follow_the_language),
		TEST(french_has_spaces_before_its_signs),
		TEST(typography_leaves_code_and_addresses_alone),
		TEST(an_escaped_quote_stays_straight),
		TEST(bare_links_become_links),
		TEST(tildes_strike_through),
		TEST(a_table_keeps_its_alignment),
		TEST(a_table_stands_in_any_container),
		TEST(a_row_of_other_width_is_no_table),
		TEST(a_table_parsed_apart_is_the_same),
		TEST(typography_and_words_do_not_depend_on_where_they_stand),
		TEST(task_items_have_labelled_boxes),
		TEST(an_admonition_has_the_title_given),
		TEST(a_footnote_links_there_and_back),
		TEST(an_undefined_footnote_is_text),
		TEST(a_footnote_holds_blocks),
		TEST(a_titled_image_alone_is_a_figure),
		TEST(an_image_from_elsewhere_is_a_link),
		TEST(images_are_lazy_and_sized),
		TEST(heading_ids_are_unique),
		TEST(no_level_is_left_out_below_the_title),
		TEST(the_contents_are_nested),
		TEST(code_has_its_language),
		TEST(the_excerpt_ends_at_more),
		TEST(the_excerpt_without_more_is_the_first_paragraphs),
		TEST(the_text_is_plain),
	};

	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}

int main(void)
{
	int failed = markdown_tests() + safety_tests() + spec_tests();

	spare_drop_all();
	return failed;
}
