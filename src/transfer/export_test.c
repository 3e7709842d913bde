/* export_test.c - what an export writes, and that its sources give the same site once more. */
#include "transfer/transfer_test.h"

#include "base/file.h"
#include "base/limits.h"
#include "transfer/export.h"

/* A site of three answers: enough to see links, files and redirects. */
static bool render(void *ctx, struct arena *a, struct str path, struct export_page *ret,
		   struct fail *f)
{
	struct transfer_test *x = ctx;
	struct post *p = transfer_test_post(x, x->db, arena_cstr(a, path));

	(void)f;
	ret->status = 200;
	ret->type = STR("text/html; charset=utf-8");
	if (str_eq(path, STR("/"))) {
		buf_adds(&ret->body, "<a href=\"/first-rain/\">x</a><link href=\"/_theme/a.css\">");
	} else if (p) {
		buf_add(&ret->body, p->html.s);
		buf_adds(&ret->body, "<a href=\"/\">home</a>");
	} else if (str_eq(path, STR("/_theme/a.css"))) {
		ret->type = STR("text/css");
		buf_adds(&ret->body, "a { background: url(/_theme/b.png) }");
	} else if (str_eq(path, STR("/posts/first-rain/"))) {
		ret->status = 301;
		ret->location = STR("/first-rain/");
	} else {
		ret->status = 404;
		buf_adds(&ret->body, "<a href=\"/\">home</a>");
	}
	return true;
}

static struct str exported(struct transfer_test *x, const char *folder, const char *file)
{
	CLEANUP(buf_release) struct buf b = BUF(1 * MIB);

	assert_ok(file_read(path_join(x->a, folder, str_of(file)), &b, &x->f), &x->f);
	return arena_str(x->a, buf_str(&b));
}

static void export_to(struct transfer_test *x, const char *folder, struct export_counts *counts)
{
	const struct export_site site = {
		.db = x->db,
		.dir = x->dir,
		.url = STR("https://anna.example"),
		.title = STR("Anna"),
		.lang = STR("en"),
		.zone = "UTC",
		.render = render,
		.ctx = x,
	};
	const struct export_options o = { .force = false };

	assert_ok(export_run(&site, folder, &o, counts, &x->f), &x->f);
}

static void an_export_has_relative_links_redirects_and_no_leftovers(void **state)
{
	struct transfer_test *x = *state;
	const char *to = path_join(x->a, x->dir, STR("out"));
	struct export_counts counts;
	struct str s;

	transfer_test_import(x, transfer_test_example(x, "hugo"), (struct import_options){ 0 });
	export_to(x, to, &counts);
	s = exported(x, to, "index.html");
	assert_true(str_find(s, STR("href=\"first-rain/index.html\"")) >= 0);
	assert_true(str_find(s, STR("href=\"_theme/a.css\"")) >= 0);
	assert_str_eq(exported(x, to, "_theme/a.css"), STR("a { background: url(b.png) }"));
	s = exported(x, to, "first-rain/index.html");
	assert_true(str_find(s, STR("href=\"../walk/index.html\"")) >= 0);
	assert_true(str_find(s, STR("href=\"../index.html\"")) >= 0);
	s = exported(x, to, "posts/first-rain/index.html");
	assert_true(str_find(s, STR("url=../../first-rain/index.html")) >= 0);
	assert_true(str_find(s, STR("https://anna.example/first-rain/")) >= 0);
	assert_true(str_find(exported(x, to, "404.html"), STR("href=\"/\"")) >= 0);
	assert_false(file_exists(path_join(x->a, to, STR("secret/index.html"))));
	export_to(x, to, &counts);
	assert_int_equal(counts.removed, 0);
}

static void a_folder_with_other_things_is_refused(void **state)
{
	struct transfer_test *x = *state;
	const struct export_site site = { .db = x->db, .dir = x->dir, .render = render, .ctx = x };
	const struct export_options o = { .force = false };
	struct export_counts counts;

	assert_fails(export_run(&site, x->dir, &o, &counts, &x->f), &x->f, FAIL_CONFLICT);
}

static void export_then_import_gives_the_same_site(void **state)
{
	static const char *const examples[] = { "hugo", "jekyll", "zola", "hexo", "folder" };
	struct transfer_test *x = *state;
	const char *to = path_join(x->a, x->dir, STR("out"));
	struct db *first = x->db;
	struct export_counts counts;
	size_t i;

	for (i = 0; i < ARRAY_LEN(examples); i++)
		transfer_test_import(x, transfer_test_example(x, examples[i]),
				     (struct import_options){ 0 });
	export_to(x, to, &counts);
	assert_int_equal(counts.media, 6);
	x->db = x->site.db = transfer_test_db(x, "second.db");
	transfer_test_import(x, path_join(x->a, to, STR("source")), (struct import_options){ 0 });
	receipt_sort(&x->r);
	transfer_test_same(x, first, x->db);
	transfer_test_leads(x, "/posts/first-rain/", "/first-rain/");
	transfer_test_leads(x, "/hello.html", "/welcome/");
	db_close(first);
}

int export_tests(void)
{
	const struct CMUnitTest tests[] = {
		TRANSFER_TEST(an_export_has_relative_links_redirects_and_no_leftovers),
		TRANSFER_TEST(a_folder_with_other_things_is_refused),
		TRANSFER_TEST(export_then_import_gives_the_same_site),
	};

	return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
