/* bulk_test.c - much work on one handle (db_bulk()), and the larger pages that it wants. */
#include "store/store_test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include "base/file.h"
#include "store/lite.h"

enum { BULK_COMMITS = 40, BULK_POSTS = 300 };

/* Titles long enough that the log is written back in between, in some of the commits. */
static void add_many(struct db *db, int64_t from, bool commit)
{
	static char title[4096];
	struct fail f = FAIL_INIT;
	struct tx *tx;

	memset(title, 'x', sizeof title - 1);
	assert_ok(tx_begin(db, TX_WRITE, &tx, &f), &f);
	for (int64_t i = 0; i < BULK_POSTS; i++) {
		title[snprintf(title, 24, "%lld", (long long)(from + i))] = ' ';
		store_test_add_in(tx, from + i, title);
	}
	if (commit)
		assert_ok(tx_commit(tx, &f), &f);
	else
		assert_false(tx_commit(tx, &f));
}

static int64_t number(struct db *db, const char *sql)
{
	struct fail f = FAIL_INIT;
	int64_t n = 0;

	assert_ok(lite_number(db, sql, &n, &f), &f);
	return n;
}

static bool has_log(const struct bench *b)
{
	char log[sizeof b->db_path + 4];

	snprintf(log, sizeof log, "%s-wal", b->db_path);
	return file_exists(log);
}

static void a_small_database_gets_larger_pages(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	store_test_add(db, 1, "rain");
	assert_ok(db_widen(db, &f), &f);
	assert_int_equal(number(db, "PRAGMA page_size"), 8192);
	store_test_add(db, 2, "wind");
	assert_int_equal(store_test_posts(db), 2);
	assert_true(has_log(&b));
	add_many(db, 1000, true);
	assert_ok(db_widen(db, &f), &f);
	db_bulk(db, true);
	add_many(db, 5000, true);
	db_bulk(db, false);
	assert_ok(db_check(db, &f), &f);
	db_close(db);
	store_test_teardown(&b);
}

static void pages_stay_as_they_are_where_somebody_has_the_file(void **state)
{
	struct fail f = FAIL_INIT;
	struct db *db, *other;
	struct bench b;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	other = store_test_open(&b);
	store_test_add(other, 1, "rain");
	assert_ok(db_widen(db, &f), &f);
	assert_int_equal(number(db, "PRAGMA page_size"), 2048);
	store_test_add(db, 2, "wind");
	assert_int_equal(store_test_posts(other), 2);
	assert_true(has_log(&b));
	db_close(other);
	db_close(db);
	store_test_teardown(&b);
}

static void what_bulk_work_committed_is_seen_at_once_and_kept(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db, *other, *old;
	struct tx *reading;
	int64_t seen;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	other = store_test_open(&b);
	old = store_test_open(&b);
	db_bulk(db, true);
	for (int i = 0; i < BULK_COMMITS; i++) {
		/* Somebody reads on: the log is written back in part only. */
		if (i == 12)
			assert_ok(tx_begin(old, TX_READ, &reading, &f), &f);
		if (i == 12)
			assert_ok(tx_number(reading, &STORE_TEST_COUNT, &seen, &f, ""), &f);
		add_many(db, 1 + (int64_t)i * BULK_POSTS, true);
		assert_int_equal(store_test_posts(other), (i + 1) * BULK_POSTS);
		if (i % 4 == 3)
			assert_ok(db_check(other, &f), &f);
	}
	assert_ok(db_sync(db, &f), &f);
	db_bulk(db, false);
	assert_ok(db_check(other, &f), &f);
	assert_ok(tx_number(reading, &STORE_TEST_COUNT, &seen, &f, ""), &f);
	assert_int_equal(seen, 12 * BULK_POSTS);
	tx_rollback(reading);
	add_many(db, 100000, true);
	assert_ok(db_check(other, &f), &f);
	db_close(db);
	db_close(other);
	db_close(old);
	db = store_test_open(&b);
	assert_int_equal(store_test_posts(db), (BULK_COMMITS + 1) * BULK_POSTS);
	assert_ok(db_check(db, &f), &f);
	db_close(db);
	store_test_teardown(&b);
}

/* While bulk work goes on it is written over; then it is cut, for it is as long as its file. */
static void the_log_of_bulk_work_does_not_stay(void **state)
{
	char wal[128];
	struct fail f = FAIL_INIT;
	struct stat st;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	snprintf(wal, sizeof wal, "%s-wal", db_path(db));
	db_bulk(db, true);
	for (int i = 0; i < 4; i++)
		add_many(db, 1 + (int64_t)i * BULK_POSTS, true);
	assert_ok(db_sync(db, &f), &f);
	db_bulk(db, false);
	assert_int_equal(stat(wal, &st), 0);
	assert_true(st.st_size > 1 << 20);
	store_test_add(db, 100000, "rain");
	assert_int_equal(stat(wal, &st), 0);
	assert_true(st.st_size <= 1 << 16);
	db_close(db);
	store_test_teardown(&b);
}

/* The log may not grow: the commit fails, and what comes later does not meet its remains. */
static void a_bulk_commit_without_room_fails_whole(void **state)
{
	struct rlimit whole, small;
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &whole), 0);
	db_bulk(db, true);
	add_many(db, 1, true);
	small = whole;
	small.rlim_cur = 2 << 20;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	add_many(db, 1000, false);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &whole), 0);
	assert_int_equal(store_test_posts(db), BULK_POSTS);
	add_many(db, 2000, true);
	db_bulk(db, false);
	assert_int_equal(store_test_posts(db), 2 * BULK_POSTS);
	db_close(db);
	db = store_test_open(&b);
	assert_int_equal(store_test_posts(db), 2 * BULK_POSTS);
	assert_ok(db_check(db, &f), &f);
	db_close(db);
	store_test_teardown(&b);
}

int bulk_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_database_gets_larger_pages),
		cmocka_unit_test(pages_stay_as_they_are_where_somebody_has_the_file),
		cmocka_unit_test(what_bulk_work_committed_is_seen_at_once_and_kept),
		cmocka_unit_test(the_log_of_bulk_work_does_not_stay),
		cmocka_unit_test(a_bulk_commit_without_room_fails_whole),
	};

	return cmocka_run_group_tests_name("store/bulk", tests, NULL, NULL);
}
