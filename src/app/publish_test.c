/* publish_test.c - scheduled posts come out at their time, and the host knows of it. */
#include "app/publish.h"

#include <stdio.h>

#include "app/app_test.h"
#include "app/purge.h"
#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "content/announce.h"
#include "content/edit.h"
#include "content/list.h"
#include "site/mark.h"
#include "site/newest.h"

#define HOUR 3600

static void write_only(struct host *h, const struct site *site, const char *title, int64_t at)
{
	const struct edit_rules rules = { .zone = "UTC", .per_page = 10, .now = date_now() };
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct body body = { .md = { .text = STR("Rain over the hills"), .words = 4 } };
	struct post_edit in = {
		.title = str_of(title), .source = STR("x"), .path = arena_printf(a, "/%s/", title),
		.published_at = at, .body = &body,
	};
	struct fail f = FAIL_INIT;
	struct host_tx t;
	int64_t id;

	assert_ok(registry_begin_site(h->registry, site, TX_WRITE, &t, &f), &f);
	assert_ok(edit_put(t.tx, &rules, &in, &id, &f), &f);
	assert_ok(announce_mark(h->registry, t.tx, false, &f), &f);
	assert_ok(registry_commit(&t, &f), &f);
}

static void write_post(struct host *h, const struct site *site, const char *title, int64_t at)
{
	struct fail f = FAIL_INIT;

	write_only(h, site, title, at);
	assert_ok(publish_follow(h, site, &f), &f);
}

static size_t newest(struct host *h)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct newest *posts;
	struct host_tx t;
	size_t n;

	assert_ok(registry_begin(h->registry, TX_READ, &t, &f), &f);
	assert_ok(newest_list(a, t.tx, NULL, 50, &posts, &n, &f), &f);
	registry_end(&t);
	return n;
}

static int64_t last_shelf(struct host *h, const struct site *site)
{
	struct fail f = FAIL_INIT;
	struct host_tx t;
	int64_t shelf;

	assert_ok(registry_begin_site(h->registry, site, TX_READ, &t, &f), &f);
	assert_ok(list_last_shelf(t.tx, 0, &shelf, &f), &f);
	registry_end(&t);
	return shelf;
}

static int64_t next_due(struct host *h)
{
	struct fail f = FAIL_INIT;
	struct host_tx t;
	int64_t at;

	assert_ok(registry_begin(h->registry, TX_READ, &t, &f), &f);
	assert_ok(due_next(t.tx, &at, &f), &f);
	registry_end(&t);
	return at;
}

static void a_post_comes_out_at_its_time_and_not_before(void **state)
{
	struct site *site = app_test_site(*state, "anna");
	int64_t now = date_now();
	struct fail f = FAIL_INIT;

	write_post(*state, site, "old", now - HOUR);
	write_post(*state, site, "soon", now + HOUR);
	write_post(*state, site, "later", now + 2 * HOUR);
	assert_int_equal(newest(*state), 1);
	assert_int_equal(next_due(*state), now + HOUR);

	assert_ok(publish_due(*state, now + HOUR - 1, &f), &f);
	assert_int_equal(newest(*state), 1);
	assert_ok(publish_due(*state, now + HOUR, &f), &f);
	assert_int_equal(newest(*state), 2);
	assert_int_equal(next_due(*state), now + 2 * HOUR);
	assert_ok(publish_due(*state, now + 9 * HOUR, &f), &f);
	assert_int_equal(newest(*state), 3);
	assert_int_equal(next_due(*state), 0);
	site_unref(site);
}

static void a_damaged_site_does_not_keep_the_others_waiting(void **state)
{
	struct site *bad = app_test_site(*state, "anna"), *good = app_test_site(*state, "berta");
	struct host *h = *state;
	int64_t now = date_now();
	struct fail f = FAIL_INIT;

	write_post(h, bad, "one", now + HOUR);
	write_post(h, good, "two", now + 2 * HOUR);
	handles_drop(h->sites, bad->id);
	assert_ok(dir_remove(bad->dir, &f), &f);

	log_level(LOG_ERROR);
	assert_ok(publish_due(h, now + 3 * HOUR, &f), &f);
	log_level(LOG_INFO);
	assert_int_equal(newest(h), 1);
	/* It is asked again a minute later. */
	assert_int_equal(next_due(h), now + 3 * HOUR + 60);
	site_unref(bad);
	site_unref(good);
}

static uint32_t commits(struct host *h, const struct site *site)
{
	return gens_value(h->gens, gens_slot(site->id, GEN_COMMIT, 0));
}

/* Whoever is killed in between must not leave lists behind that are in the old order. */
static void a_setting_and_the_lists_that_depend_on_it_change_at_once(void **state)
{
	static const char *const keys[][2] = {
		{ "order", "serial" }, { "posts_per_page", "2" }, { "timezone", "Asia/Tokyo" },
	};
	struct host *h = *state;
	struct site *site = app_test_site(h, "anna");
	int64_t now = date_now();
	struct fail f = FAIL_INIT;

	for (int i = 0; i < 5; i++)
		write_post(h, site, (const char *[]){ "a", "b", "c", "d", "e" }[i], now - i * HOUR);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const struct manage_setting one = { str_of(keys[i][0]), str_of(keys[i][1]) };
		uint32_t was = commits(h, site);

		assert_ok(publish_set(h, site, &one, 1, &f), &f);
		assert_int_equal(commits(h, site), was + 1);
	}
	assert_int_equal(last_shelf(h, site), 3);
	site_unref(site);
}

static const struct query KILL = { .sql = "CREATE TRIGGER killed BEFORE UPDATE ON site"
					  " BEGIN SELECT RAISE(ABORT, 'killed'); END" };
static const struct query REVIVE = { .sql = "DROP TRIGGER killed" };

static void change_host(struct host *h, const struct query *q)
{
	struct fail f = FAIL_INIT;
	struct host_tx t;

	assert_ok(registry_begin(h->registry, TX_WRITE, &t, &f), &f);
	assert_ok(tx_exec(t.tx, q, &f, ""), &f);
	assert_ok(registry_commit(&t, &f), &f);
}

static void assert_title(struct host *h, const char *title)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct fail f = FAIL_INIT;

	assert_ok(registry_named(h->registry, STR("anna"), &site, &f), &f);
	assert_str_eq(site->title, str_of(title));
}

/* host.db takes nothing more after the site's commit, as if the one who set it were killed. */
static void a_title_that_host_db_did_not_get_is_copied_later(void **state)
{
	const struct manage_setting one = { STR("title"), STR("One") };
	const struct manage_setting two = { STR("title"), STR("Two") };
	struct host *h = *state;
	struct site *site = app_test_site(h, "anna");
	int64_t now = date_now();
	struct fail f = FAIL_INIT;

	assert_ok(publish_set(h, site, &one, 1, &f), &f);
	assert_title(h, "One");
	assert_int_equal(next_due(h), 0);
	change_host(h, &KILL);
	assert_false(publish_set(h, site, &two, 1, &f));
	change_host(h, &REVIVE);
	assert_title(h, "One");

	assert_ok(publish_due(h, now + 60, &f), &f);
	assert_title(h, "Two");
	assert_int_equal(next_due(h), 0);
	site_unref(site);
}

/* Whoever wrote it was killed before the copy, and another writes where the first one's mark is. */
static void posts_that_host_db_did_not_get_are_copied_later(void **state)
{
	struct host *h = *state;
	struct site *site = app_test_site(h, "anna");
	int64_t now = date_now();
	struct fail f = FAIL_INIT;

	write_only(h, site, "a", now - HOUR);
	write_only(h, site, "b", now + HOUR);
	assert_int_equal(newest(h), 0);
	assert_in_range(next_due(h), now, now + 60);

	assert_ok(publish_due(h, now + 60, &f), &f);
	assert_int_equal(newest(h), 1);
	assert_int_equal(next_due(h), now + HOUR);
	site_unref(site);
}

/* What of a post nobody sees outside its site costs host.db nothing. */
static void a_post_that_is_not_among_the_newest_leaves_no_mark(void **state)
{
	struct host *h = *state;
	struct site *site = app_test_site(h, "anna");
	int64_t now = date_now();
	char title[8];

	for (int i = 0; i < 2 * LIMIT_NEWEST; i++) {
		snprintf(title, sizeof title, "p%d", i);
		write_post(h, site, title, now - i * HOUR);
	}
	write_only(h, site, "old", now - 1000 * HOUR);
	assert_int_equal(next_due(h), 0);
	site_unref(site);
}

static void work_of_a_site_that_is_not_there_is_forgotten(void **state)
{
	struct host *h = *state;
	struct fail f = FAIL_INIT;

	assert_ok(mark_set(h->registry, 4711, DUE_NEWS, false, &f), &f);
	assert_ok(publish_due(h, date_now() + 60, &f), &f);
	assert_int_equal(next_due(h), 0);
}

static const char *text_in(struct arena *a, const struct site *site)
{
	const char *path = path_join(a, site->dir, STR("left.md"));
	struct fail f = FAIL_INIT;

	assert_ok(dir_make(site->dir, &f) && file_write(path, STR("text"), false, &f), &f);
	return path;
}

/* As if the one who purged it had been killed before, or in the midst of, removing its folder. */
static void the_rest_of_a_purged_site_goes_later(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct host *h = *state;
	struct site *gone = app_test_site(h, "anna"), *stays = app_test_site(h, "berta");
	const char *texts[] = { text_in(a, gone), text_in(a, stays) };
	int64_t now = date_now();
	struct fail f = FAIL_INIT;
	uint64_t id;

	assert_ok(manage_delete(h->registry, gone->name, &f), &f);
	assert_ok(manage_purge(h->registry, gone->name, 30, true, &id, &f), &f);
	assert_true(file_exists(texts[0]));
	assert_ok(mark_set(h->registry, stays->id, DUE_REMOVE, false, &f), &f);
	assert_ok(publish_due(h, now + 120, &f), &f);
	assert_false(file_is_dir(gone->dir));
	assert_true(file_exists(texts[1]));
	assert_int_equal(next_due(h), 0);
	site_unref(gone);
	site_unref(stays);
}

static void a_purge_leaves_nothing_to_do(void **state)
{
	struct host *h = *state;
	struct site *site = app_test_site(h, "anna");
	struct fail f = FAIL_INIT;

	assert_ok(manage_delete(h->registry, site->name, &f), &f);
	assert_ok(purge_site(h, site->name, 30, true, &f), &f);
	assert_false(file_is_dir(site->dir));
	assert_int_equal(next_due(h), 0);
	site_unref(site);
}

int publish_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_OPEN_HOST(a_post_comes_out_at_its_time_and_not_before),
		ON_OPEN_HOST(a_setting_and_the_lists_that_depend_on_it_change_at_once),
		ON_OPEN_HOST(a_title_that_host_db_did_not_get_is_copied_later),
		ON_OPEN_HOST(posts_that_host_db_did_not_get_are_copied_later),
		ON_OPEN_HOST(a_post_that_is_not_among_the_newest_leaves_no_mark),
		ON_OPEN_HOST(work_of_a_site_that_is_not_there_is_forgotten),
		ON_OPEN_HOST(the_rest_of_a_purged_site_goes_later),
		ON_OPEN_HOST(a_purge_leaves_nothing_to_do),
		ON_OPEN_HOST(a_damaged_site_does_not_keep_the_others_waiting),
	};

	return cmocka_run_group_tests_name("publish", tests, NULL, NULL);
}
