/* db_test.c - opening, damaged and full: what a file on disk may do to us. */
#include "store/store_test.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"
#include "work/thread.h"

static void a_missing_database_is_not_found(void **state)
{
	struct db_config c = { .path = "/tmp/there-is-no-such/site.db" };
	struct fail f = FAIL_INIT;
	struct db *db = NULL;

	(void)state;
	assert_fails(db_open(&c, &db, &f), &f, FAIL_NOT_FOUND);
	assert_null(db);
}

static void what_was_committed_is_there_when_opened_again(void **state)
{
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	store_test_add(db, 1, "rain");
	db_close(db);
	db = store_test_open(&b);
	assert_int_equal(store_test_posts(db), 1);
	db_close(db);
	store_test_teardown(&b);
}

static void an_empty_site_is_small_and_leaves_no_log(void **state)
{
	char wal[128];
	struct stat st;
	struct bench b;

	(void)state;
	store_test_setup(&b);
	db_close(store_test_open(&b));
	assert_int_equal(stat(b.db_path, &st), 0);
	assert_true(st.st_size < 32 * 1024);
	snprintf(wal, sizeof wal, "%s-wal", b.db_path);
	assert_false(file_exists(wal));
	store_test_teardown(&b);
}

/* Overwrites the file from `from` on with what no page is. */
static void damage(const char *path, off_t from)
{
	char junk[8192];
	struct stat st;
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	memset(junk, 0x5a, sizeof junk);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	for (; from < st.st_size; from += (off_t)sizeof junk)
		assert_true(pwrite(fd, junk, sizeof junk, from) > 0);
	close(fd);
}

static void a_damaged_file_is_a_failure_and_no_crash(void **state)
{
	struct db_config c;
	struct fail f = FAIL_INIT;
	struct db *db;
	struct bench b;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	for (int i = 0; i < 200; i++)
		store_test_add(db, i,
			       (char[]){ 't', (char)('a' + i % 26), (char)('a' + i / 26), 0 });
	db_close(db);
	damage(b.db_path, 4096);
	db = store_test_open(&b);
	assert_fails(db_check(db, &f), &f, FAIL_CORRUPT);
	db_close(db);

	damage(b.db_path, 0);
	c = (struct db_config){ .path = b.db_path };
	db = NULL;
	assert_fails(db_open(&c, &db, &f), &f, FAIL_CORRUPT);
	assert_null(db);
	store_test_teardown(&b);
}

static void a_sound_file_passes_the_check(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	store_test_add(db, 1, "rain");
	assert_ok(db_check(db, &f), &f);
	db_close(db);
	store_test_teardown(&b);
}

static void two_handles_see_each_others_commits(void **state)
{
	struct bench b;
	struct db *one, *two;

	(void)state;
	store_test_setup(&b);
	one = store_test_open(&b);
	two = store_test_open(&b);
	store_test_add(one, 1, "rain");
	assert_int_equal(store_test_posts(two), 1);
	store_test_add(two, 2, "snow");
	assert_int_equal(store_test_posts(one), 2);
	db_close(one);
	db_close(two);
	store_test_teardown(&b);
}

static atomic_bool told;

static void write_until_told(void *arg)
{
	struct bench *b = arg;
	struct db *db = store_test_open(b);
	char title[24];

	for (int i = 1; !atomic_load(&told); i++) {
		snprintf(title, sizeof title, "%d", i);
		store_test_add(db, i, title);
		nanosleep(&(struct timespec){ .tv_nsec = 1000 * 1000 }, NULL);
	}
	db_close(db);
}

static void what_others_write_does_not_disturb_the_check(void **state)
{
	struct fail f = FAIL_INIT;
	struct thread *t;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = store_test_open(&b);
	atomic_store(&told, false);
	assert_ok(thread_start("write", write_until_told, &b, &t, &f), &f);
	for (int i = 0; i < 20; i++)
		assert_ok(db_check(db, &f), &f);
	atomic_store(&told, true);
	thread_join(t);
	db_close(db);
	store_test_teardown(&b);
}

int db_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_missing_database_is_not_found),
		cmocka_unit_test(what_was_committed_is_there_when_opened_again),
		cmocka_unit_test(an_empty_site_is_small_and_leaves_no_log),
		cmocka_unit_test(a_damaged_file_is_a_failure_and_no_crash),
		cmocka_unit_test(a_sound_file_passes_the_check),
		cmocka_unit_test(two_handles_see_each_others_commits),
		cmocka_unit_test(what_others_write_does_not_disturb_the_check),
	};

	return cmocka_run_group_tests_name("store/db", tests, NULL, NULL);
}
