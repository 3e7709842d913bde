/* safety_test.c - raw HTML, addresses, marks, and what is refused. */
#include "markdown/markdown_test.h"
#include <cmark.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/limits.h"
#include "markdown/md_guard.h"

static const struct markdown_options POST = { .lang = STR_INIT("en") };
static const struct markdown_options COMMENT = { .lang = STR_INIT("en"), .comment = true };

static void raw_html_is_cut_to_the_allow_list(void **state)
{
	md_test_gives(state, "<div onclick=x style='a' class=\"b\">c</div>\n",
		      "<div class=\"b\">c</div>\n");
	md_test_gives(state, "<script>alert(1)</script>\n\n<style>a</style>\n\n<iframe src=x>"
			"b</iframe>\n",
		      "\n\n\n");
	md_test_gives(state, "a <kbd>b</kbd> <blink>c</blink> <br/> d < e",
		      "<p>a <kbd>b</kbd> c <br> d &lt; e</p>\n");
}

static void what_is_left_open_is_closed(void **state)
{
	md_test_gives(state, "*a <b>b* c</i></div>", "<p><em>a <b>b</b></em> c</p>\n");
	md_test_gives(state, "- <div>a\n- b</div>\n\n</section>c",
		      "<ul>\n<li>\n<div>a\n</div></li>\n<li>b</li>\n</ul>\nc\n");
	md_test_gives(state, "<div><p>a\n\nb\n", "<div><p>a\n</p><p>b</p>\n</div>");
	md_test_gives(state, "a <div>b</div>", "<p>a b</p>\n");
}

static void parts_stand_only_in_their_wholes(void **state)
{
	md_test_gives(state, "<td>a</td><li>b</li>\n", "ab\n");
	md_test_gives(state, "<table><tr><td>a<tr><td>b</table>c\n",
		      "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>c\n");
	md_test_gives(state, "<ul>\n\n- a\n\n</ul>\n", "<ul>\n</ul><ul>\n<li>a</li>\n</ul>\n\n");
	md_test_gives(state, "<a href=b>c [d](e)</a>", "<p><a href=\"b\">c d</a></p>\n");
	md_test_gives(state, "[d <a href=x>y</a>](e)", "<p><a href=\"e\">d y</a></p>\n");
}

static void html_comments_are_dropped(void **state)
{
	md_test_gives(state, "<!-- a -->\n\nb <!-- c --> d <?e?> <!F x> g\n",
		      "\n<p>b  d   g</p>\n");
}

static void a_script_link_is_only_its_text(void **state)
{
	static const char *const URLS[] = {
		"javascript:x", "JaVaScRiPt:x", "vbscript:x", "data:text/html,x", "file:///x",
		"&#106;avascript:x", "java&#9;script:x", "java&Tab;script:x", "javascript&colon;x",
		"&#x6A;avascript:x", "blob:x", "&#1;javascript:x", "view-source:x",
	};

	for (size_t i = 0; i < ARRAY_LEN(URLS); i++) {
		struct str md = arena_printf(*state, "[a](<%s>) ![b](<%s>) <%s>", URLS[i],
				URLS[i], URLS[i]);
		struct str raw = arena_printf(*state, "<a href=\"%s\">c</a> <img src='%s'>",
				URLS[i], URLS[i]);

		md_test_lacks(md_test_html(state, md.p, &POST), "href=");
		md_test_lacks(md_test_html(state, md.p, &POST), "src=");
		md_test_lacks(md_test_html(state, raw.p, &POST), "href=");
		md_test_lacks(md_test_html(state, raw.p, &POST), "src=");
	}
	md_test_gives(state, "[a](tel:1) [b](/c?d&e) <a href='xmpp:f'>g</a>",
		      "<p><a href=\"tel:1\">a</a> <a href=\"/c?d&amp;e\">b</a> <a "
		"href=\"xmpp:f\">g</a></p>\n");
}

static void comments_have_fewer_tags(void **state)
{
	assert_str_eq(md_test_html(state, "<div id=a>b</div>\n\n<b class=c>d</b> http://e.f "
			"[^1]\n\n[^1]: g",
				   &COMMENT),
		      STR("b\n<p><b>d</b> <a href=\"http://e.f\" rel=\"nofollow ugc\">"
				"http://e.f</a> [^1]</p>\n<p>[^1]: g</p>\n"));
}

static void noncharacters_are_replaced(void **state)
{
	md_test_gives(state, "a\xef\xb7\x92" "b\xef\xbf\xbf\xf0\x9f\xbf\xbe\xff",
			"<p>a\xef\xbf\xbd" "b\xef\xbf\xbd"
		      "\xef\xbf\xbd\xef\xbf\xbd</p>\n");
	md_test_has(md_test_html(state, "###### \xef\xb7\x94 a", &POST),
			"<h6 id=\"a\">\xef\xbf\xbd a</h6>");
}

static void marks_never_leave(void **state)
{
	md_test_lacks(md_test_html(state, "\\\"a\\[ `\\'` [b\\.](c\\~d \"e\\\"f\") <i "
			"title=\"\\:\">\n\n"
				   "```x\\.y\n\\@\n```\n\n    \\-\n\n<div>\\'[^z]</div>\n\n[^q]: "
			"r\n", &POST), "\xef\xb7");
}

/* `head`, then `part` so often that there are `bytes`. */
static struct str repeat(void **state, const char *head, const char *part, size_t bytes)
{
	CLEANUP(buf_release) struct buf b = BUF(bytes + 100);

	buf_adds(&b, head);
	while (b.n + strlen(part) <= bytes)
		buf_adds(&b, part);
	return arena_str(*state, buf_str(&b));
}

static void refused(void **state, struct str source, enum fail_code code, const char *why)
{
	struct fail f = FAIL_INIT;
	struct markdown made;

	assert_fails(markdown_render(*state, source, &POST, &made, &f), &f, code);
	md_test_has(str_of(f.text), why);
}

static void markers_too_deep_are_refused(void **state)
{
	refused(state, repeat(state, "a\n\n", "- + ", 65536), FAIL_INVALID, "line 3:");
	refused(state, repeat(state, "", "> ", 200), FAIL_INVALID, "line 1: quotes and lists");
	refused(state, repeat(state, "", "1) > ", 400), FAIL_INVALID, "line 1:");
	refused(state, arena_printf(*state, "%s%s", repeat(state, "", "*a _b ", 1200).p,
				    repeat(state, "", "b_ a* ", 1200).p),
		FAIL_INVALID, "line 1: emphasis, links and lists are nested");
	md_test_html(state, repeat(state, "> ", "* ", 4000).p, &POST);	/* a rule, no lists */
}

static unsigned depth_of(const char *source)
{
	cmark_node *tree = cmark_parse_document(source, strlen(source), CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(tree);
	unsigned depth = 0, deepest = 0;
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));

		if (type != CMARK_NODE_BLOCK_QUOTE && type != CMARK_NODE_ITEM)
			continue;
		depth += event == CMARK_EVENT_ENTER ? 1 : -1u;
		deepest = depth > deepest ? depth : deepest;
	}
	cmark_iter_free(iter);
	cmark_node_free(tree);
	return deepest;
}

/* Against the parser itself, over texts made of what opens and closes containers. */
static void the_guard_never_sees_fewer_containers_than_the_parser(void **state)
{
	static const char *const PARTS[] = { "- ", "* ", "+", "1. ", "23) ", "> ", ">", " ", "  ",
					     "    ", "\t", "\n", "\n", "\n\n", "a", "```\n",
					     "---", "* * *", "<div>", "# ", "-\n", "[a]: b" };
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[400] = "";

		for (int k = 0; k < 40; k++) {
			seed = seed * 1664525 + 1013904223;
			strcat(text, PARTS[(seed >> 8) % ARRAY_LEN(PARTS)]);
		}
		if (depth_of(text) > md_guard_depth(str_of(text)))
			fail_msg("%u containers, the guard sees %u in: %s", depth_of(text),
				 md_guard_depth(str_of(text)), text);
	}
}

static void too_long_is_refused(void **state)
{
	struct fail f = FAIL_INIT;
	struct markdown made;

	refused(state, repeat(state, "", "a ", LIMIT_POST + 10), FAIL_TOO_LARGE,
			"more than 512 KiB");
	assert_fails(markdown_render(*state, repeat(state, "", "a ", LIMIT_COMMENT + 10), &COMMENT,
				     &made, &f), &f, FAIL_TOO_LARGE);
}

static void quadratic_shapes_are_refused(void **state)
{
	struct str deep = repeat(state, "", "* - ", 4 * 20);

	refused(state, repeat(state, "", "![[]()", LIMIT_POST), FAIL_INVALID,
			"line 1: too many images");
	refused(state, repeat(state, "", repeat(state, "\n\n", "![[]()", 12000).p, LIMIT_POST),
		FAIL_INVALID, "too many images");
	refused(state, repeat(state, "", "a <!-- ", LIMIT_POST), FAIL_INVALID,
			"line 1: too many \"<!\"");
	refused(state, repeat(state, arena_printf(*state, "%sa\n", deep.p).p, "\n", LIMIT_POST),
		FAIL_INVALID, "too many blank lines inside nested lists");
	refused(state, repeat(state, "", "*a*b", LIMIT_POST), FAIL_INVALID,
			"line 1: too many stars");
	refused(state, repeat(state, "", "- a\n", LIMIT_POST), FAIL_TOO_LARGE,
			"more than 100000 parts");
	refused(state, repeat(state, "", "[^a]: b\n", 8 * 5000), FAIL_TOO_LARGE,
			"4000 footnotes");
}

static void large_tables_are_refused(void **state)
{
	struct str wide = repeat(state, "", "|a", 400), dashes = repeat(state, "", "|-", 400);
	struct str head = arena_printf(*state, "%.*s\n%.*s\n", STR_ARG(wide), STR_ARG(dashes));

	refused(state, repeat(state, head.p, "a\n", 10000), FAIL_TOO_LARGE,
			"the tables have more than");
	/* These took half a second. */
	refused(state, repeat(state, "", "[^a]: |a|\n|-|\n# ", 510000), FAIL_TOO_LARGE,
			"the text up to here has more than");
	refused(state, repeat(state, "", "|a|\n|-|\n[a]", 400000), FAIL_TOO_LARGE,
			"the text up to here has more than");
}

int safety_tests(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, md_test_arena_make, md_test_arena_free)
	const struct CMUnitTest tests[] = {
		TEST(raw_html_is_cut_to_the_allow_list),
		TEST(what_is_left_open_is_closed),
		TEST(parts_stand_only_in_their_wholes),
		TEST(html_comments_are_dropped),
		TEST(a_script_link_is_only_its_text),
		TEST(comments_have_fewer_tags),
		TEST(noncharacters_are_replaced),
		TEST(marks_never_leave),
		TEST(markers_too_deep_are_refused),
		TEST(the_guard_never_sees_fewer_containers_than_the_parser),
		TEST(too_long_is_refused),
		TEST(quadratic_shapes_are_refused),
		TEST(large_tables_are_refused),
	};

	return cmocka_run_group_tests_name("markdown safety", tests, NULL, NULL);
}
