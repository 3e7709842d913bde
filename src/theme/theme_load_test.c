/* theme_load_test.c - whole themes from tests/data/themes: what they render, and what is wrong. */
#include <stdio.h>
#include <unistd.h>
#include "base/file.h"
#include "base/folder_test.h"
#include "base/limits.h"
#include "theme/theme_option.h"
#include "theme/theme_test.h"

static bool load(struct arena *a, const char *dir, struct theme **ret, struct fail *f)
{
	struct theme_source source = { .dirs = { dir }, .n_dirs = 1 };

	(void)a;
	return theme_load(&source, ret, f);
}

static bool contains(struct str s, const char *part)
{
	if (str_find(s, str_of(part)) >= 0)
		return true;
	print_error("\"%s\" is not in \"%.*s\"\n", part, STR_ARG(s));
	return false;
}

static void a_theme_loads_and_renders(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	struct value *root = value_map(a), *post = value_map(a);
	struct fail f = FAIL_INIT;
	struct str page, css;
	const struct asset *as;
	bool current;

	(void)state;
	assert_ok(load(a, folder_test_source(a, "tests/data/themes/tiny"), &t, &f), &f);
	value_set(root, "post", post);
	value_set_text(post, "title", STR("A & B"));
	value_set(root, "options", theme_options_value(a, t, NULL, NULL));
	page = theme_test_render(a, t, "post", root);
	assert_true(contains(page, "<title>A &amp; B</title>"));
	assert_true(contains(page, "class=\"layout-list\""));
	assert_true(contains(page, "<link rel=\"stylesheet\" href=\"/_/theme/tiny/"));
	as = theme_asset(t, str_skip(theme_asset_url(t, STR("style.css")), 14), &current);
	assert_non_null(as);
	assert_true(current);
	css = as->bytes;
	assert_true(contains(css, "color:var(--accent);border-color:#1a804d"));
	assert_true(contains(css, "background:url(\"/_/theme/tiny/"));
	assert_non_null(theme_asset(t, STR("00000000/img/dot.svg"), &current));
	assert_false(current);
	assert_null(theme_asset(t, STR("00000000/../theme.ini"), &current));
	as = theme_asset(t, STR("0/css/print.css"), &current);
	assert_true(contains(as->bytes, "/img/dot.svg#a\") min(100%, 60ch)"));
	assert_str_eq(as->type, STR("text/css; charset=utf-8"));
}

static void a_child_theme_overrides_by_path(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	struct theme_source source = { .n_dirs = 2 };
	struct value *root = value_map(a);
	struct fail f = FAIL_INIT;
	bool current;

	(void)state;
	source.dirs[0] = folder_test_source(a, "tests/data/themes/small");
	source.dirs[1] = folder_test_source(a, "tests/data/themes/tiny");
	assert_ok(theme_load(&source, &t, &f), &f);
	assert_true(contains(theme_test_render(a, t, "post", root), "<title>Small</title>"));
	assert_true(contains(theme_test_render(a, t, "post", root), " small\""));
	assert_true(contains(theme_asset(t, STR("0/style.css"), &current)->bytes, "opacity:.9"));
	assert_str_eq(manifest_option_find(theme_manifest(t), STR("accent"))->value, STR("teal"));
	assert_non_null(manifest_option_find(theme_manifest(t), STR("width")));
	assert_true(contains(theme_manifest(t)->warnings, "small/theme.ini:5: unknown"));
}

static void what_a_site_chose_becomes_one_line_of_css(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	CLEANUP(buf_release) struct buf css = BUF(4096);
	struct theme_setting settings[] = { { STR("width"), STR("55") }, { STR("accent"),
		STR("x;y") },
					    { STR("author_shown"), STR("no") } };
	struct theme_choice choice = { STR("dark"), settings, ARRAY_LEN(settings) };
	struct fail f = FAIL_INIT;
	struct value *map;
	struct str ret;

	(void)state;
	assert_ok(load(a, folder_test_source(a, "tests/data/themes/tiny"), &t, &f), &f);
	theme_options_css(t, &choice, &css);
	assert_true(contains(buf_str(&css), ":root{--accent:#fc3;--width:55rem;--layout:cards;"
			     "--show_author:0;--motto:\"Small is beautiful\";--face:\"Gentium"
			     " Book\", Georgia, serif;--banner:url(\"/_/theme/tiny/"));
	map = theme_options_value(a, t, &choice, NULL);
	assert_false(value_is_true(value_find(map, STR("show_author"))));
	assert_true(value_is_true(value_find(map, STR("layout_cards"))));
	assert_fails(theme_option_check(a, t, STR("accent"), STR("red}"), &ret, &f), &f,
		FAIL_INVALID);
	assert_fails(theme_option_check(a, t, STR("accnt"), STR("red"), &ret, &f), &f,
		FAIL_NOT_FOUND);
}

static void what_is_wrong_in_a_theme_is_told_with_file_and_line(void **state)
{
	static const char *const cases[] = {
		"templates/post.html", "{{<base}}{{/base}}\n{{>crad}}",
		"tinier/templates/post.html:2:1: there is no template \"crad\"",
		"templates/post.html", "<p>\n<script>{{x}}</script>",
		"tinier/templates/post.html:2:8: <script> needs the operator's trust in the theme",
		"templates/post.html", "\n <img src=\"assets/img/dto.svg\">",
		"tinier/templates/post.html:2:12: there is no asset \"img/dto.svg\"",
		"sass/style.scss", "a{\nb: $c}", "tinier: sass/style.scss:2:4: Undefined variable",
		"sass/style.scss", "a{b:url(http://a.example/b.png)}",
		"tinier/assets/style.css:1: \"http://a.example/b.png\" lies elsewhere",
		"assets/x.css", "a{}\nb{c:url(d.png)}", "tinier/assets/x.css:2: there is no asset"
		" \"d.png\"",
		"assets/x.js", "alert()", "tinier/assets/x.js: scripts need the operator's trust",
		"assets/x.exe", "MZ", "tinier/assets/x.exe: files of this type are not served",
		"theme.ini", "[theme]\nname = X\napi = 2\n", "tinier/theme.ini:3:", NULL,
	};

	(void)state;
	for (size_t i = 0; cases[i]; i += 3) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		CLEANUP(theme_unrefp) struct theme *t = NULL;
		const char *dir = path_join(a, folder_test_new(a), STR("tinier"));
		struct fail f = FAIL_INIT;

		folder_test_copy(a, folder_test_source(a, "tests/data/themes/tiny"), dir);
		folder_test_put(a, dir, cases[i], cases[i + 1]);
		if (load(a, dir, &t, &f))
			fail_msg("%s was not refused", cases[i + 1]);
		assert_true(contains(str_of(f.text), cases[i + 2]));
	}
}

/* A theme of one file, which stands on small for the rest. */
static bool load_ini(struct arena *a, const char *ini, struct theme **ret, struct fail *f)
{
	const char *dir = path_join(a, folder_test_new(a), STR("asking"));
	struct theme_source source = {
		.dirs = { dir, folder_test_source(a, "tests/data/themes/tiny") }, .n_dirs = 2,
	};

	folder_test_put(a, dir, "theme.ini", ini);
	folder_test_put(a, dir, "templates/partials/side.html",
			"{{#queries.news}}{{title}}{{/queries.news}}");
	folder_test_put(a, dir, "templates/list.html",
			"{{<base}}{{$main}}{{>side}}{{/main}}{{/base}}");
	folder_test_put(a, dir, "templates/archive.html",
			"{{#queries}}{{#idle}}x{{/idle}}{{/queries}}");
	folder_test_put(a, dir, "templates/search.html",
			"{{#has_queries.pages}}x{{/has_queries.pages}}");
	return theme_load(&source, ret, f);
}

#define INI "[theme]\nname = Asking\napi = 1\n"

static void a_template_asks_what_it_and_its_partials_mention(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(load_ini(a, INI "[query news]\nlimit = 3\n[query idle]\nlimit = 3\n"
			   "[query pages]\nkind = pages\nsection = /club/\n", &t, &f), &f);
	assert_int_equal(theme_asks(t, STR("list")), 1);
	assert_int_equal(theme_asks(t, STR("archive")), 7);
	assert_int_equal(theme_asks(t, STR("search")), 4);
	assert_int_equal(theme_asks(t, STR("post")), 0);
	assert_int_equal(theme_asks(t, STR("no such")), 0);
}

static void an_option_that_is_not_shown_counts_as_not_chosen(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	struct fail f = FAIL_INIT;
	const struct option *o;
	struct theme_setting set[] = { { STR("motto"), STR("Rain") },
				       { STR("layout"), STR("cards") },
				       { STR("old_motto"), STR("Snow") } };
	struct theme_choice list = { STR(""), set, 1 }, cards = { STR(""), set, 2 },
			    old = { STR(""), set + 1, 2 };

	(void)state;
	assert_ok(load_ini(a, INI "[option layout]\ntype = select\nchoices = list, cards\n"
			   "default = list\n[option motto]\ndefault = None\n"
			   "show_if = layout:cards\nrenamed_from = older_motto, old_motto\n",
			   &t, &f), &f);
	o = manifest_option_find(theme_manifest(t), STR("motto"));
	assert_false(theme_option_is_shown(a, t, &list, o));
	assert_str_eq(theme_option(a, t, &list, o), STR("None"));
	assert_true(theme_option_is_shown(a, t, &cards, o));
	assert_str_eq(theme_option(a, t, &cards, o), STR("Rain"));
	assert_str_eq(theme_option(a, t, &old, o), STR("Snow"));
}

static void what_options_and_queries_say_of_others_is_proved(void **state)
{
	static const struct { const char *ini, *told; } cases[] = {
		{ "[option a]\nshow_if = b\n", "asking/theme.ini:5: show_if: there is no other" },
		{ "[option a]\nshow_if = a\n", "asking/theme.ini:5: show_if: there is no other" },
		{ "[option a]\ntype = bool\ndefault = no\n[option b]\nshow_if = a:maybe\n",
		  "asking/theme.ini:8: show_if" },
		{ "[query q]\ntag = $nothing\n", "asking/theme.ini:5: there is no option" },
		{ "[query q]\nkind = pages\nsection = club\n",
		  "should begin and end with a slash" },
		{ "[query q]\nlimit = 21\n", "asking/theme.ini:5" },
		{ "[query q]\norder = best\n", "asking/theme.ini:5" },
		{ "[menu A B]\nlabel = x\n", "asking/theme.ini:5" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		struct str ini = arena_printf(a, INI "%s", cases[i].ini);
		struct theme *t = NULL;
		struct fail f = FAIL_INIT;

		assert_false(load_ini(a, ini.p, &t, &f));
		assert_true(contains(str_of(f.text), cases[i].told));
	}
}

static void a_link_in_a_theme_is_refused(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	const char *dir = path_join(a, folder_test_new(a), STR("tinier"));
	struct fail f = FAIL_INIT;

	(void)state;
	folder_test_copy(a, folder_test_source(a, "tests/data/themes/tiny"), dir);
	assert_int_equal(symlink("/etc/passwd", path_join(a, dir, STR("sass/_p.scss"))), 0);
	assert_fails(load(a, dir, &t, &f), &f, FAIL_INVALID);
	assert_true(contains(str_of(f.text), "links are not allowed"));
}

int theme_load_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_theme_loads_and_renders),
		cmocka_unit_test(a_child_theme_overrides_by_path),
		cmocka_unit_test(what_a_site_chose_becomes_one_line_of_css),
		cmocka_unit_test(what_is_wrong_in_a_theme_is_told_with_file_and_line),
		cmocka_unit_test(a_template_asks_what_it_and_its_partials_mention),
		cmocka_unit_test(an_option_that_is_not_shown_counts_as_not_chosen),
		cmocka_unit_test(what_options_and_queries_say_of_others_is_proved),
		cmocka_unit_test(a_link_in_a_theme_is_refused),
	};

	return cmocka_run_group_tests_name("theme/theme_load", tests, NULL, NULL);
}
