/* import_test.c - whole imports of the example folders into a site of their own, run again,
 * changed, emptied, exported and imported once more. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/test.h"
#include "content/address.h"
#include "content/kinds.h"
#include "content/list.h"
#include "content/media.h"
#include "site/settings.h"
#include "transfer/export.h"
#include "transfer/import.h"
#include "transfer/transfer_test.h"

struct fixture {
	char dir[40];
	struct arena *a;
	struct gens *gens;
	struct db *db;
	struct import_site site;
	struct receipt r;
	struct fail f;
};

static struct db *open_db(struct fixture *x, const char *name)
{
	struct db_config c = {
		.create = true, .site = 7, .tables = content_tables, .gens = x->gens
	};
	struct db *db;

	c.path = path_join(x->a, x->dir, str_of(name));
	assert_ok(db_open(&c, &db, &x->f), &x->f);
	assert_ok(schema_apply(db, content_schema, &x->f), &x->f);
	return db;
}

static int setup(void **state)
{
	struct fixture *x = mem_alloc(sizeof *x);

	strcpy(x->dir, "/tmp/hameau-import.XXXXXX");
	if (!mkdtemp(x->dir))
		return -1;
	x->a = arena_new(0);
	db_init();
	assert_ok(gens_open(path_join(x->a, x->dir, STR("gens")), &x->gens, &x->f), &x->f);
	x->db = open_db(x, "site.db");
	x->site = (struct import_site){
		.db = x->db, .dir = x->dir, .lang = STR("en"),
		.rules = { .zone = "UTC", .per_page = 10, .now = 2000000000 },
	};
	receipt_init(&x->r);
	*state = x;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *x = *state;

	receipt_release(&x->r);
	db_close(x->db);
	gens_close(x->gens);
	if (!dir_remove(x->dir, &x->f))
		return -1;
	arena_free(x->a);
	mem_free(x);
	return 0;
}

static const char *example(struct fixture *x, const char *name)
{
	const char *top = getenv("top_srcdir");

	return arena_printf(x->a, "%s/tests/data/import/%s", top ? top : ".", name).p;
}

static void copy_tree(struct fixture *x, const char *from, const char *to)
{
	struct dir_entry *list;
	size_t i, n;

	assert_ok(dir_make(to, &x->f), &x->f);
	assert_ok(dir_list(x->a, from, &list, &n, &x->f), &x->f);
	for (i = 0; i < n; i++) {
		const char *a = path_join(x->a, from, str_of(list[i].name));
		const char *b = path_join(x->a, to, str_of(list[i].name));

		if (list[i].is_dir)
			copy_tree(x, a, b);
		else
			assert_ok(file_copy(a, b, &x->f), &x->f);
	}
}

static void run(struct fixture *x, const char *folder, struct import_options o)
{
	CLEANUP(import_freep) struct import *im = import_new(&x->site, folder);

	receipt_release(&x->r);
	receipt_init(&x->r);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
}

static struct post *post(struct fixture *x, struct db *db, const char *path)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post *p;

	assert_ok(tx_begin(db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(post_at(x->a, tx, str_of(path), &p, &x->f), &x->f);
	return p;
}

static void assert_leads(struct fixture *x, const char *from, const char *to)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	enum address_kind kind;
	struct str path;

	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(address_find(x->a, tx, str_of(from), &kind, &path, &x->f), &x->f);
	assert_int_equal(kind, ADDRESS_MOVED);
	assert_str_eq(path, str_of(to));
}

static bool holds(struct html h, const char *what)
{
	return str_find(h.s, str_of(what)) >= 0;
}

static void an_import_brings_posts_pages_pictures_and_redirects(void **state)
{
	struct fixture *x = *state;
	struct post *p;

	run(x, example(x, "hugo"), (struct import_options){ 0 });
	assert_int_equal(x->r.posts, 5);
	assert_int_equal(x->r.pages, 1);
	assert_int_equal(x->r.drafts, 1);
	assert_int_equal(x->r.images, 2);
	assert_int_equal(x->r.created, 6);
	assert_int_equal(x->r.refused, 1);
	p = post(x, x->db, "/first-rain/");
	assert_non_null(p);
	assert_true(p->kind == POST_POST && p->status == POST_PUBLISHED);
	assert_true(holds(p->html, "href=\"/walk/\""));
	assert_true(str_starts(p->cover, STR("/media/")) && p->cover_width == 8);
	assert_true(holds(p->html, "src=\"/media/"));
	assert_str_eq(p->set, STR("rain"));
	assert_int_equal(p->n_terms, 4);
	assert_leads(x, "/posts/first-rain/", "/first-rain/");
	assert_leads(x, "/old/rain/", "/first-rain/");
	assert_leads(x, "/2023/06/trees/", "/trees/");
	assert_str_eq(post(x, x->db, "/first-rain-fr/")->lang, STR("fr"));
	assert_true(post(x, x->db, "/about/")->in_menu);
	assert_true(holds(post(x, x->db, "/about/")->html, "href=\"/first-rain/#top\""));
	assert_int_equal(post(x, x->db, "/secret/")->status, POST_DRAFT);
}

static void a_dry_run_tells_the_same_and_writes_nothing(void **state)
{
	struct fixture *x = *state;
	struct receipt dry;

	run(x, example(x, "hugo"), (struct import_options){ .dry_run = true });
	assert_null(post(x, x->db, "/first-rain/"));
	assert_false(file_exists(path_join(x->a, x->dir, STR("media"))));
	dry = x->r;
	receipt_init(&x->r);
	run(x, example(x, "hugo"), (struct import_options){ 0 });
	assert_true(dry.posts == x->r.posts && dry.pages == x->r.pages && dry.images == x->r.images
		    && dry.redirects == x->r.redirects && dry.created == x->r.created
		    && dry.n == x->r.n && dry.refused == x->r.refused);
	receipt_release(&dry);
}

static void a_second_run_has_nothing_to_do(void **state)
{
	struct fixture *x = *state;

	run(x, example(x, "zola"), (struct import_options){ 0 });
	assert_true(x->r.created > 3);
	run(x, example(x, "zola"), (struct import_options){ 0 });
	assert_int_equal(x->r.created + x->r.changed + x->r.missing, 0);
	assert_true(x->r.unchanged > 3);
}

static void write_text(struct fixture *x, const char *folder, const char *name, const char *text)
{
	assert_ok(file_write(path_join(x->a, folder, str_of(name)), str_of(text), false, &x->f),
		  &x->f);
}

static void what_changed_is_taken_and_what_is_gone_goes_when_asked(void **state)
{
	struct fixture *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	copy_tree(x, example(x, "folder"), folder);
	run(x, folder, (struct import_options){ 0 });
	assert_true(holds(post(x, x->db, "/day/")->html, "src=\"/media/"));
	write_text(x, folder, "town.md", "---\ntitle: Town\n---\nNew houses.\n");
	assert_ok(file_remove(path_join(x->a, folder, STR("notes/a.md")), &x->f), &x->f);
	run(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.changed, 1);
	assert_int_equal(x->r.missing, 1);
	assert_true(holds(post(x, x->db, "/town/")->html, "New houses"));
	assert_non_null(post(x, x->db, "/a/"));
	run(x, folder, (struct import_options){ .prune = true });
	assert_int_equal(x->r.removed, 1);
	assert_null(post(x, x->db, "/a/"));
}

static void a_file_with_an_error_keeps_its_old_post(void **state)
{
	struct fixture *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	copy_tree(x, example(x, "folder"), folder);
	run(x, folder, (struct import_options){ 0 });
	write_text(x, folder, "town.md", "---\ntitle: [Town\n---\nNew houses.\n");
	run(x, folder, (struct import_options){ .prune = true });
	assert_int_equal(x->r.refused, 1);
	assert_int_equal(x->r.removed, 0);
	assert_true(holds(post(x, x->db, "/town/")->html, "Houses"));
}

static void one_import_serves_many_runs(void **state)
{
	struct fixture *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	struct import_options o = { .prune_seen = true, .threads = 2 };
	struct import *im;

	copy_tree(x, example(x, "folder"), folder);
	im = import_new(&x->site, folder);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	write_text(x, folder, "new.md", "---\ntitle: New\n---\n[Town](town.md)\n");
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	assert_true(holds(post(x, x->db, "/new/")->html, "href=\"/town/\""));
	assert_ok(file_remove(path_join(x->a, folder, STR("new.md")), &x->f), &x->f);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	assert_true(import_is_waiting(im));
	assert_non_null(post(x, x->db, "/new/"));	/* an editor may be at it */
	usleep((IMPORT_AWAY_MS + 20) * 1000);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
	assert_false(import_is_waiting(im));
	assert_null(post(x, x->db, "/new/"));
	import_free(im);
}

/* Is it all the work there is when this one text was saved so? A whole run after it finds
 * what it would have written itself. */
static bool saved_alone(struct fixture *x, struct import *im, const char *folder, const char *name,
			const char *text)
{
	struct str file = str_of(name);
	struct receipt r;
	bool done;

	write_text(x, folder, name, text);
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
	struct fixture *x = *state;
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

	copy_tree(x, example(x, "folder"), folder);
	im = import_new(&x->site, folder);
	assert_ok(import_run(im, &(struct import_options){ .threads = 1 }, &x->r, &x->f), &x->f);
	for (i = 0; i < ARRAY_LEN(alone); i++)
		assert_true(saved_alone(x, im, folder, "town.md", alone[i]));
	assert_true(holds(post(x, x->db, "/town/")->html, "Again"));
	for (i = 0; i < ARRAY_LEN(seen); i++)
		assert_false(saved_alone(x, im, folder, "town.md", seen[i]));
	assert_false(saved_alone(x, im, folder, "another.md", "New.\n"));
	assert_true(saved_alone(x, im, folder, "another.md", "New, and better.\n"));
}

static void change_setting(struct fixture *x, const char *key, const char *value)
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

static int64_t posts_of_month(struct fixture *x, int month)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	int64_t n;

	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(list_month_count(tx, 2031, month, &n, &x->f), &x->f);
	return n;
}

/* As in a `watch` that lasts: the zone and what fits on a page change while it runs. */
static void an_import_that_lasts_goes_by_the_settings_of_now(void **state)
{
	struct fixture *x = *state;
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
	struct fixture *x = *state;
	struct tx *tx;
	struct body body = { .md = { .words = 1 } };
	struct post_edit edit = { .path = STR("/town/"), .title = STR("Mine"), .kind = POST_PAGE,
				  .body = &body };
	int64_t id;

	assert_ok(tx_begin(x->db, TX_WRITE, &tx, &x->f), &x->f);
	assert_ok(edit_put(tx, &x->site.rules, &edit, &id, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
	run(x, example(x, "folder"), (struct import_options){ .prune = true });
	assert_str_eq(post(x, x->db, "/town/")->title, STR("Mine"));
	assert_str_eq(post(x, x->db, "/town-2/")->title, STR("Town"));
	assert_true(holds(post(x, x->db, "/day/")->html, "href=\"/town-2/\""));
}

static void symbolic_links_out_of_the_folder_are_not_followed(void **state)
{
	struct fixture *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));

	copy_tree(x, example(x, "folder"), folder);
	assert_int_equal(symlink("/etc/passwd", path_join(x->a, folder, STR("secret.md"))), 0);
	run(x, folder, (struct import_options){ 0 });
	assert_null(post(x, x->db, "/secret/"));
	assert_true(x->r.n > 0);
}

/* A site of three answers: enough to see links, files and redirects. */
static bool render(void *ctx, struct arena *a, struct str path, struct export_page *ret,
		   struct fail *f)
{
	struct fixture *x = ctx;
	struct post *p = post(x, x->db, arena_cstr(a, path));

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

static struct str exported(struct fixture *x, const char *folder, const char *file)
{
	CLEANUP(buf_release) struct buf b = BUF(1 * MIB);

	assert_ok(file_read(path_join(x->a, folder, str_of(file)), &b, &x->f), &x->f);
	return arena_str(x->a, buf_str(&b));
}

static void export_to(struct fixture *x, const char *folder, struct export_counts *counts)
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
	struct fixture *x = *state;
	const char *to = path_join(x->a, x->dir, STR("out"));
	struct export_counts counts;
	struct str s;

	run(x, example(x, "hugo"), (struct import_options){ 0 });
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
	struct fixture *x = *state;
	const struct export_site site = { .db = x->db, .dir = x->dir, .render = render, .ctx = x };
	const struct export_options o = { .force = false };
	struct export_counts counts;

	assert_fails(export_run(&site, x->dir, &o, &counts, &x->f), &x->f, FAIL_CONFLICT);
}

/* "/rain/ /sun/ " */
static struct str related_to(struct fixture *x, struct db *db, int64_t id)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct str paths = STR("");
	struct post_list list;

	assert_ok(tx_begin(db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(post_related(x->a, tx, id, &list, &x->f), &x->f);
	for (size_t i = 0; i < list.n; i++)
		paths = arena_printf(x->a, "%.*s%.*s ", STR_ARG(paths), STR_ARG(list.p[i].path));
	return paths;
}

static void assert_same_posts(struct fixture *x, struct db *one, struct db *two)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post_list list;
	size_t i;

	assert_ok(tx_begin(one, TX_READ, &tx, &x->f), &x->f);
	assert_ok(post_all_briefly(x->a, tx, 0, 100, &list, &x->f), &x->f);
	assert_true(list.n > 0);
	tx_rollback(tx);
	tx = NULL;
	for (i = 0; i < list.n; i++) {
		struct post *a = post(x, one, list.p[i].path.p),
			    *b = post(x, two, list.p[i].path.p);

		if (!b)
			fail_msg("%.*s is lost", STR_ARG(list.p[i].path));
		assert_str_eq(a->title, b->title);
		assert_str_eq(a->html.s, b->html.s);
		assert_str_eq(a->summary, b->summary);
		assert_str_eq(a->lang, b->lang);
		assert_str_eq(a->cover, b->cover);
		assert_str_eq(a->set, b->set);
		assert_str_eq(related_to(x, one, a->id), related_to(x, two, b->id));
		assert_true(a->kind == b->kind && a->status == b->status && a->pinned == b->pinned
			    && a->in_menu == b->in_menu && a->weight == b->weight
			    && a->published_at == b->published_at && a->updated_at == b->updated_at
			    && a->n_terms == b->n_terms);
	}
}

static size_t media_count(struct fixture *x, struct db *db)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct medium *all;
	size_t n;

	assert_ok(tx_begin(db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(media_all(x->a, tx, STR_NONE, 100, &all, &n, &x->f), &x->f);
	return n;
}

/* From now on the database takes no post of that title. */
static void refuse_bad_ones(struct fixture *x)
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
	struct fixture *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("src"));
	struct db *with = x->db;

	copy_tree(x, example(x, "folder"), folder);
	for (int i = 1; i < 20; i++)
		write_text(x, folder, arena_printf(x->a, "p%d.md", i).p,
			   arena_printf(x->a, "---\ntitle: %s\ndate: 2021-01-%02d\ntags: [t%d]\n"
					"---\n![a](<img/town picture.png>)\n",
					i == 9 ? "Bad" : "Good", i, i % 2).p);
	refuse_bad_ones(x);
	run(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.refused, 1);
	assert_int_equal(x->r.created, 21);
	assert_str_eq(x->r.complaints[0].file, STR("p9.md"));
	assert_ok(file_remove(path_join(x->a, folder, STR("p9.md")), &x->f), &x->f);
	x->db = x->site.db = open_db(x, "without.db");
	run(x, folder, (struct import_options){ 0 });
	assert_int_equal(x->r.created, 21);
	assert_same_posts(x, x->db, with);
	assert_same_posts(x, with, x->db);
	assert_int_equal(media_count(x, with), 1);
	db_close(with);
}

static void export_then_import_gives_the_same_site(void **state)
{
	static const char *const examples[] = { "hugo", "jekyll", "zola", "hexo", "folder" };
	struct fixture *x = *state;
	const char *to = path_join(x->a, x->dir, STR("out"));
	struct db *first = x->db;
	struct export_counts counts;
	size_t i;

	for (i = 0; i < ARRAY_LEN(examples); i++)
		run(x, example(x, examples[i]), (struct import_options){ 0 });
	export_to(x, to, &counts);
	assert_int_equal(counts.media, 6);
	x->db = x->site.db = open_db(x, "second.db");
	run(x, path_join(x->a, to, STR("source")), (struct import_options){ 0 });
	receipt_sort(&x->r);
	assert_same_posts(x, first, x->db);
	assert_leads(x, "/posts/first-rain/", "/first-rain/");
	assert_leads(x, "/hello.html", "/welcome/");
	db_close(first);
}

int import_tests(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(an_import_brings_posts_pages_pictures_and_redirects),
		T(a_dry_run_tells_the_same_and_writes_nothing),
		T(a_second_run_has_nothing_to_do),
		T(what_changed_is_taken_and_what_is_gone_goes_when_asked),
		T(a_file_with_an_error_keeps_its_old_post),
		T(one_import_serves_many_runs),
		T(a_saved_text_is_written_by_itself_unless_others_see_the_change),
		T(an_import_that_lasts_goes_by_the_settings_of_now),
		T(a_post_written_by_hand_is_never_touched),
		T(symbolic_links_out_of_the_folder_are_not_followed),
		T(an_export_has_relative_links_redirects_and_no_leftovers),
		T(a_folder_with_other_things_is_refused),
		T(a_text_that_the_database_refuses_hinders_no_other),
		T(export_then_import_gives_the_same_site),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
