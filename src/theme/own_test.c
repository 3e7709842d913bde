/* own_test.c - files of a site above those of its theme. */
#include <unistd.h>
#include "base/folder_test.h"
#include "theme/own.h"
#include "theme/theme_option.h"
#include "theme/theme_test.h"

enum { SITE = 0x5000000000aa };

struct fixture {
	struct arena *a;
	const char *root, *dir;		/* of the site */
	struct gens *gens;
	struct theme *base;
	struct own *own;
	int told;
};

static void count_told(void *arg, uint64_t site, struct str errors)
{
	struct fixture *x = arg;

	assert_int_equal(site, SITE);
	assert_true(errors.n > 0);
	x->told++;
}

static void open_own(struct fixture *x, size_t bytes)
{
	struct own_config c = { .sites = path_join(x->a, x->root, STR("sites")),
				.known = path_join(x->a, x->root, STR("own")),
				.gens = x->gens, .bytes = bytes, .tell = count_told, .arg = x };

	own_free(x->own);
	x->own = own_new(&c);
}

static int begin(void **state)
{
	struct fixture *x = test_calloc(1, sizeof *x);
	struct theme_source source = { .n_dirs = 1 };
	struct fail f = FAIL_INIT;

	x->a = arena_new(0);
	x->root = folder_test_new(x->a);
	x->dir = path_join(x->a, x->root, STR("sites/50/5000000000aa"));
	assert_ok(dir_make(x->dir, &f), &f);
	assert_ok(gens_open(path_join(x->a, x->root, STR("gens")), &x->gens, &f), &f);
	source.dirs[0] = folder_test_source(x->a, "tests/data/themes/tiny");
	assert_ok(theme_load(&source, &x->base, &f), &f);
	open_own(x, 1);
	*state = x;
	return 0;
}

static int end(void **state)
{
	struct fixture *x = *state;

	own_free(x->own);
	theme_unref(x->base);
	gens_close(x->gens);
	arena_free(x->a);
	test_free(x);
	return 0;
}

static void put(struct fixture *x, const char *name, const char *text)
{
	folder_test_put(x->a, own_folder(x->a, x->dir), name, text);
}

static struct str post_of(struct fixture *x, struct theme *t)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct render_env env = { .arg = t, .find = theme_find_template };
	struct value *root = value_map(x->a);
	struct fail f = FAIL_INIT;

	value_set(root, "options", theme_options_value(x->a, t, NULL, NULL));
	assert_ok(template_render(theme_template(t, STR("post")), root, &env, &out, &f), &f);
	return arena_str(x->a, buf_str(&out));
}

static bool shows(struct fixture *x, const char *words)
{
	CLEANUP(theme_unrefp) struct theme *t = own_find(x->own, SITE, x->dir, x->base);

	return str_find(post_of(x, t), str_of(words)) >= 0;
}

static uint32_t counter(struct fixture *x)
{
	return gens_value(x->gens, gens_slot(SITE, GEN_OWN, 0));
}

static void a_site_without_files_of_its_own_wears_the_theme_itself(void **state)
{
	struct fixture *x = *state;
	CLEANUP(theme_unrefp) struct theme *t = own_find(x->own, SITE, x->dir, x->base);

	assert_ptr_equal(t, x->base);
	assert_int_equal(counter(x), 0);
	assert_false(file_exists(path_join(x->a, x->root, STR("own"))));
}

static void a_template_of_the_site_wins(void **state)
{
	struct fixture *x = *state;
	CLEANUP(theme_unrefp) struct theme *t = NULL, *again = NULL;

	put(x, "templates/post.html", "<p>MINE</p>");
	t = own_find(x->own, SITE, x->dir, x->base);
	again = own_find(x->own, SITE, x->dir, x->base);
	assert_ptr_not_equal(t, x->base);
	assert_ptr_equal(t, again);
	assert_str_eq(post_of(x, t), STR("<p>MINE</p>"));
	assert_true(str_find(post_of(x, x->base), STR("MINE")) < 0);
}

static void an_asset_of_the_site_has_an_address_of_its_own(void **state)
{
	struct fixture *x = *state;
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	const struct asset *as;
	struct str url;
	bool current;

	put(x, "assets/img/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"mine\"/>");
	t = own_find(x->own, SITE, x->dir, x->base);
	url = theme_asset_url(t, STR("img/dot.svg"));
	assert_true(str_starts(url, STR(ASSET_OWN)));
	as = theme_asset(t, str_skip(url, sizeof ASSET_OWN - 1), &current);
	assert_true(current);
	assert_true(str_find(as->bytes, STR("mine")) >= 0);
	/* And what names it is changed with it. */
	as = theme_asset(t, STR("0/style.css"), &current);
	assert_true(str_find(as->bytes, url) >= 0);
}

static void a_mistake_is_told_once_and_the_themes_file_is_used(void **state)
{
	struct fixture *x = *state;
	CLEANUP(buf_release) struct buf errors = BUF(OWN_ERRORS);

	put(x, "templates/post.html", "<p>\n<script>{{x}}</script>");
	put(x, "templates/list.html", "<p>{{>nowhere}}</p>");
	put(x, "templates/page.html", "<p>MINE</p>");
	put(x, "sass/style.scss", "p{color:red");
	for (int i = 0; i < 3; i++)
		assert_true(shows(x, "<title>"));
	assert_int_equal(x->told, 1);
	own_errors(x->own, SITE, x->dir, x->base, &errors);
	assert_true(str_find(buf_str(&errors), STR("theme/templates/post.html:2:")) >= 0);
	assert_true(str_find(buf_str(&errors), STR("theme/templates/list.html:1:")) >= 0);
	assert_true(str_find(buf_str(&errors), STR("sass/style.scss")) >= 0);
	put(x, "templates/post.html", "<p>MENDED</p>");
	assert_true(shows(x, "MENDED"));
	assert_int_equal(x->told, 2);
}

static void a_script_is_not_taken_from_a_site(void **state)
{
	struct fixture *x = *state;

	put(x, "assets/js/evil.js", "alert(1)");
	put(x, "templates/post.html", "<p>MINE</p>");
	assert_true(shows(x, "MINE"));
	assert_int_equal(x->told, 1);
}

static void a_link_out_of_the_folder_is_told_and_nothing_of_it_used(void **state)
{
	struct fixture *x = *state;

	put(x, "templates/post.html", "<p>MINE</p>");
	assert_int_equal(symlink("/etc/passwd",
				 path_join(x->a, own_folder(x->a, x->dir),
					   STR("templates/evil.html"))), 0);
	assert_false(shows(x, "MINE"));
	assert_int_equal(x->told, 1);
}

static void a_change_raises_the_counter_of_the_site_once(void **state)
{
	struct fixture *x = *state;

	put(x, "templates/post.html", "<p>ONE</p>");
	assert_true(shows(x, "ONE"));
	assert_int_equal(counter(x), 1);
	own_look(x->own);
	assert_int_equal(counter(x), 1);
	put(x, "templates/post.html", "<p>TWO two</p>");
	own_look(x->own);
	assert_int_equal(counter(x), 2);
	assert_true(shows(x, "TWO"));
	assert_int_equal(counter(x), 2);
	assert_true(dir_remove(own_folder(x->a, x->dir), NULL));
	own_look(x->own);
	assert_int_equal(counter(x), 3);
	assert_false(shows(x, "TWO"));
}

static void what_changed_while_nobody_looked_is_found_at_the_next_start(void **state)
{
	struct fixture *x = *state;

	put(x, "templates/post.html", "<p>ONE</p>");
	assert_true(shows(x, "ONE"));
	open_own(x, 1);
	own_look(x->own);
	assert_int_equal(counter(x), 1);
	assert_true(dir_remove(own_folder(x->a, x->dir), NULL));
	open_own(x, 1);
	own_look(x->own);
	assert_int_equal(counter(x), 2);
}

static void a_folder_that_is_laid_in_by_hand_is_found_in_time(void **state)
{
	struct fixture *x = *state;

	put(x, "templates/post.html", "<p>ONE</p>");
	for (int i = 0; i < 256 && !counter(x); i++)
		own_look(x->own);
	assert_int_equal(counter(x), 1);
}

static void a_newer_theme_is_worn_with_the_same_files(void **state)
{
	struct fixture *x = *state;
	CLEANUP(theme_unrefp) struct theme *newer = NULL, *t = NULL;
	struct theme_source source = *theme_loaded_from(x->base);
	struct fail f = FAIL_INIT;

	put(x, "templates/post.html", "<p>ONE</p>");
	assert_true(shows(x, "ONE"));
	source.n_dirs = 2;
	source.dirs[1] = source.dirs[0];
	source.dirs[0] = path_join(x->a, x->root, STR("newer"));
	assert_ok(dir_make(source.dirs[0], &f), &f);
	assert_ok(file_write(path_join(x->a, source.dirs[0], STR("theme.ini")),
			     STR("[theme]\nname = Newer\napi = 1\nparent = tiny\n"), false, &f),
		  &f);
	assert_ok(theme_load(&source, &newer, &f), &f);
	t = own_find(x->own, SITE, x->dir, newer);
	assert_str_eq(theme_manifest(t)->name, STR("Newer"));
	assert_str_eq(post_of(x, t), STR("<p>ONE</p>"));
}

static void no_more_is_kept_than_was_said(void **state)
{
	struct fixture *x = *state;
	CLEANUP(theme_unrefp) struct theme *first = NULL, *again = NULL;
	const char *dir = x->dir;

	put(x, "templates/post.html", "<p>ONE</p>");
	first = own_find(x->own, SITE, dir, x->base);
	x->dir = path_join(x->a, x->root, STR("sites/51/5100000000aa"));
	put(x, "templates/post.html", "<p>TWO</p>");
	theme_unref(own_find(x->own, 0x5100000000aa, x->dir, x->base));
	again = own_find(x->own, SITE, dir, x->base);
	assert_ptr_not_equal(first, again);	/* there is room for one: it was made anew */
}

#define ON_A_SITE(t) cmocka_unit_test_setup_teardown(t, begin, end)

int own_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SITE(a_site_without_files_of_its_own_wears_the_theme_itself),
		ON_A_SITE(a_template_of_the_site_wins),
		ON_A_SITE(an_asset_of_the_site_has_an_address_of_its_own),
		ON_A_SITE(a_mistake_is_told_once_and_the_themes_file_is_used),
		ON_A_SITE(a_script_is_not_taken_from_a_site),
		ON_A_SITE(a_link_out_of_the_folder_is_told_and_nothing_of_it_used),
		ON_A_SITE(a_change_raises_the_counter_of_the_site_once),
		ON_A_SITE(what_changed_while_nobody_looked_is_found_at_the_next_start),
		ON_A_SITE(a_folder_that_is_laid_in_by_hand_is_found_in_time),
		ON_A_SITE(a_newer_theme_is_worn_with_the_same_files),
		ON_A_SITE(no_more_is_kept_than_was_said),
	};

	return cmocka_run_group_tests_name("theme/own", tests, NULL, NULL);
}
