/* sass_test.c - sass, as themers write it, and addresses in stylesheets; modern_test.c and
 * hostile_sass_test.c have the rest. */
#include <stdio.h>
#include <string.h>
#include "config.h"
#include "base/limits.h"
#include "base/test.h"
#include "theme/stylesheet.h"
#include "theme/theme_test.h"

static bool compile(const char *scss, const char *partial, struct buf *out, struct fail *f)
{
	struct stylesheet_source sources[] = {
		{ STR("style.scss"), str_of(scss) },
		{ STR("parts/_p.scss"), str_of(partial) },
		{ STR("parts/_q.scss"), STR("q{r:s}") },
	};

	return stylesheet_compile(sources, 3, 0, STR("$accent:var(--accent);\n"), NULL, out, f);
}

static void sass_becomes_css(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(compile("@import 'parts/p';\na { b: $c; d { e: $accent } }",
		"$c: 1 + 1; @import 'q';",
			  &out, &f), &f);
	assert_str_eq(buf_str(&out), STR("q{r:s}a{b:2}a d{e:var(--accent)}\n"));
}

static void a_mistake_is_told_with_file_line_and_column(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(compile("a {\n  b: $nothing;\n}", "", &out, &f), &f, FAIL_INVALID);
	assert_string_equal(f.text, "sass/style.scss:2:6: Undefined variable: \"$nothing\".");
	assert_fails(compile("@import 'parts/p';", "x{y:z}\n\na{b:darken(c,1%)}", &out, &f), &f,
		     FAIL_INVALID);
	assert_non_null(strstr(f.text, "sass/parts/_p.scss:3:"));
}

static bool shout(void *arg, struct str url, struct str *ret, struct fail *f)
{
	(void)arg;
	if (str_starts(url, STR("http:")))
		return fail(f, FAIL_FORBIDDEN, "no");
	*ret = STR("/X");
	return true;
}

static void addresses_in_css_are_found(void **state)
{
	static const struct stylesheet_map map = { shout, NULL };
	static const char *const pairs[] = {
		"a{b:url(c.png)}", "a{b:url(\"/X\")}",
		"a{b:url( 'c.png' )} /* url(d) */ e{f:'url(g)'}",
		"a{b:url( '/X' )} /* url(d) */ e{f:'url(g)'}",
		"@import \"x.css\";@import url(y.css);", "@import \"/X\";@import url(\"/X\");",
		"a{b:url(#c) url(data:image/png;base64,x) URL(d)}",
		"a{b:url(#c) url(data:image/png;base64,x) URL(\"/X\")}",
		"a{b:curl(c)}", "a{b:curl(c)}", "a{b:\\75rl(c)}", "a{b:\\75rl(\"/X\")}",
		"a{b:u\\72 l(c)} @\\69mport 'x';", "a{b:u\\72 l(\"/X\")} @\\69mport '/X';",
		"a{b:image-set('c' 1x,\"d\" type(\"image/png\"),url(e) 2x) 'f'}",
		"a{b:image-set('/X' 1x,\"/X\" type(\"image/png\"),url(\"/X\") 2x) 'f'}",
		"a{b:-webkit-image-set('c' 1x)}", "a{b:-webkit-image-set('/X' 1x)}",
		"a[b=\"image-set\"]{c:d('e')}", "a[b=\"image-set\"]{c:d('e')}", "a{b:url(",
		"a{b:url(", "a{b:'", "a{b:'", NULL,
	};

	(void)state;
	for (size_t i = 0; pairs[i]; i += 2) {
		CLEANUP(buf_release) struct buf out = BUF(1000);
		struct fail f = FAIL_INIT;

		assert_ok(stylesheet_rewrite(str_of(pairs[i]), "x.css", &map, &out, &f), &f);
		assert_str_eq(buf_str(&out), str_of(pairs[i + 1]));
	}
}

/* Ways to the outside that a themer may try, each in the middle of a stylesheet. */
static void no_address_leads_outside_unseen(void **state)
{
	static const struct stylesheet_map map = { shout, NULL };
	static const char *const ways[] = {
		"@import \"http://x/y.css\";", "@import url(http://x/y.css);", "@IMPORT 'http://x'",
		"input[value^=\"a\"]{background:url(http://x/a)}", "a{b:URL( \"http://x\" )}",
		"@font-face{src:url(http://x) format('woff2')}", "a{b:\\75\\72\\6c(http://x)}",
		"a{b:u\\000072l(http://x)}", "@\\49mport 'http://x';",
		"a{b:image-set('http://x' 1x)}",
		"a{b:-webkit-image-set(\"http://x\" 1x)}",
		"a{b:image-set(linear-gradient(a,b),'http://x')}",
		"a{b:src('http://x')}", "a{--x:url(http://x)}", "a{cursor:url(http://x),auto}",
		"@media x{a{b:cross-fade(url(http://x),url(http://x))}}", "a{b:url(\nhttp://x)}",
		"/**/a{/*'*/b:url(http://x)/*'*/}", "a{b:'\\'';c:url(http://x)}",
		"@document url(http://x){a{b:c}}", "@namespace url(http://x);", NULL,
	};

	(void)state;
	for (size_t i = 0; ways[i]; i++) {
		CLEANUP(buf_release) struct buf out = BUF(1000);
		struct fail f = FAIL_INIT;

		if (stylesheet_rewrite(str_of(ways[i]), "x.css", &map, &out, &f))
			fail_msg("%s: was not seen", ways[i]);
		assert_int_equal(f.code, FAIL_FORBIDDEN);
	}
}

static void a_refused_address_is_told_with_its_line(void **state)
{
	static const struct stylesheet_map map = { shout, NULL };
	CLEANUP(buf_release) struct buf out = BUF(1000);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(stylesheet_rewrite(STR("a{}\nb{c:url(http://x)}"), "x.css", &map, &out, &f),
		&f,
		     FAIL_FORBIDDEN);
	assert_string_equal(f.text, "x.css:2: no");
}

int sass_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sass_becomes_css),
		cmocka_unit_test(a_mistake_is_told_with_file_line_and_column),
		cmocka_unit_test(addresses_in_css_are_found),
		cmocka_unit_test(no_address_leads_outside_unseen),
		cmocka_unit_test(a_refused_address_is_told_with_its_line),
	};

	return cmocka_run_group_tests_name("theme/sass", tests, NULL, NULL);
}
