/* contrast_test.c - colours, selectors and the cascade that the look at contrast stands on. */
#include "base/test.h"

#include <math.h>
#include <stdlib.h>

#include "check/check_test.h"
#include "check/css_cascade.h"
#include "check/css_match.h"

static struct arena *a;

static void expect_color(const char *text, bool dark, unsigned rgb)
{
	const struct css_color_env env = { { 1, 0, 0, 1 }, dark };
	struct css_color c;
	unsigned found;

	if (!css_color_parse(str_of(text), &env, &c))
		fail_msg("%s is no colour", text);
	found = (unsigned)lround(c.r * 255) << 16 | (unsigned)lround(c.g * 255) << 8
		| (unsigned)lround(c.b * 255);
	for (int shift = 0; shift < 24; shift += 8)
		if (abs((int)(found >> shift & 255) - (int)(rgb >> shift & 255)) > 1)
			fail_msg("%s is #%06x, not #%06x", text, found, rgb);
}

static void colours_are_read_as_browsers_do(void **state)
{
	static const struct { const char *text; unsigned rgb; } some[] = {
		{ "#abc", 0xaabbcc }, { "#a1b2c3", 0xa1b2c3 }, { "RebeccaPurple", 0x663399 },
		{ "currentColor", 0xff0000 }, { "rgb(10, 20, 30)", 0x0a141e },
		{ "rgb(10% 20% 30% / 50%)", 0x1a334d }, { "hsl(120 100% 25%)", 0x008000 },
		{ "hsl(210deg, 50%, 40%)", 0x336699 }, { "hwb(90 10% 10%)", 0x80e61a },
		{ "oklch(62.8% 0.25768 29.234)", 0xff0000 },
		{ "oklab(59.686% 0.1009 0.1192)", 0xc65d07 },
		{ "lab(50% 40 59.5)", 0xbf5700 }, { "lch(52.2345% 72.2 56.2)", 0xc65d07 },
		{ "color(srgb 0.2 0.4 0.6)", 0x336699 },
		{ "color-mix(in srgb, #ffffff 25%, #000000)", 0x404040 },
		{ "color-mix(in srgb, white, black)", 0x808080 },
		{ "oklch(from #9c3b22 l c h)", 0x9c3b22 },
		{ "rgb(from #336699 calc(r * 2) g min(b, 100))", 0x666664 },
		{ "hsl(from #336699 h s calc(l + 10))", 0x4080bf },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(some); i++)
		expect_color(some[i].text, false, some[i].rgb);
	expect_color("light-dark(#111111, #eeeeee)", false, 0x111111);
	expect_color("light-dark(#111111, #eeeeee)", true, 0xeeeeee);
}

static void what_is_no_colour_is_refused(void **state)
{
	static const char *const none[] = { "", "#12", "#ggg", "rgb(1, 2)", "url(a.png)", "none",
					    "rgb(", "oklch(from nothing l c h)", "color-mix(red)",
					    "calc(1)", "rgb(a b c)", "hsl(1/0 2 3)" };
	const struct css_color_env env = { { 0, 0, 0, 1 }, false };
	struct css_color c;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		if (css_color_parse(str_of(none[i]), &env, &c))
			fail_msg("%s passes for a colour", none[i]);
}

static void contrast_is_that_of_wcag(void **state)
{
	const struct css_color black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
	const struct css_color gray = { 119 / 255.0, 119 / 255.0, 119 / 255.0, 1 };

	(void)state;
	assert_true(fabs(css_color_contrast(black, white) - 21) < 0.001);
	assert_true(fabs(css_color_contrast(white, gray) - 4.478) < 0.001);
	assert_true(fabs(css_color_contrast(gray, gray) - 1) < 0.001);
}

static const struct html_node *find_id(const struct html_tree *t, const char *id)
{
	for (const struct html_node *n = t->root; (n = html_tree_next(n, t->root));)
		if (n->name.n && str_eq(html_tree_attr(n, "id"), str_of(id)))
			return n;
	fail_msg("no element %s", id);
	return NULL;
}

static void selectors_match_as_in_browsers(void **state)
{
	static const char page[] =
		"<html class='warm'><body><ul id=u class='a b'><li>1<li id=two title='x y'>2"
		"<li>3</ul><p id=p><a id=l href='#x'>l</a><em>e</em></p></body></html>";
	static const struct { const char *id, *selector; bool is; } some[] = {
		{ "u", "ul", true }, { "u", "ol", false }, { "u", "*", true },
		{ "u", ".a.b", true },
		{ "u", ".a .b", false }, { "u", "#u", true }, { "u", "body > ul", true },
		{ "u", "html > ul", false }, { "u", "html ul", true }, { "u", ".warm ul", true },
		{ "two", "li:nth-child(2)", true }, { "two", "li:nth-child(odd)", false },
		{ "two", "li:nth-child(2n)", true }, { "two", "li + li", true },
		{ "two", "li ~ li", true }, { "two", "li:first-child", false },
		{ "two", "[title]", true }, { "two", "[title~='y']", true },
		{ "two", "[title^=\"x\"]", true }, { "two", "[title=x]", false },
		{ "two", ":not(.a)", true }, { "two", "ul:not(.c) > :is(p, li)", true },
		{ "p", "p:has(> a)", true }, { "p", "p:has(> b)", false },
		{ "l", "a:link", true }, { "l", "a:hover", false }, { "l", "a::before", false },
		{ "l", ":root a", true }, { "p", "ul + p", true }, { "p", "", false },
		{ "p", "p:where(", false }, { "l", "p > a:only-child", false },
	};
	const struct html_tree *t = html_tree_make(a, str_of(page));

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(some); i++)
		if (css_match(find_id(t, some[i].id), str_of(some[i].selector), false)
		    != some[i].is)
			fail_msg("%s and #%s", some[i].selector, some[i].id);
	assert_true(css_match(find_id(t, "l"), STR("a:focus-visible"), true));
	assert_true(css_match_weight(STR("#a")) > css_match_weight(STR(".a.b.c")));
	assert_true(css_match_weight(STR(".a")) > css_match_weight(STR("html body a")));
	assert_int_equal(css_match_weight(STR(":where(.a) b")), css_match_weight(STR("b")));
	assert_int_equal(css_match_weight(STR(":is(#a, b)")), css_match_weight(STR("#a")));
}

/* The colours of the element x, as "#text/#ground". */
static struct str colors(const char *css, const char *body, bool dark)
{
	const struct css_reader r = { dark, 1280 };
	const struct html_tree *t = html_tree_make(a, str_of(body));
	const struct css_sheet *sheet = css_cascade_sheet(a, str_of(css), &r);
	const struct css_style *s = &css_cascade_page(a, sheet, t)[find_id(t, "x")->number];

	if (s->unknown || s->unknown_text)
		return STR("unknown");
	return arena_printf(a, "#%02x%02x%02x/#%02x%02x%02x", (int)lround(s->color.r * 255),
			    (int)lround(s->color.g * 255), (int)lround(s->color.b * 255),
			    (int)lround(s->ground.r * 255), (int)lround(s->ground.g * 255),
			    (int)lround(s->ground.b * 255));
}

static void the_cascade_gives_text_its_colours(void **state)
{
	static const char body[] =
		"<html class=k><body><div class=b><p id=x>t</p></div></body></html>";
	static const struct { const char *css, *light, *dark; } some[] = {
		{ "", "#000000/#ffffff", NULL },
		{ "p{color:red} #x{color:#00f} p{color:lime}", "#0000ff/#ffffff", NULL },
		{ "p{color:red!important} #x{color:#00f}", "#ff0000/#ffffff", NULL },
		{ "div{color:#111;background:#eee}", "#111111/#eeeeee", NULL },
		{ "body{background:#fff url(a.png)}", "unknown", NULL },
		{ "div{background:rgb(0 0 0 / 50%)}", "#000000/#808080", NULL },
		{ ":root{--c:#123456} p{color:var(--c)}", "#123456/#ffffff", NULL },
		{ "p{color:var(--none, #654321)}", "#654321/#ffffff", NULL },
		{ ":root{--a:#111111;--c:var(--a)} div{--a:#222222} p{color:var(--c)}",
		  "#111111/#ffffff", NULL },
		{ ":root{color-scheme:light dark;--c:light-dark(#111111,#eeeeee)}"
		  "p{color:var(--c)}",
		  "#111111/#ffffff", "#eeeeee/#121212" },
		{ "@media (prefers-color-scheme:dark){body{color:#ddd;background:#222}}",
		  "#000000/#ffffff", "#dddddd/#222222" },
		{ "@media print{p{color:red}} @media (min-width:40em){p{color:#00f}}",
		  "#0000ff/#ffffff", NULL },
		{ "@media (width >= 2000px){p{color:red}}", "#000000/#ffffff", NULL },
		{ "div{& > p{color:#00f}}", "#0000ff/#ffffff", NULL },
		{ "@layer x{#x{color:red}} p{color:#00f}", "#0000ff/#ffffff", NULL },
		{ "@supports not (a:b){p{color:red}} @supports (a:b){p{color:#00f}}",
		  "#0000ff/#ffffff", NULL },
		{ "@keyframes a{from{color:red}} p{opacity:0.5;color:#000}", "#000000/#ffffff",
		  NULL },
		{ "p{color:var(--x)} :root{--x:var(--x)}", "unknown", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(some); i++) {
		struct str light = colors(some[i].css, body, false);
		struct str dark = colors(some[i].css, body, true);

		if (!str_eq(light, str_of(some[i].light)))
			fail_msg("%s: %.*s", some[i].css, STR_ARG(light));
		if (some[i].dark && !str_eq(dark, str_of(some[i].dark)))
			fail_msg("%s in the dark: %.*s", some[i].css, STR_ARG(dark));
	}
}

int contrast_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_read_as_browsers_do),
		cmocka_unit_test(what_is_no_colour_is_refused),
		cmocka_unit_test(contrast_is_that_of_wcag),
		cmocka_unit_test(selectors_match_as_in_browsers),
		cmocka_unit_test(the_cascade_gives_text_its_colours),
	};
	int failed;

	a = arena_new(0);
	failed = cmocka_run_group_tests_name("contrast", tests, NULL, NULL);
	arena_free(a);
	return failed;
}
