/* Sass, friendly and hostile. */
#include <stdio.h>
#include <string.h>
#include "config.h"
#include "base/date.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/test.h"
#include "theme/stylesheet.h"

int sass_tests(void);

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

static void modules_of_newer_sass_are_named(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(compile("/*\n@use x */ // @use y\na{b:'@use '}", "", &out, &f), &f);
	assert_fails(compile("/*\n*/\n @use 'sass:math';", "", &out, &f), &f, FAIL_INVALID);
	assert_string_equal(f.text, "sass/style.scss:3:2: @use and @forward are not known to this"
		" Sass; write @import, and / for math.div");
}

/* Refused within the limits, and nothing of the machine is told. */
static void refused(const char *scss, const char *partial)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;
	int64_t start = clock_ns();

	if (compile(scss, partial, &out, &f))
		fail_msg("%.60s: was not refused", scss);
	print_message("# %.40s: %.160s (%lld ms)\n", scss, f.text,
		      (long long)(clock_ns() - start) / 1000000);
	if (clock_ns() - start > 20 * (int64_t)1000000000)
		fail_msg("%.60s: took too long", scss);
	if (strstr(f.text, "root:") || strstr(f.text, "/home") || strstr(f.text, "/tmp")
	    || strstr(f.text, "libsass"))
		fail_msg("%.60s: tells too much: %s", scss, f.text);
}

static void what_lies_outside_cannot_be_imported(void **state)
{
	(void)state;
	refused("@import \"/etc/passwd\";", "");
	refused("@import \"../../../../../../etc/passwd\";", "");
	refused("@import \"/theme/../../etc/passwd\";", "");
	refused("@import 'parts/p';", "@import '../../x';");
	refused("@import \"file:///etc/passwd\";", "");
	refused("@import \"nothing\";", "");
}

static void endless_and_greedy_sass_is_stopped(void **state)
{
	(void)state;
	refused("@while true {}", "");
	refused("@function f($x) { @return f($x); } a { b: f(1) }", "");
	refused("@mixin m { @include m; } a { @include m; }", "");
#ifndef HAMEAU_SANITIZED	/* there, nothing bounds the memory of the child */
	refused("$s: 'aaaaaaaaaaaaaaaa'; @for $i from 1 through 100 { $s: $s + $s; } a { b: $s }",
		"");
	refused("@for $i from 1 through 100000000 { a#{$i} { b: c } }", "");
#endif
	refused("@import 'style';", "");
}

static void a_selector_bomb_is_stopped(void **state)
{
	static const char list[] = "a,b,c,d,e,f,g,h,i,j{";
	CLEANUP(buf_release) struct buf scss = BUF(1000);

	(void)state;
#ifdef HAMEAU_SANITIZED
	skip();
#endif
	for (int i = 0; i < 8; i++)
		buf_adds(&scss, list);
	buf_adds(&scss, "k:l}}}}}}}}");
	refused(scss.p, "");
}

static void a_selector_of_a_megabyte_is_refused(void **state)
{
	CLEANUP(buf_release) struct buf scss = BUF(2 * MIB);

	(void)state;
	while (scss.n < 1200 * 1024)
		buf_adds(&scss, ".abcdefghij");
	buf_adds(&scss, "{a:b}");
	refused(scss.p, "");
#ifndef HAMEAU_SANITIZED
	buf_cut(&scss, 900 * 1024);
	buf_adds(&scss, "{a:b} c{@extend .abcdefghij}");
	refused(scss.p, "");
#endif
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
		"a{b:curl(c)}", "a{b:curl(c)}", "a{b:url(", "a{b:url(", "a{b:'", "a{b:'", NULL,
	};

	(void)state;
	for (size_t i = 0; pairs[i]; i += 2) {
		CLEANUP(buf_release) struct buf out = BUF(1000);
		struct fail f = FAIL_INIT;

		assert_ok(stylesheet_rewrite(str_of(pairs[i]), "x.css", &map, &out, &f), &f);
		assert_str_eq(buf_str(&out), str_of(pairs[i + 1]));
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
		cmocka_unit_test(modules_of_newer_sass_are_named),
		cmocka_unit_test(what_lies_outside_cannot_be_imported),
		cmocka_unit_test(endless_and_greedy_sass_is_stopped),
		cmocka_unit_test(a_selector_bomb_is_stopped),
		cmocka_unit_test(a_selector_of_a_megabyte_is_refused),
		cmocka_unit_test(addresses_in_css_are_found),
		cmocka_unit_test(a_refused_address_is_told_with_its_line),
	};

	return cmocka_run_group_tests_name("theme/sass", tests, NULL, NULL);
}
