/* modern_test.c - modern CSS and Sass through the rewriter and the real libsass. */
#include <stdio.h>
#include <string.h>
#include "base/limits.h"
#include "base/test.h"
#include "theme/modern.h"
#include "theme/stylesheet.h"
#include "theme/theme_test.h"

static const struct pair {
	const char *scss, *css;
} constructs[] = {
	/* min and max: computed where Sass can, else the browser's */
	{ "a{b:min(100%, 60ch)}", "a{b:min(100%,60ch)}" },
	{ "a{b:max(1rem,2vw)}", "a{b:max(1rem,2vw)}" },
	{ "$g:1rem;a{b:max($g,2vw)}", "a{b:max(1rem,2vw)}" },
	{ "$g:1px;$h:3px;a{b:max($g,$h) + 1}", "a{b:4px}" },
	{ "a{b:max(1rem,env(safe-area-inset-left))}", "a{b:max(1rem,env(safe-area-inset-left))}" },
	{ "a{b:min(var(--w),3px)}", "a{b:min(var(--w),3px)}" },
	{ "a{b:min($accent,3px)}", "a{b:min(var(--accent),3px)}" },
	{ "a{b:min(100% - 2rem,60ch)}", "a{b:min(calc(100% - 2rem),60ch)}" },
	{ "$g:2rem;a{b:min(100% - $g*2,60ch)}", "a{b:min(calc(100% - 4rem),60ch)}" },
	{ "$g:2rem;a{b:min($g*2 + 1rem,6rem)}", "a{b:5rem}" },
	{ "a{b:min((100vw - 2rem)/3,20rem)}", "a{b:min(calc(calc(100vw - 2rem) / 3),20rem)}" },
	{ "a{b:min(50%,max(1rem,2vw))}", "a{b:min(50%,max(1rem,2vw))}" },
	{ "a{b:repeat(auto-fit,minmax(min(100%,20rem),1fr))}",
	  "a{b:repeat(auto-fit, minmax(min(100%,20rem), 1fr))}" },
	{ "a{b:translate(calc(-50% + 1px),max(1px,2vh))}",
	  "a{b:translate(calc(-50% + 1px), max(1px,2vh))}" },
	{ "$l:1px 2px;a{b:min($l...)}", "a{b:1px}" },
	/* clamp */
	{ "a{b:clamp(1rem,2vw + 1rem,3rem)}", "a{b:clamp(1rem, calc(2vw + 1rem), 3rem)}" },
	{ "$m:3rem;a{b:clamp(1rem, .5rem + 2vw , $m)}",
		"a{b:clamp(1rem, calc(.5rem + 2vw), 3rem)}" },
	{ "a{b:clamp(1rem,1rem + 1rem,3rem)}", "a{b:clamp(1rem, 2rem, 3rem)}" },
	/* calc */
	{ "$g:2rem;a{b:calc(100% - $g)}", "a{b:calc(100% - 2rem)}" },
	{ "$g:2rem;a{b:calc((100% - 2 * $g) / var(--n))}",
		"a{b:calc((100% - 2 * 2rem) / var(--n))}" },
	{ "@function f($x){@return $x*2}a{b:calc(1% + f(2px))}", "a{b:calc(1% + 4px)}" },
	{ "a{b:calc(100% - math.div(10px,2))}", "a{b:calc(100% - 5px)}" },
	{ "a{b:calc(min(1px,2%) + sin(45deg))}", "a{b:calc(min(1px,2%) + sin(45deg))}" },
	{ "a{b:round(up,1.5px,1px) round(1.5px)}", "a{b:round(up,1.5px,1px) 2px}" },
	/* colours */
	{ "a{b:rgb(0 0 0 / 50%)}", "a{b:rgba(0,0,0,0.5)}" },
	{ "a{b:rgb(0 0 0/.5)}", "a{b:rgba(0,0,0,0.5)}" },
	{ "a{b:rgb(255 128 0)}", "a{b:#ff8000}" },
	{ "a{b:rgba(255 128 0)}", "a{b:#ff8000}" },
	{ "a{b:rgba(0 0 0 / 5%)}", "a{b:rgba(0,0,0,0.05)}" },
	{ "a{b:rgba(0,0,0,50%)}", "a{b:rgba(0,0,0,0.5)}" },
	{ "a{b:rgb(0,0,0,.5)}", "a{b:rgba(0,0,0,0.5)}" },
	{ "a{b:rgb(10% 20% 30%)}", "a{b:#1a334d}" },
	{ "a{b:darken(rgb(255 255 255),50%)}", "a{b:gray}" },
	{ "$a:30%;$r:1;a{b:rgb($r 2 3 / $a)}", "a{b:rgba(1,2,3,0.3)}" },
	{ "$a:.3;a{b:rgb(1 2 3 / $a)}", "a{b:rgba(1,2,3,0.3)}" },
	{ "a{b:rgb(var(--rgb) / 50%)}", "a{b:rgb(var(--rgb) / 50%)}" },
	{ "$a:5%;a{b:rgb(from var(--x) r g b / $a)}", "a{b:rgb(from var(--x) r g b / 5%)}" },
	{ "a{b:rgb(1 2 3 / var(--a))}", "a{b:rgb(1 2 3 / var(--a))}" },
	{ "a{b:rgb(none 2 3)}", "a{b:rgb(none 2 3)}" },
	{ "a{b:hsl(120deg 50% 50%)}", "a{b:#40bf40}" },
	{ "a{b:hsl(120 50% 50% / 50%)}", "a{b:rgba(64,191,64,0.5)}" },
	{ "a{b:hsl(.5turn 50% 50%)}", "a{b:#40bfbf}" },
	{ "a{b:hsla(.5turn,50%,50%,50%)}", "a{b:rgba(64,191,191,0.5)}" },
	{ "a{b:hsl(from red h s l)}", "a{b:hsl(from red h s l)}" },
	{ "a{b:hwb(120 10% 20% / 50%)}", "a{b:hwb(120 10% 20%/50%)}" },
	{ "a{b:oklch(60% .1 20deg / 50%)}", "a{b:oklch(60% 0.1 20deg/50%)}" },
	{ "$a:50%;a{b:oklch(60% .1 20deg / $a)}", "a{b:oklch(60% .1 20deg / 50%)}" },
	{ "$a:.5;a{b:color(display-p3 1 0 0 / $a)}", "a{b:color(display-p3 1 0 0 / .5)}" },
	{ "a{b:color-mix(in srgb,rgb(0 0 0 / 50%) 20%,white)}",
	  "a{b:color-mix(in srgb, rgba(0,0,0,0.5) 20%, white)}" },
	{ "a{b:linear-gradient(to right,rgb(0 0 0 / 5%),\n rgb(from red\n r g b))}",
	  "a{b:linear-gradient(to right, rgba(0,0,0,0.05), rgb(from red  r g b))}" },
	/* media queries */
	{ "@media (width >= 600px){a{b:c}}", "@media (width >= 600px){a{b:c}}" },
	{ "@media screen and (400px <= width < 700px){a{b:c}}",
	  "@media screen and (400px <= width < 700px){a{b:c}}" },
	{ "$b:600px;@media (width>=$b){a{b:c}}", "@media (width>=600px){a{b:c}}" },
	{ "$b:600px;@media (width < $b + 1){a{b:c}}", "@media (width < 601px){a{b:c}}" },
	{ "$b:6px;@media print,(width > #{$b}){a{b:c}}", "@media print,(width > 6px){a{b:c}}" },
	{ "a{@media (width >= 6px){b:c;@media (height > 1px){d:e}}}",
	  "@media (width >= 6px){a{b:c}}@media (width >= 6px) and (height > 1px){a{d:e}}" },
	{ "@media not (hover){a{b:c}}", "@media not all and (hover){a{b:c}}" },
	{ "@media (hover) or (pointer:fine){a{b:c}}", "@media (hover),(pointer: fine){a{b:c}}" },
	{ "@media (not (hover)) and (width){a{b:c}}", "@media (not (hover)) and (width){a{b:c}}" },
	{ "@media ((hover) or (width>1px)) and (width){a{b:c}}",
	  "@media ((hover) or (width>1px)) and (width){a{b:c}}" },
	{ "@media (aspect-ratio > 16/9){a{b:c}}", "@media (aspect-ratio > 16/9){a{b:c}}" },
	{ "@media (width\n>=\n1px){a{b:c}}", "@media (width >= 1px){a{b:c}}" },
	{ "@supports selector(:has(a)){a{b:c}}", "@supports selector(:has(a)){a{b:c}}" },
	{ "@supports not (selector(:has(a)) ){a{b:c}}", "@supports not selector(:has(a)){a{b:c}}" },
	{ "@supports (width:min(1px,2%)){a{b:c}}", "@supports (width: min(1px,2%)){a{b:c}}" },
	/* modules */
	{ "@use 'sass:math';\na{b:math.div(10px,4)}", "a{b:2.5px}" },
	{ "@use \"sass:math\" as m;a{b:m.div(1px + 2px,2 + 1) m.$pi}", "a{b:1px 3.141593}" },
	{ "a{b:math.div(math.div(8px,2),2) math.floor(1.5)}", "a{b:2px 1}" },
	{ "a{b:math.min(1px,3px) math.percentage(math.div(1,4))}", "a{b:1px 25%}" },
	{ "$m:(a:1,b:2);a{b:map.get($m,a) list.nth(3 4,2)}", "a{b:1 4}" },
	{ "a{b:color.adjust(#000,$lightness:50%) string.length('abc')}", "a{b:gray 3}" },
	{ "a{b:meta.type-of(1px)}", "a{b:number}" },
	{ "a{--x:#{math.div(10px,2)};c:\"#{math.div(4,2)}\"}", "a{--x:5px;c:\"2\"}" },
	{ "a{b:url(#{math.div(4,2)}.png)}", "a{b:url(2.png)}" },
};

/* What libsass takes as it is: the rewriter returns every byte. */
static const char *const untouched[] = {
	"", "a{b:min(1px,2px) max(3in,4px)}", "a{b:clamp(1rem,5vw,3rem)}", "a{b:calc(1px + 2%)}",
	"a{b:calc(100% - #{$x})}", "a{b:rgba(0,0,0,.5) rgb(1,2,3) rgba(#fff,.5) rgba($c,$a)}",
	"a{b:hsl(120,50%,50%) hsla(120deg,50%,50%,.3)}", "a{b:lab(50% 20 30 / 50%)}",
	"a{b:oklch(from var(--x) l c h)}", "a{b:color-mix(in oklab,red 20%,$c)}",
	"@media (min-width:600px) and (hover),print{a{b:c}}",
	"@media #{\"(width >= 600px)\"}{a{b:c}}",
	"@container side (width >= 600px){a{b:c}}", "@layer a,b;@layer a{b{c:d}}",
	"@supports not (display:grid){a{b:c}}", "@scope (.a) to (.b){a{b:c}}",
	"a{--w:min(1px,2%);--x:rgb(0 0 0 / 50%);--y:{a:min(1px,2%)}}",
	"a{b:'min(1px,2%)' \"rgb(0 0 0)\" url(min(1px,2%).png)}",
	"/* min(1px,2%) @use 'x' */ // rgb(0 0 0 / 1%) 'unclosed\na{b:c}",
	".min{b:c} #rgb{b:c} .a.math{b:c} map.area{b:c} a:is(.max,.b){c:d}",
	"@function min($a,$b){@return $a}a{b:min(1px,2%)}",
	"@mixin min($a){b:$a}a{@include min(1px)}",
	"a{grid-area:1 / 2 / 3 / 4;aspect-ratio:16 / 9;font:1rem/1.5 x}",
	"a{b:unquote(\"min(1px,2%)\") Min(1px,2%)}", "@media not all and (hover){a{b:c}}",
	"@import 'min(1px,2%)';", "a{b:c;", "a{b:min(1px,2%", "a{b:'min(1px,2%)",
	"@media (width >= 1px",
	"a{filter:progid:X.Y(a='#1',b=2)}", "@font-face{unicode-range:U+0-7F,U+2??}", "a{b:rgb()}",
	"a{b:min()}", "a{b:max(,)}", "\xff\xfe{", "a{b:min(a b,1px)}", "@if not ($a >= 1) {a{b:c}}",
};

static bool compile(const char *scss, struct buf *out, struct fail *f)
{
	struct stylesheet_source source = { STR("style.scss"), str_of(scss) };

	return stylesheet_compile(&source, 1, 0, STR("$accent:var(--accent);\n"), NULL, out, f);
}

static void modern_css_and_sass_reach_the_browser(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(constructs); i++) {
		CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
		struct fail f = FAIL_INIT;

		if (!compile(constructs[i].scss, &out, &f))
			fail_msg("%s: %s", constructs[i].scss, f.text);
		if (!str_eq(str_trim(buf_str(&out)), str_of(constructs[i].css)))
			fail_msg("%s\ngives %swanted %s", constructs[i].scss, out.p,
				 constructs[i].css);
	}
}

static void what_libsass_takes_as_it_is_stays_to_the_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(untouched); i++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		struct str source = str_of(untouched[i]);
		struct modern_source from = { "x", source, modern_own(source) };
		struct modern_text t;
		struct fail f = FAIL_INIT;

		if (!modern_rewrite(a, &from, &t, &f))
			fail_msg("%s: %s", untouched[i], f.text);
		assert_str_eq(t.text, source);
		assert_ptr_equal(t.text.p, source.p);
	}
}

static void rewriting_twice_is_rewriting_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(constructs); i++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		struct modern_source from = { "x", str_of(constructs[i].scss), 0 };
		struct modern_text once, twice;
		struct fail f = FAIL_INIT;

		assert_ok(modern_rewrite(a, &from, &once, &f), &f);
		from.text = once.text;
		assert_ok(modern_rewrite(a, &from, &twice, &f), &f);
		assert_str_eq(twice.text, once.text);
	}
}

static void mistakes_are_told_where_the_themer_wrote_them(void **state)
{
	static const struct pair wrong[] = {
		{ "a{b:min(1px,2%) $no}", "sass/style.scss:1:17: Undefined variable: \"$no\"." },
		{ "@use 'sass:math';a{b:$no}",
			"sass/style.scss:1:22: Undefined variable: \"$no\"." },
		{ "é{b:rgb(0 0\n 0 / 1%) min(1px,$no)}",
		  "sass/style.scss:2:18: Undefined variable: \"$no\"." },
		{ "a{b:1}\n  @use 'parts/nav';",
			"sass/style.scss:2:3: this Sass has no modules; write"
		  " @import \"parts/nav\" in place of @use" },
		{ "@forward \"src\" show x;", "sass/style.scss:1:1: this Sass has no modules; write"
		  " @import \"src\" in place of @forward" },
		{ "a{b:math.pow(2,3)}", "sass/style.scss:1:5: math.pow is not known to this Sass" },
		{ "a{b:math.div(2)}", "sass/style.scss:1:5: math.div takes two numbers" },
		{ "@use 'sass:math' as *;", "sass/style.scss:1:1: of modules this Sass understands"
		  " sass:color, sass:list, sass:map, sass:math, sass:meta, sass:selector and"
		  " sass:string, with \"as NAME\" or without" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
		struct fail f = FAIL_INIT;

		if (compile(wrong[i].scss, &out, &f))
			fail_msg("%s: was not refused", wrong[i].scss);
		assert_string_equal(f.text, wrong[i].css);
	}
}

static void a_function_of_the_theme_keeps_its_name(void **state)
{
	struct stylesheet_source sources[] = {
		{ STR("style.scss"), STR("@import 'f';a{b:clamp(1,2vw + 1vw,3) min(1px,2%)}") },
		{ STR("_f.scss"), STR("@function clamp($a,$b,$c){@return $b}") },
	};
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(stylesheet_compile(sources, 2, 0, STR_NONE, NULL, &out, &f), &f);
	assert_str_eq(buf_str(&out), STR("a{b:3vw min(1px,2%)}\n"));
}

int modern_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modern_css_and_sass_reach_the_browser),
		cmocka_unit_test(what_libsass_takes_as_it_is_stays_to_the_byte),
		cmocka_unit_test(rewriting_twice_is_rewriting_once),
		cmocka_unit_test(mistakes_are_told_where_the_themer_wrote_them),
		cmocka_unit_test(a_function_of_the_theme_keeps_its_name),
	};

	return cmocka_run_group_tests_name("theme/modern", tests, NULL, NULL);
}
