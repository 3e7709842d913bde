/* import_test.c - whole imports of the example folders into a site of their own, run again,
 * changed and emptied.
 */
#include "transfer/transfer_test.h"

#include <sys/stat.h>
#include <unistd.h>
#include "base/folder_test.h"
#include "base/limits.h"
#include "content/kinds.h"
#include "content/list.h"
#include "content/media.h"
#include "content/month.h"
#include "site/settings.h"

static bool holds(struct html h, const char *what)
{
	return str_find(h.s, str_of(what)) >= 0;
}

static void an_import_brings_posts_pages_pictures_and_redirects(void **state)
{
	struct transfer_test *x = *state;
	struct post *p;

	transfer_test_import(x, transfer_test_example(x, "hugo"), (struct import_options){ 0 });
	assert_int_equal(x->r.posts, 5);
	assert_int_equal(x->r.pages, 1);
	assert_int_equal(x->r.drafts, 1);
	assert_int_equal(x->r.images, 2);
	assert_int_equal(x->r.created, 6);
	assert_int_equal(x->r.refused, 1);
	p = transfer_test_post(x, x->db, "/first-rain/");
	assert_non_null(p);
	assert_true(p->kind == POST_POST && p->status == POST_PUBLISHED);
	assert_true(holds(p->html, "href=\"/walk/\""));
	assert_true(str_starts(p->cover, STR("/media/")) && p->cover_width == 8);
	assert_true(holds(p->html, "src=\"/media/"));
	assert_str_eq(p->set, STR("rain"));
	assert_int_equal(p->n_terms, 4);
	transfer_test_leads(x, "/posts/first-rain/", "/first-rain/");
	transfer_test_leads(x, "/old/rain/", "/first-rain/");
	transfer_test_leads(x, "/2023/06/trees/", "/trees/");
	assert_str_eq(transfer_test_post(x, x->db, "/first-rain-fr/")->lang, STR("fr"));
	p = transfer_test_post(x, x->db, "/about/");
	assert_true(p->in_menu);
	assert_true(holds(p->html, "href=\"/first-rain/#top\""));
	assert_int_equal(transfer_test_post(x, x->db, "/secret/")->status, POST_DRAFT);
}

static void a_dry_run_tells_the_same_and_writes_nothing(void **state)
{
	struct transfer_test *x = *state;
	struct receipt dry;

	transfer_test_import(x, transfer_test_example(x, "hugo"),
			     (struct import_options){ .dry_run = true });
	assert_null(transfer_test_post(x, x->db, "/first-rain/"));
	assert_false(file_exists(path_join(x->a, x->dir, STR("media"))));
	dry = x->r;
	receipt_init(&x->r);
	transfer_test_import(x, transfer_test_example(x, "hugo"), (struct import_options){ 0 });
	assert_true(dry.posts == x->r.posts && dry.pages == x->r.pages && dry.images == x->r.images
		    && dry.redirects == x->r.redirects && dry.created == x->r.created
		    && dry.n == x->r.n && dry.refused == x->r.refused);
	receipt_release(&dry);
}

static void a_second_run_has_nothing_to_do(void **state)
{
	struct transfer_test *x = *state;

	transfer_test_import(x, transfer_test_example(x, "zola"), (struct import_options){ 0 });
	assert_true(x->r.created > 3);
	transfer_test_import(x, transfer_test_example(x, "zola"), (struct import_options){ 0 });
	assert_int_equal(x->r.created + x->r.changed + x->r.missing, 0);
	assert_true(x->r.unchanged > 3);
}

static void what_changed_is_taken_and_what_is_gone_goes_when_asked(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_true(holds(transfer_test_post(x, x->db, "/day/")->html, "src=\"/media/"));
	folder_test_put(x->a, folder, "town.md", "---\ntitle: Town\n---\nNew houses.\n");
	assert_ok(file_remove(path_join(x->a, folder, STR("notes/a.md")), &x->f), &x->f);
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.changed, 1);
	assert_int_equal(x->r.missing, 1);
	assert_true(holds(transfer_test_post(x, x->db, "/town/")->html, "New houses"));
	assert_non_null(transfer_test_post(x, x->db, "/a/"));
	transfer_test_import(x, folder, (struct import_options){ .prune = true });
	assert_int_equal(x->r.removed, 1);
	assert_null(transfer_test_post(x, x->db, "/a/"));
}

static void a_file_with_an_error_keeps_its_old_post(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	transfer_test_import(x, folder, (struct import_options){ 0 });
	folder_test_put(x->a, folder, "town.md", "---\ntitle: [Town\n---\nNew houses.\n");
	transfer_test_import(x, folder, (struct import_options){ .prune = true });
	assert_int_equal(x->r.refused, 1);
	assert_int_equal(x->r.removed, 0);
	assert_true(holds(transfer_test_post(x, x->db, "/town/")->html, "Houses"));
}

static void one_import_serves_many_runs(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	struct import_options o = { .prune_seen = true, .threads = 2 };
	struct import *im;

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	im = import_new(&x->site, folder);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	folder_test_put(x->a, folder, "new.md", "---\ntitle: New\n---\n[Town](town.md)\n");
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	assert_true(holds(transfer_test_post(x, x->db, "/new/")->html, "href=\"/town/\""));
	assert_ok(file_remove(path_join(x->a, folder, STR("new.md")), &x->f), &x->f);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	assert_true(import_is_waiting(im));
	assert_non_null(transfer_test_post(x, x->db, "/new/"));	/* an editor may be at it */
	usleep((IMPORT_AWAY_MS + 20) * 1000);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	assert_false(import_is_waiting(im));
	assert_null(transfer_test_post(x, x->db, "/new/"));
	import_free(im);
}

/* Is it all the work there is when this one text was saved so? A whole run after it finds
 * what it would have written itself. */
static bool saved_alone(struct transfer_test *x, struct import *im, const char *folder,
			const char *name, const char *text)
{
	struct str file = str_of(name);
	struct receipt r;
	bool done;

	folder_test_put(x->a, folder, name, text);
	receipt_init(&r);
	assert_ok(import_saved(im, &file, 1, &done, &r, &x->f), &x->f);
	assert_int_equal(r.changed, done);
	receipt_release(&r);
	receipt_release(&x->r);
	receipt_init(&x->r);
	assert_ok(import_run(im, &(struct import_options){ .threads = 1 }, &x->r, &x->f), &x->f);
	assert_true(!done || x->r.changed + x->r.created == 0);
	return done;
}

static void a_saved_text_is_written_by_itself_unless_others_see_the_change(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	CLEANUP(import_freep) struct import *im = NULL;
	static const char *const alone[] = {
		"---\ntitle: Town\nmenu: true\n---\nNew houses.\n",
		"---\ntitle: City\nsummary: Short\ntags: [a, b]\n---\n[Day](2022-02-02-day.md)\n",
		"---\ntitle: City\ncover: img/nothing.png\n---\n# Again\n",
	}, *const seen[] = {
		"---\ntitle: City\nslug: elsewhere\n---\nText.\n",
		"---\ntitle: City\nslug: elsewhere\naliases: [/old/]\n---\nText.\n",
		"---\ntitle: City\nslug: elsewhere\ndraft: true\n---\nText.\n",
		"---\ntitle: City\nlang: fr\n---\nText.\n",
		"---\ntitle: City\nlang: fr\ntranslation_key: k\n---\nText.\n",
		"---\ntitle: [City\n---\nText.\n",
		"",
	};
	size_t i;

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	im = import_new(&x->site, folder);
	assert_ok(import_run(im, &(struct import_options){ .threads = 1 }, &x->r, &x->f), &x->f);
	for (i = 0; i < ARRAY_LEN(alone); i++)
		assert_true(saved_alone(x, im, folder, "town.md", alone[i]));
	assert_true(holds(transfer_test_post(x, x->db, "/town/")->html, "Again"));
	for (i = 0; i < ARRAY_LEN(seen); i++)
		assert_false(saved_alone(x, im, folder, "town.md", seen[i]));
	assert_false(saved_alone(x, im, folder, "another.md", "New.\n"));
	assert_true(saved_alone(x, im, folder, "another.md", "New, and better.\n"));
}

static void change_setting(struct transfer_test *x, const char *key, const char *value)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct edit_rules rules;
	struct settings s;
	struct tx *tx;

	assert_ok(tx_begin(x->db, TX_WRITE, &tx, &x->f), &x->f);
	assert_ok(settings_set(tx, str_of(key), str_of(value), &x->f), &x->f);
	assert_ok(settings_load(a, tx, &s, &x->f), &x->f);
	rules = edit_rules_of(a, &s, x->site.rules.now);
	assert_ok(edit_arrange(tx, &rules, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
}

static int64_t posts_of_month(struct transfer_test *x, int month)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	int64_t n;

	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(month_count(tx, 2031, month, &n, &x->f), &x->f);
	return n;
}

/* As in a `watch` that lasts: the zone and what fits on a page change while it runs. */
static void an_import_that_lasts_goes_by_the_settings_of_now(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	const char *file = path_join(x->a, folder, STR("late.md"));
	static const char late[] = "---\ndate: 2031-01-31T23:30:00Z\n---\nLate";
	CLEANUP(import_freep) struct import *im = import_new(&x->site, folder);
	const struct import_options usual = { .threads = 1, .prune = true };
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	int64_t last;

	assert_ok(dir_make(folder, &x->f), &x->f);
	assert_ok(file_write(file, str_of(late), false, &x->f), &x->f);
	assert_ok(file_write(path_join(x->a, folder, STR("2030-01-01-old.md")), STR("Old"), false,
			     &x->f), &x->f);
	assert_ok(import_run(im, &usual, &x->r, &x->f), &x->f);
	assert_int_equal(posts_of_month(x, 1), 1);
	change_setting(x, "timezone", "Asia/Tokyo");
	change_setting(x, "posts_per_page", "1");
	assert_int_equal(posts_of_month(x, 2), 1);

	assert_ok(file_remove(file, &x->f), &x->f);
	assert_ok(import_run(im, &usual, &x->r, &x->f), &x->f);
	assert_int_equal(posts_of_month(x, 1), 0);
	assert_int_equal(posts_of_month(x, 2), 0);
	assert_ok(file_write(file, str_of(late), false, &x->f), &x->f);
	assert_ok(import_run(im, &usual, &x->r, &x->f), &x->f);
	assert_int_equal(posts_of_month(x, 2), 1);
	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(list_last_shelf(tx, 0, &last, &x->f), &x->f);
	assert_int_equal(last, 2);
}

static void a_post_written_by_hand_is_never_touched(void **state)
{
	struct transfer_test *x = *state;
	struct tx *tx;
	struct body body = { .md = { .words = 1 } };
	struct post_edit edit = { .path = STR("/town/"), .title = STR("Mine"), .kind = POST_PAGE,
				  .body = &body };
	int64_t id;

	assert_ok(tx_begin(x->db, TX_WRITE, &tx, &x->f), &x->f);
	assert_ok(edit_put(tx, &x->site.rules, &edit, &id, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
	transfer_test_import(x, transfer_test_example(x, "folder"),
			     (struct import_options){ .prune = true });
	assert_str_eq(transfer_test_post(x, x->db, "/town/")->title, STR("Mine"));
	assert_str_eq(transfer_test_post(x, x->db, "/town-2/")->title, STR("Town"));
	assert_true(holds(transfer_test_post(x, x->db, "/day/")->html, "href=\"/town-2/\""));
}

static void symbolic_links_out_of_the_folder_are_not_followed(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	assert_int_equal(symlink("/etc/passwd", path_join(x->a, folder, STR("secret.md"))), 0);
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_null(transfer_test_post(x, x->db, "/secret/"));
	assert_true(x->r.n > 0);
}

static size_t media_count(struct transfer_test *x, struct db *db)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct medium *all;
	size_t n;

	assert_ok(tx_begin(db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(media_all(x->a, tx, STR_NONE, 100, &all, &n, &x->f), &x->f);
	return n;
}

/* From now on the database takes no post of that title. */
static void refuse_bad_ones(struct transfer_test *x)
{
	static const struct schema_step refusal = {
		.sql = "CREATE TRIGGER refusal BEFORE INSERT ON post WHEN new.title = 'Bad'"
		       " BEGIN SELECT RAISE(ABORT, 'bad'); END",
	};
	struct schema_step *steps;
	size_t n = 0;

	while (content_schema[n].sql)
		n++;
	steps = arena_array(x->a, n + 2, sizeof *steps);
	memcpy(steps, content_schema, n * sizeof *steps);
	steps[n] = refusal;
	assert_ok(schema_apply(x->db, steps, &x->f), &x->f);
}

/* The whole transaction is lost by it, and all but this one are written once more: posts,
 * lists, pictures. */
static void a_text_that_the_database_refuses_hinders_no_other(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	struct db *with = x->db;

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	for (int i = 1; i < 20; i++)
		folder_test_put(x->a, folder, arena_printf(x->a, "p%d.md", i).p,
			   arena_printf(x->a, "---\ntitle: %s\ndate: 2021-01-%02d\ntags: [t%d]\n"
					"---\n![a](<img/town picture.png>)\n",
					i == 9 ? "Bad" : "Good", i, i % 2).p);
	refuse_bad_ones(x);
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.refused, 1);
	assert_int_equal(x->r.created, 21);
	assert_str_eq(x->r.complaints[0].file, STR("p9.md"));
	assert_ok(file_remove(path_join(x->a, folder, STR("p9.md")), &x->f), &x->f);
	x->db = x->site.db = transfer_test_db(x, "without.db");
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.created, 21);
	transfer_test_same(x, x->db, with);
	transfer_test_same(x, with, x->db);
	assert_int_equal(media_count(x, with), 1);
	db_close(with);
}

/* The first text that wants it, however the threads go. */
static void a_picture_that_cannot_be_kept_is_told_once_and_comes_later(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	const char *media = path_join(x->a, x->dir, STR("media"));

	folder_test_copy(x->a, transfer_test_example(x, "folder"), folder);
	for (int i = 1; i < 20; i++)
		folder_test_put(x->a, folder, arena_printf(x->a, "p%02d.md", i).p,
				"---\ntitle: Good\ndate: 2021-01-01\n---\n"
				"![a](<img/town picture.png>)\n");
	folder_test_put(x->a, x->dir, "media", "in the way");
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.n, 2);			/* town.md has one of its own */
	assert_true(str_find(x->r.complaints[0].text, str_of(media)) >= 0);
	assert_str_eq(x->r.complaints[0].file, STR("2022-02-02-day.md"));
	assert_ok(file_remove(media, &x->f), &x->f);
	transfer_test_import(x, folder, (struct import_options){ 0 });
	assert_int_equal(media_count(x, x->db), 1);
}

/* More of them than are rendered ahead, and more than a transaction has at the end. */
static void long_texts_and_many_all_arrive(void **state)
{
	static const int SIZES[] = { 400000, 20000, 1 };
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	for (int i = 0; i < 330; i++) {
		struct buf b = BUF(LIMIT_POST);

		buf_addf(&b, "---\ntitle: P%03d\ndate: 2021-01-01\n---\n", i);
		for (int n = 0; n < SIZES[i % 17 ? i % 5 ? 2 : 1 : 0]; n += 20)
			buf_add(&b, STR("Rain fell all night.\n"));
		folder_test_put(x->a, folder, arena_printf(x->a, "p%d.md", i).p, buf_str(&b).p);
		buf_release(&b);
	}
	transfer_test_import(x, folder, (struct import_options){ .threads = 3 });
	assert_int_equal(x->r.created, 330);
	transfer_test_import(x, folder, (struct import_options){ .threads = 3 });
	assert_int_equal(x->r.unchanged, 330);
}

int import_tests(void)
{
	const struct CMUnitTest tests[] = {
		TRANSFER_TEST(an_import_brings_posts_pages_pictures_and_redirects),
		TRANSFER_TEST(a_dry_run_tells_the_same_and_writes_nothing),
		TRANSFER_TEST(a_second_run_has_nothing_to_do),
		TRANSFER_TEST(what_changed_is_taken_and_what_is_gone_goes_when_asked),
		TRANSFER_TEST(a_file_with_an_error_keeps_its_old_post),
		TRANSFER_TEST(one_import_serves_many_runs),
		TRANSFER_TEST(a_saved_text_is_written_by_itself_unless_others_see_the_change),
		TRANSFER_TEST(an_import_that_lasts_goes_by_the_settings_of_now),
		TRANSFER_TEST(a_post_written_by_hand_is_never_touched),
		TRANSFER_TEST(symbolic_links_out_of_the_folder_are_not_followed),
		TRANSFER_TEST(a_picture_that_cannot_be_kept_is_told_once_and_comes_later),
		TRANSFER_TEST(a_text_that_the_database_refuses_hinders_no_other),
		TRANSFER_TEST(long_texts_and_many_all_arrive),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
