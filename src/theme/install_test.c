/* install_test.c - themes that come in: good ones take their place, bad ones change nothing. */
#include <string.h>
#include <unistd.h>
#include "base/folder_test.h"
#include "pack/pack.h"
#include "theme/install.h"
#include "theme/theme_test.h"

struct fixture {
	struct arena *a;
	const char *root, *folder;
	struct themes *ts;
};

static int begin(void **state)
{
	struct fixture *x = test_calloc(1, sizeof *x);
	const char *folders[2];
	struct themes_config tc = { .folders = folders, .n_folders = 2, .default_id = "tiny" };
	struct fail f = FAIL_INIT;

	x->a = arena_new(0);
	x->root = folder_test_new(x->a);
	x->folder = folders[0] = path_join(x->a, x->root, STR("themes"));
	folders[1] = folder_test_source(x->a, "tests/data/themes");
	assert_ok(themes_open(&tc, &x->ts, &f), &f);
	*state = x;
	return 0;
}

static int end(void **state)
{
	struct fixture *x = *state;

	themes_close(x->ts);
	arena_free(x->a);
	test_free(x);
	return 0;
}

/* An archive of a theme of that version, with one more file when name is given. */
static const char *archive(struct fixture *x, const char *file, const char *version,
			   const char *name, const char *text)
{
	struct str ini = arena_printf(x->a, "[theme]\nname = Slate\nversion = %s\napi = 1\n",
				      version);
	struct pack_file files[2] = {{ str_of(name), str_of(text) }, { STR("theme.ini"), ini }};
	struct pack p = { .files = name ? files : files + 1, .n = name ? 2 : 1 };
	CLEANUP(buf_release) struct buf zip = BUF(100000);
	const char *path = path_join(x->a, x->root, str_of(file));
	struct fail f = FAIL_INIT;

	assert_ok(pack_zip(&p, STR("slate"), &zip, &f), &f);
	assert_ok(file_write(path, buf_str(&zip), false, &f), &f);
	return path;
}

static bool install(struct fixture *x, const char *path, struct install *ret, struct fail *f)
{
	const struct install_source source = { .path = path, .folder = x->folder };

	return install_theme(x->a, x->ts, &source, ret, f);
}

/* Nothing but what is named is in the folder of themes. */
static void assert_only(struct fixture *x, const char *id)
{
	struct dir_entry *e;
	struct fail f = FAIL_INIT;
	size_t n;

	assert_ok(dir_list(x->a, x->folder, &e, &n, &f), &f);
	assert_int_equal(n, 1);
	assert_string_equal(e[0].name, id);
}

static void a_good_theme_takes_its_place_at_once(void **state)
{
	struct fixture *x = *state;
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	struct fail f = FAIL_INIT;
	struct install in;

	assert_ok(install(x, archive(x, "slate-1.2.0.zip", "1.2.0", NULL, NULL), &in, &f), &f);
	assert_str_eq(in.id, STR("slate"));
	assert_str_eq(in.version, STR("1.2.0"));
	assert_false(in.replaced);
	assert_only(x, "slate");
	assert_true(themes_reload(x->ts));
	t = themes_find(x->ts, STR("slate"));
	assert_non_null(t);
}

static void a_newer_version_replaces_an_older_one_whole(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct install in;

	assert_ok(install(x, archive(x, "a.zip", "1.9", "assets/old.txt", "x"), &in, &f), &f);
	themes_reload(x->ts);
	assert_ok(install(x, archive(x, "b.zip", "1.10", NULL, NULL), &in, &f), &f);
	assert_true(in.replaced);
	assert_false(in.older);
	assert_str_eq(in.was, STR("1.9"));
	assert_only(x, "slate");
	assert_false(file_exists(path_join(x->a, x->folder, STR("slate/assets/old.txt"))));
	themes_reload(x->ts);
	assert_ok(install(x, archive(x, "c.zip", "1.9", NULL, NULL), &in, &f), &f);
	assert_true(in.older);
}

static void a_broken_theme_never_replaces_one_that_works(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct install in;
	const char *bad;

	assert_ok(install(x, archive(x, "a.zip", "1.0", NULL, NULL), &in, &f), &f);
	bad = archive(x, "b.zip", "2.0", "templates/post.html", "<p>\n{{#open}}</p>");
	assert_false(install(x, bad, &in, &f));
	assert_non_null(strstr(f.text, "slate/templates/post.html:2"));
	assert_only(x, "slate");
	assert_false(file_exists(path_join(x->a, x->folder, STR("slate/templates/post.html"))));
}

static void what_is_no_theme_is_refused(void **state)
{
	struct fixture *x = *state;
	struct pack_file file = { STR("readme.txt"), STR("hello") };
	const struct pack p = { .files = &file, .n = 1 };
	CLEANUP(buf_release) struct buf zip = BUF(10000);
	const char *path = path_join(x->a, x->root, STR("x.zip"));
	struct fail f = FAIL_INIT;
	struct install in;

	assert_ok(pack_zip(&p, STR("slate"), &zip, &f), &f);
	assert_ok(file_write(path, buf_str(&zip), false, &f), &f);
	assert_false(install(x, path, &in, &f));
	assert_string_equal(f.text, "x.zip: this is no theme: there is no theme.ini at its top");
	assert_false(file_exists(x->folder));
}

static void the_theme_that_others_stand_on_stays(void **state)
{
	struct fixture *x = *state;
	const struct install_source source = {
		.path = archive(x, "a.zip", "1.0", NULL, NULL), .folder = x->folder,
		.id = STR("tiny"),
	};
	struct fail f = FAIL_INIT;
	struct install in;

	assert_false(install_theme(x->a, x->ts, &source, &in, &f));
	assert_int_equal(f.code, FAIL_CONFLICT);
}

static void a_theme_that_another_folder_hides_is_not_installed(void **state)
{
	struct fixture *x = *state;
	struct install_source source = {
		.path = archive(x, "a.zip", "1.0", NULL, NULL), .folder = x->folder,
		.before = path_join(x->a, x->root, STR("own")),
	};
	struct fail f = FAIL_INIT;
	struct install in;

	assert_ok(dir_make(path_join(x->a, source.before, STR("slate")), &f), &f);
	assert_false(install_theme(x->a, x->ts, &source, &in, &f));
	assert_int_equal(f.code, FAIL_CONFLICT);
}

static void an_installed_theme_hides_a_bundled_one_and_gives_way_to_it_again(void **state)
{
	struct fixture *x = *state;
	const struct install_source source = {
		.path = archive(x, "a.zip", "7.0", NULL, NULL), .folder = x->folder,
		.id = STR("small"),
	};
	struct fail f = FAIL_INIT;
	struct install in;
	struct theme *t;

	assert_ok(install_theme(x->a, x->ts, &source, &in, &f), &f);
	assert_true(themes_reload(x->ts));
	t = themes_find(x->ts, STR("small"));
	assert_str_eq(theme_manifest(t)->version, STR("7.0"));
	theme_unref(t);
	assert_ok(dir_remove(in.dir.p, &f), &f);
	assert_true(themes_reload(x->ts));
	t = themes_find(x->ts, STR("small"));
	assert_false(str_eq(theme_manifest(t)->version, STR("7.0")));
	theme_unref(t);
}

static void versions_are_compared_as_people_do(void **state)
{
	static const struct { const char *older, *newer; } pairs[] = {
		{ "1.9", "1.10" }, { "1.0", "1.0.1" }, { "1.0-beta", "1.0" }, { "0.9.9", "1" },
		{ "1.0-alpha", "1.0-beta" }, { "", "1.0" }, { "2024.1", "2024.12" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct str a = str_of(pairs[i].older), b = str_of(pairs[i].newer);

		if (!install_is_older(a, b) || install_is_older(b, a))
			fail_msg("\"%s\" comes before \"%s\"", a.p, b.p);
		assert_false(install_is_older(a, a));
	}
}

int install_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_good_theme_takes_its_place_at_once, begin, end),
		cmocka_unit_test_setup_teardown(a_newer_version_replaces_an_older_one_whole,
						begin, end),
		cmocka_unit_test_setup_teardown(a_broken_theme_never_replaces_one_that_works,
						begin, end),
		cmocka_unit_test_setup_teardown(what_is_no_theme_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(the_theme_that_others_stand_on_stays, begin, end),
		cmocka_unit_test_setup_teardown(a_theme_that_another_folder_hides_is_not_installed,
						begin, end),
		cmocka_unit_test_setup_teardown(
			an_installed_theme_hides_a_bundled_one_and_gives_way_to_it_again, begin,
			end),
		cmocka_unit_test(versions_are_compared_as_people_do),
	};

	return cmocka_run_group_tests_name("theme/install", tests, NULL, NULL);
}
