/* hostile_sass_test.c - Sass of somebody who means harm: each ends in bounded time, with a
 * sentence that helps and tells nothing of the machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "config.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"
#include "theme/asset.h"
#include "theme/modern.h"
#include "theme/stylesheet.h"
#include "theme/theme_test.h"

/* Sanitizers make everything ten times slower, and prove as much with less. */
#ifdef HAMEAU_SANITIZED
#define PART 16
#else
#define PART 1
#endif

static bool compile(struct str scss, struct str partial, struct buf *out, struct fail *f)
{
	struct stylesheet_source sources[] = {
		{ STR("style.scss"), scss },
		{ STR("parts/_p.scss"), partial },
	};

	return stylesheet_compile(sources, 2, 0, STR("$accent:var(--accent);\n"), NULL, out, f);
}

static bool tells_too_much(const char *text)
{
	static const char *const words[] = { "root:", "/home", "/tmp", "libsass",
					     "secret", NULL };

	for (size_t i = 0; words[i]; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

/* must_fail: false for what may as well compile to something harmless. */
static void endure(struct str scss, const char *partial, bool must_fail)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;
	bool ok = compile(scss, str_of(partial), &out, &f);

	if (ok && must_fail)
		fail_msg("%.60s: was not refused", scss.p);
	if (ok && str_find(buf_str(&out), STR("root:")) >= 0)
		fail_msg("%.60s: a file of the machine is in the stylesheet", scss.p);
	if (!ok && tells_too_much(f.text))
		fail_msg("%.60s: says \"%s\"", scss.p, f.text);
	print_message("# %.40s: %.100s\n", scss.p, ok ? "(compiles)" : f.text);
}

static void refused(const char *scss)
{
	endure(str_of(scss), "", true);
}

static void what_lies_outside_cannot_be_imported(void **state)
{
	static const char *const urls[] = {
		"/etc/passwd", "../x", "../../../../../../etc/passwd", "/theme/../../etc/passwd",
		"file:///etc/passwd", "nothing", "/proc/self/environ", "./../style2",
		"\\2f etc/passwd",
		"parts/../../x", "-options/../../x", "", "http://192.0.2.1/x", "//192.0.2.1/x",
	};
	char scss[200];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		snprintf(scss, sizeof(scss), "@import \"%s\";", urls[i]);
		refused(scss);
	}
	endure(STR("@import 'parts/p';"), "@import '../../x';", true);
	refused("@import '/etc/passwd' , 'parts/p';");
	refused("@import 'style';");
}

static void endless_sass_is_stopped(void **state)
{
	(void)state;
	refused("@while true {}");
	refused("@function f($x){@return f($x)} a{b:f(1)}");
	refused("@function f($x){@return g($x)} @function g($x){@return f($x)} a{b:f(1)}");
	refused("@mixin m{@include m} a{@include m}");
	refused("@mixin m{a{@include m}} @include m;");
}

static void greedy_sass_is_stopped(void **state)
{
	(void)state;
#ifdef HAMEAU_SANITIZED		/* there, nothing bounds the memory of the child */
	skip();
#endif
	refused("$s:'aaaaaaaaaaaaaaaa';@for $i from 1 through 100{$s:$s+$s} a{b:$s}");
	refused("@for $i from 1 through 100000000{a#{$i}{b:c}}");
	refused("a,b,c,d,e,f,g,h,i,j{a,b,c,d,e,f,g,h,i,j{a,b,c,d,e,f,g,h,i,j{a,b,c,d,e,f,g,h,i,j{"
		"a,b,c,d,e,f,g,h,i,j{a,b,c,d,e,f,g,h,i,j{a,b,c,d,e,f,g,h,i,j{a,b,c,d,e,f,g,h,i,j{"
		"k:l}}}}}}}}");
}

static void fill(struct buf *b, const char *piece, size_t most)
{
	while (b->n < most)
		buf_adds(b, piece);
}

static void large_sass_is_refused(void **state)
{
	CLEANUP(buf_release) struct buf scss = BUF(2 * MIB);

	(void)state;
	fill(&scss, ".abcdefghij", 1200 * 1024);
	buf_adds(&scss, "{a:b}");
	endure(buf_str(&scss), "", true);
#ifndef HAMEAU_SANITIZED
	buf_cut(&scss, 900 * 1024);
	buf_adds(&scss, "{a:b} c{@extend .abcdefghij}");
	endure(buf_str(&scss), "", true);
	buf_clear(&scss);
	for (int i = 0; i < 400; i++)
		buf_addf(&scss, ".a%d{@extend .a%d;b:c}", i, (i + 1) % 400);
	for (int i = 0; i < 400; i++)
		buf_addf(&scss, ".a%d .a%d{@extend .a%d}", i, (i + 7) % 400, (i + 3) % 400);
	endure(buf_str(&scss), "", true);
#endif
}

/* Whether it can or not, it ends. */
static void rewrite_only(struct str scss)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct modern_source source = { "sass/style.scss", scss, modern_own(scss) };
	struct modern_text t;

	(void)!modern_rewrite(a, &source, &t, NULL);
}

/* The same piece over and over, 64 KiB of it through the whole compiler, whose child has a
 * limit of time, and a MiB through what is ours. */
static void deep_and_endless_repetition_ends(void **state)
{
	static const struct {
		const char *piece, *before;
		bool must_fail;
	} pieces[] = {
		{ "(", "a{b:", true }, { "[", "a{b:", true }, { "{", "a", true }, { "a{", "",
			true },
		{ "min(", "a{b:", true }, { "calc(", "a{b:", true }, { "rgb(", "a{b:", true },
		{ "min(1px,2%) min(", "a{b:", true }, { "math.div(1,", "a{b:", true },
		{ "#{", "a{b:", true }, { "\"#{", "a{b:", true }, { "'", "a{b:", true },
		{ "/*", "", false }, { "url(", "a{b:", false }, { "-", "a{b:", false },
		{ "@media (", "", true }, { "@media (width>=", "", true }, { "$a:", "", true },
		{ "not (", "@media ", true }, { "@if ", "", true }, { "1+", "a{b:", true },
		{ "min(1%,2px + ", "a{b:", true }, { ":not(", "a", true }, { "@", "", false },
		{ "\\", "a{b:", false }, { "--a:{", "a{", false }, { "#{'", "a{b:", true },
		{ "@function f(", "", true }, { "&", "a{", true }, { "9", "a{b:", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		CLEANUP(buf_release) struct buf scss = BUF(LIMIT_STYLESHEET);

		buf_adds(&scss, pieces[i].before);
		fill(&scss, pieces[i].piece, 64 * KIB / PART);
		endure(buf_str(&scss), "", pieces[i].must_fail);
		fill(&scss, pieces[i].piece, (LIMIT_STYLESHEET - 100) / PART);
		rewrite_only(buf_str(&scss));
	}
}

static void bytes_that_are_no_text_end_well(void **state)
{
	static const struct str texts[] = {
		STR_INIT("a{b:c\0d}"), STR_INIT("\0"), STR_INIT("a{\0:\0}\0@import '/etc/passwd'"),
		STR_INIT("\xff\xfe\xfd{b:c}"), STR_INIT("a{b:\xc3}"), STR_INIT("a{b:'\xf0\x9f'}"),
		STR_INIT("\xef\xbb\xbf" "a{b:c}"), STR_INIT("\xff\xfe" "a\0{\0"),
		STR_INIT("a{b:min(\0,\xff)}"),
		STR_INIT("@charset \"x\";a{b:c}"), STR_INIT("a{b:\\"), STR_INIT("a{b:\\ffffff }"),
		STR_INIT("a{b:1e999 -1e999 1e-999}"),
		STR_INIT("a{b:99999999999999999999999999 * 9e300}"),
		STR_INIT("a{b:(1/0) (0/0)}"), STR_INIT("a{b:nth(1 2,9e99)}"),
		STR_INIT("a{b:min(1e999,1%)}"),
		STR_INIT("@for $i from 9e18 through 9e19{}"),
		STR_INIT("a{b:str-slice('x',-9e18,9e18)}"),
		STR_INIT("a{b:'"), STR_INIT("a{b:\"#{"), STR_INIT("/*"), STR_INIT("a{b:url("),
		STR_INIT("a{b:rgb(0 0 0 /"), STR_INIT("@media (width >="), STR_INIT("@use"),
		STR_INIT("@"),
		STR_INIT("@use 'sass:math' as"), STR_INIT("a{b:#{"), STR_INIT("@include"),
		STR_INIT("$"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		endure(texts[i], "", false);
}

/* The text of errors comes from the theme as well. */
static void a_message_is_one_short_line(void **state)
{
	CLEANUP(buf_release) struct buf scss = BUF(64 * KIB), out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;

	(void)state;
	buf_adds(&scss, "@error \"a\\a b\x1b[31m");
	fill(&scss, "long ", 20 * KIB);
	buf_adds(&scss, "\";");
	assert_fails(compile(buf_str(&scss), STR(""), &out, &f), &f, FAIL_INVALID);
	assert_true(strlen(f.text) < 500);
	for (const char *p = f.text; *p; p++)
		assert_true((unsigned char)*p >= ' ');
}

static void a_link_in_the_sass_folder_is_refused(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	char dir[] = "/tmp/hameau-sass-XXXXXX";
	const struct folder_layers layers = { .dirs = { mkdtemp(dir) }, .n = 1 };
	struct asset_source source = { .layers = &layers, .n_sass = 1, .id = STR("evil") };
	const char *sass;
	struct assets assets;
	struct fail f = FAIL_INIT;

	(void)state;
	sass = path_join(a, dir, STR("sass"));
	assert_ok(dir_make(sass, &f), &f);
	assert_ok(file_write(path_join(a, sass, STR("style.scss")),
		STR("@import 'p'"), false, &f), &f);
	assert_int_equal(symlink("/etc/passwd", path_join(a, sass, STR("_p.scss"))), 0);
	assert_false(asset_load(a, &source, &assets, &f));
	assert_null(strstr(f.text, "root:"));
	assert_ok(dir_remove(dir, &f), &f);
}

int hostile_sass_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_outside_cannot_be_imported),
		cmocka_unit_test(endless_sass_is_stopped),
		cmocka_unit_test(greedy_sass_is_stopped),
		cmocka_unit_test(large_sass_is_refused),
		cmocka_unit_test(deep_and_endless_repetition_ends),
		cmocka_unit_test(bytes_that_are_no_text_end_well),
		cmocka_unit_test(a_message_is_one_short_line),
		cmocka_unit_test(a_link_in_the_sass_folder_is_refused),
	};

	return cmocka_run_group_tests_name("theme/hostile_sass", tests, NULL, NULL);
}
