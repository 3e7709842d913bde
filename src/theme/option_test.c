/* option_test.c - options and manifests: what fits, what does not, and what it becomes in CSS.
 * */
#include "base/test.h"
#include "theme/manifest.h"
#include "theme/theme_test.h"

static bool fits(enum option_type type, const char *value)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct option o = { .type = type, .min = 0, .max = 100 };
	struct str ret;

	return option_check(a, &o, str_of(value), &ret, NULL);
}

static void check_all(enum option_type type, const char *const *values, bool good)
{
	for (; *values; values++)
		if (fits(type, *values) != good)
			fail_msg("%s %s: %s", option_type_name(type), *values,
				 good ? "was refused" : "was let through");
}

static void values_that_fit_their_type_are_let_through(void **state)
{
	(void)state;
	check_all(OPTION_COLOR, (const char *const[]){ "#2a6", "#2A6F", "#112233", "teal",
		  "rgb(1 2 3 / 50%)", "oklch(60% 0.1 250)", "HSL(120,50%,50%)", NULL }, true);
	check_all(OPTION_FONT, (const char *const[]){ "serif", "\"Gentium Book\", Georgia",
		NULL }, true);
	check_all(OPTION_NUMBER, (const char *const[]){ "0", "1.5", "100", NULL }, true);
	check_all(OPTION_IMAGE, (const char *const[]){ "", "/media/a.png",
		"https://a.example/b.png",
		  "assets/img/a.svg", NULL }, true);
	check_all(OPTION_TEXT, (const char *const[]){ "", "L'été </style>", NULL }, true);
}

static void values_that_could_leave_their_place_are_refused(void **state)
{
	(void)state;
	check_all(OPTION_COLOR, (const char *const[]){ "", "#12", "#xyz", "red;}", "url(x)", "red}",
		  "rgb(1,2,3);a", "rgb(var(x))", "rgb(1)x)", "a b", "</style>", NULL }, false);
	check_all(OPTION_FONT, (const char *const[]){ "", "a;b", "'a", "a}", "url(x)", "\"a'b\"",
		"a\\b",
		  NULL }, false);
	check_all(OPTION_NUMBER, (const char *const[]){ "", "x", "101", "-1", "1e3", "1;", "--1",
		"nan",
		  NULL }, false);
	check_all(OPTION_IMAGE, (const char *const[]){ "javascript:x", "//a.example", "http://a",
		"/a b",
		  "/a)", "/a\"", "/\\a", "x.png", NULL }, false);
	check_all(OPTION_TEXT, (const char *const[]){ "a\nb", "\xff", NULL }, false);
	check_all(OPTION_BOOL, (const char *const[]){ "", "maybe", NULL }, false);
}

static void text_cannot_end_the_style_element(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1000);
	struct option o = { .type = OPTION_TEXT };

	(void)state;
	assert_true(option_css(&o, STR("</style>\"\\"), &out));
	assert_str_eq(buf_str(&out), STR("\"\\3c /style\\3e \\22 \\5c \""));
}

static struct manifest *parse(struct arena *a, const char *text, struct fail *f)
{
	struct manifest *m;

	return manifest_parse(a, str_of(text), "t/theme.ini", &m, f) ? m : NULL;
}

static void a_manifest_is_read_whole(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct manifest *m = parse(a, "[theme]\nname = T\napi = 1\n[option layout]\ndefault = b\n"
		"type = select\nchoices = a, b\n[preset x]\nlayout = a\n[query q]\nkind = pages\n"
		"limit = 3\norder = oldest\n[images]\ns = 320\n[supports]\nrtl = yes\nrss = no\n"
		"[later]\nkey = 1\n", &f);

	(void)state;
	assert_ok(m, &f);
	assert_int_equal(m->n_options, 1);
	assert_str_eq(m->options[0].value, STR("b"));
	assert_non_null(manifest_preset_find(m, STR("x")));
	assert_int_equal(m->queries[0].kind, MANIFEST_PAGES);
	assert_int_equal(m->queries[0].order, MANIFEST_OLDEST);
	assert_int_equal(m->images[0].width, 320);
	assert_true(manifest_supports(m, STR("rtl")));
	assert_false(manifest_supports(m, STR("rss")));
	assert_str_eq(m->warnings, STR("t/theme.ini:20: unknown: [later] key\n"));
}

static void a_wrong_manifest_is_told_with_its_line(void **state)
{
	static const char *const pairs[] = {
		"[theme]\nname = T\n", "t/theme.ini:1: \"api = 1\" is missing in [theme]",
		"[theme]\napi = 1\n", "t/theme.ini:1: \"name\" is missing in [theme]",
		"[theme]\nname = T\napi = 1\n[option x]\ntype = colour\n",
		"t/theme.ini:5: \"colour\" is none of bool, select, color, text, markdown, image,"
		" number, font",
		"[theme]\nname = T\napi = 1\n[preset p]\nx = 1\n",
		"t/theme.ini:5: there is no option \"x\"",
		"[theme]\nname = T\napi = 1\n[option x]\ntype = color\ndefault = red;\n",
		"t/theme.ini:5: default of the option \"x\": \"red;\" is not a color; write #26a,"
		" a name or oklch(60% 0.1 250)", NULL,
	};

	(void)state;
	for (size_t i = 0; pairs[i]; i += 2) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		struct fail f = FAIL_INIT;

		assert_null(parse(a, pairs[i], &f));
		assert_string_equal(f.text, pairs[i + 1]);
	}
}

int option_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_that_fit_their_type_are_let_through),
		cmocka_unit_test(values_that_could_leave_their_place_are_refused),
		cmocka_unit_test(text_cannot_end_the_style_element),
		cmocka_unit_test(a_manifest_is_read_whole),
		cmocka_unit_test(a_wrong_manifest_is_told_with_its_line),
	};

	return cmocka_run_group_tests_name("theme/option", tests, NULL, NULL);
}
