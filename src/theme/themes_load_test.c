/* themes_load_test.c - whole themes from tests/data/themes, and what happens when their files
 * change. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/date.h"
#include "base/file.h"
#include "base/folder_test.h"
#include "base/limits.h"
#include "theme/sheet_cache.h"
#include "theme/theme_option.h"
#include "theme/theme_test.h"
#include "theme/themes.h"
#include "work/thread.h"

static const char *data_dir(struct arena *a)
{
	const char *top = getenv("top_srcdir");

	return path_join(a, top ? top : ".", STR("tests/data/themes"));
}

static void put(struct arena *a, const char *dir, const char *name, const char *text)
{
	struct str path = str_of(path_join(a, dir, str_of(name)));
	struct fail f = FAIL_INIT;

	assert_ok(dir_make(arena_cstr(a, path_dir(path)), &f), &f);
	assert_ok(file_write(path.p, str_of(text), false, &f), &f);
}

static bool load(struct arena *a, const char *dir, struct theme **ret, struct fail *f)
{
	struct theme_source source = { .dirs = { dir }, .n_dirs = 1 };

	(void)a;
	return theme_load(&source, ret, f);
}

static struct str render(struct arena *a, struct theme *t, const char *name, struct value *root)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct render_env env = { .arg = t, .find = theme_find_template };
	struct fail f = FAIL_INIT;

	assert_ok(template_render(theme_template(t, str_of(name)), root, &env, &out, &f), &f);
	return arena_str(a, buf_str(&out));
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
	assert_ok(load(a, path_join(a, data_dir(a), STR("tiny")), &t, &f), &f);
	value_set(root, "post", post);
	value_set_text(post, "title", STR("A & B"));
	value_set(root, "options", theme_options_value(a, t, NULL, NULL));
	page = render(a, t, "post", root);
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
	source.dirs[0] = path_join(a, data_dir(a), STR("small"));
	source.dirs[1] = path_join(a, data_dir(a), STR("tiny"));
	assert_ok(theme_load(&source, &t, &f), &f);
	assert_true(contains(render(a, t, "post", root), "<title>Small</title>"));
	assert_true(contains(render(a, t, "post", root), " small\""));
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
	assert_ok(load(a, path_join(a, data_dir(a), STR("tiny")), &t, &f), &f);
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

		folder_test_copy(a, path_join(a, data_dir(a), STR("tiny")), dir);
		put(a, dir, cases[i], cases[i + 1]);
		if (load(a, dir, &t, &f))
			fail_msg("%s was not refused", cases[i + 1]);
		assert_true(contains(str_of(f.text), cases[i + 2]));
	}
}

/* A theme of one file, which stands on small for the rest. */
static bool load_ini(struct arena *a, const char *ini, struct theme **ret, struct fail *f)
{
	const char *dir = path_join(a, folder_test_new(a), STR("asking"));
	struct theme_source source = { .dirs = { dir, path_join(a, data_dir(a), STR("tiny")) },
				       .n_dirs = 2 };

	put(a, dir, "theme.ini", ini);
	put(a, dir, "templates/partials/side.html", "{{#queries.news}}{{title}}{{/queries.news}}");
	put(a, dir, "templates/list.html", "{{<base}}{{$main}}{{>side}}{{/main}}{{/base}}");
	put(a, dir, "templates/archive.html", "{{#queries}}{{#idle}}x{{/idle}}{{/queries}}");
	put(a, dir, "templates/search.html", "{{#has_queries.pages}}x{{/has_queries.pages}}");
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
	folder_test_copy(a, path_join(a, data_dir(a), STR("tiny")), dir);
	assert_int_equal(symlink("/etc/passwd", path_join(a, dir, STR("sass/_p.scss"))), 0);
	assert_fails(load(a, dir, &t, &f), &f, FAIL_INVALID);
	assert_true(contains(str_of(f.text), "links are not allowed"));
}

static void a_stylesheet_is_compiled_once_and_again_when_damaged(void **state)
{
	struct digest d = digest_of(STR("kept{a:b}"));
	char hex[DIGEST_HEX_LEN + 1];
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(theme_unrefp) struct theme *t = NULL, *again = NULL;
	const char *cache = path_join(a, folder_test_new(a), STR("cache"));
	struct theme_source source = { .n_dirs = 1, .cache = cache };
	struct fail f = FAIL_INIT;
	struct dir_entry *e;
	size_t n;
	bool current;

	(void)state;
	source.dirs[0] = path_join(a, data_dir(a), STR("tiny"));
	assert_ok(theme_load(&source, &t, &f), &f);
	assert_ok(dir_list(a, cache, &e, &n, &f), &f);
	assert_int_equal(n, 1);
	digest_hex(&d, hex);
	put(a, cache, e[0].name, arena_printf(a, "%s\nkept{a:b}", hex).p);
	assert_ok(theme_load(&source, &again, &f), &f);
	assert_str_eq(theme_asset(again, STR("0/style.css"), &current)->bytes, STR("kept{a:b}"));
	put(a, cache, e[0].name, arena_printf(a, "%s\nkept{a:B}", hex).p);
	theme_unref(again);
	assert_ok(theme_load(&source, &again, &f), &f);
	assert_str_eq(theme_asset(again, STR("0/style.css"), &current)->bytes,
		      theme_asset(t, STR("0/style.css"), &current)->bytes);
}

static void make_old(struct arena *a, const char *dir, const char *name)
{
	const struct timespec month_ago = { .tv_sec = date_now() - 31 * 86400 };
	const struct timespec times[2] = { month_ago, month_ago };

	assert_int_equal(utimensat(AT_FDCWD, path_join(a, dir, str_of(name)), times, 0), 0);
}

static void stylesheets_that_nobody_wants_any_more_go(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(KIB);
	const char *cache = path_join(a, folder_test_new(a), STR("cache"));
	const char *wanted = sheet_cache_path(a, cache, STR("wanted"));
	const char *other = sheet_cache_path(a, cache, STR("other"));
	static const char *const left[] = { "known", "0123456789abcdef0123456789abcdef.css",
					    "0123456789abcdef0123456789abcdef.css.0123abcd~",
					    "00000000000000000000000000000000.css" };

	(void)state;
	sheet_cache_keep(cache, wanted, STR("a{b:c}"));
	make_old(a, cache, path_name(str_of(wanted)).p);
	for (size_t i = 0; i < ARRAY_LEN(left); i++) {
		put(a, cache, left[i], "x");
		if (i < 3)
			make_old(a, cache, left[i]);
	}
	assert_true(sheet_cache_read(wanted, &out));
	sheet_cache_keep(cache, other, STR("d{e:f}"));
	assert_true(file_exists(wanted) && file_exists(other));
	for (size_t i = 0; i < ARRAY_LEN(left); i++)
		assert_int_equal(file_exists(path_join(a, cache, str_of(left[i]))),
				 i == 0 || i == 3);
}

static void a_broken_theme_does_not_replace_a_working_one(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a), *one[] = { folder };
	struct themes_config config = { .folders = one, .n_folders = 1, .default_id = "tiny" };
	struct themes *ts;
	struct themes_entry *all;
	struct theme *before, *after;
	struct fail f = FAIL_INIT;
	size_t n;

	(void)state;
	folder_test_copy(a, path_join(a, data_dir(a), STR("tiny")),
			 path_join(a, folder, STR("tiny")));
	assert_ok(themes_open(&config, &ts, &f), &f);
	assert_false(themes_reload(ts));
	before = themes_find(ts, STR("tiny"));
	put(a, folder, "tiny/templates/post.html", "{{#a}}");
	assert_false(themes_reload(ts));
	after = themes_find(ts, STR("tiny"));
	assert_ptr_equal(before, after);
	all = themes_all(a, ts, &n);
	assert_int_equal(n, 1);
	assert_str_eq(all[0].error, STR("tiny/templates/post.html:1:1: {{#a}} is never closed by"
					" {{/a}}"));
	theme_unref(after);
	put(a, folder, "tiny/templates/post.html", "fine");
	assert_true(themes_reload(ts));
	after = themes_find(ts, STR("tiny"));
	assert_ptr_not_equal(before, after);
	theme_unref(before);
	theme_unref(after);
	themes_close(ts);
}

static void a_theme_dropped_in_is_found(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a), *two[] = { folder, data_dir(a) };
	struct themes_config config = { .folders = two, .n_folders = 2, .default_id = "tiny" };
	struct themes *ts;
	struct theme *t;
	struct fail f = FAIL_INIT;
	size_t n;

	(void)state;
	assert_ok(themes_open(&config, &ts, &f), &f);
	assert_null(themes_find(ts, STR("guest")));
	put(a, folder, "guest/theme.ini", "[theme]\nname = Guest\napi = 1\n");
	put(a, folder, "guest/templates/list.html", "only this");
	assert_true(themes_reload(ts));
	assert_str_eq(themes_all(a, ts, &n)[0].error, STR(""));
	assert_int_equal(n, 3);
	t = themes_find(ts, STR("guest"));
	assert_non_null(t);
	assert_str_eq(render(a, t, "list", NULL), STR("only this"));
	assert_non_null(theme_template(t, STR("card")));
	theme_unref(t);
	themes_close(ts);
}

static void read_much(void *ts)
{
	for (int i = 0; i < 300; i++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		CLEANUP(theme_unrefp) struct theme *t = themes_find(ts, STR("tiny"));

		render(a, t, "post", value_map(a));
	}
}

static void a_theme_is_read_by_many_while_it_changes(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a), *one[] = { folder };
	struct themes_config config = { .folders = one, .n_folders = 1, .default_id = "tiny" };
	struct thread *threads[3];
	struct themes *ts;
	struct fail f = FAIL_INIT;

	(void)state;
	folder_test_copy(a, path_join(a, data_dir(a), STR("tiny")),
			 path_join(a, folder, STR("tiny")));
	assert_ok(themes_open(&config, &ts, &f), &f);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		assert_ok(thread_start("reader", read_much, ts, &threads[i], &f), &f);
	for (int i = 0; i < 5; i++) {
		put(a, folder, "tiny/templates/post.html", i % 2 ? "{{>card}}" : "{{title}}");
		assert_true(themes_reload(ts));
	}
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		thread_join(threads[i]);
	themes_close(ts);
}

static void themes_whose_ids_are_listed_are_trusted_and_no_others(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *folder = folder_test_new(a), *two[] = { folder, data_dir(a) };
	struct themes_config config = { .folders = two, .n_folders = 2, .default_id = "tiny",
					.trusted = STR("other, bold") };
	struct theme *bold;
	struct themes *ts;
	struct fail f = FAIL_INIT;

	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *dir = path_join(a, folder, i ? STR("bold") : STR("bol"));

		put(a, dir, "theme.ini", "[theme]\nname = Bold\napi = 1\n");
		put(a, dir, "assets/bold.js", "run();");
	}
	assert_ok(themes_open(&config, &ts, &f), &f);
	bold = themes_find(ts, STR("bold"));
	assert_non_null(bold);
	assert_true(theme_is_trusted(bold));
	assert_null(themes_find(ts, STR("bol")));
	assert_fails(themes_try(ts, path_join(a, folder, STR("bol")), &bold, &f), &f,
		     FAIL_FORBIDDEN);
	theme_unref(bold);
	themes_close(ts);
}

static void without_the_default_theme_nothing_opens(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *one[] = { folder_test_new(a) };
	struct themes_config config = { .folders = one, .n_folders = 1, .default_id = "tiny" };
	struct themes *ts;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(themes_open(&config, &ts, &f), &f, FAIL_NOT_FOUND);
	put(a, one[0], "tiny/theme.ini", "[theme]\nparent = tiny\napi = 1\nname = x\n");
	assert_fails(themes_open(&config, &ts, &f), &f, FAIL_INVALID);
}

int themes_load_tests(void)
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
		cmocka_unit_test(a_stylesheet_is_compiled_once_and_again_when_damaged),
		cmocka_unit_test(stylesheets_that_nobody_wants_any_more_go),
		cmocka_unit_test(a_broken_theme_does_not_replace_a_working_one),
		cmocka_unit_test(a_theme_dropped_in_is_found),
		cmocka_unit_test(a_theme_is_read_by_many_while_it_changes),
		cmocka_unit_test(themes_whose_ids_are_listed_are_trusted_and_no_others),
		cmocka_unit_test(without_the_default_theme_nothing_opens),
	};

	return cmocka_run_group_tests_name("theme/load", tests, NULL, NULL);
}
