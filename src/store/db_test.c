/* db_test.c - opening, damaged and full: what a file on disk may do to us. */
#include "store/store_test.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"
#include "store/image.h"
#include "store/lite.h"
#include "work/thread.h"

static const struct query COUNT = {
	.sql = "SELECT count(*) FROM post", .reads = {{ GEN_POSTS }},
};

static int64_t posts_of(struct db *db)
{
	struct fail f = FAIL_INIT;
	struct tx *tx;
	int64_t n;

	assert_ok(tx_begin(db, TX_READ, &tx, &f), &f);
	assert_ok(tx_number(tx, &COUNT, &n, &f, ""), &f);
	tx_rollback(tx);
	return n;
}

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
	assert_int_equal(posts_of(db), 1);
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

static const struct query ADD_NOTE = {
	.sql = "INSERT INTO note(id, title) VALUES(?1, ?2)", .writes = {{ GEN_TEXT }},
};
static const struct query ADD_TEXT = {
	.sql = "INSERT INTO note_text(rowid, title) VALUES(?1, ?2)", .writes = {{ GEN_TEXT }},
};
static const struct query SEARCH = {
	.sql = "SELECT count(*) FROM note_text WHERE note_text MATCH ?1", .reads = {{ GEN_TEXT }},
};

static int64_t found(struct db *db, const char *word)
{
	struct fail f = FAIL_INIT;
	int64_t n = -1;
	struct tx *tx;

	assert_ok(tx_begin(db, TX_READ, &tx, &f), &f);
	assert_ok(tx_number(tx, &SEARCH, &n, &f, "s", str_of(word)), &f);
	tx_rollback(tx);
	return n;
}

static void write_note(struct db *db, int64_t id, const char *title, bool keep)
{
	struct fail f = FAIL_INIT;
	struct tx *tx;

	assert_ok(tx_begin(db, TX_WRITE, &tx, &f), &f);
	assert_ok(tx_exec(tx, &ADD_NOTE, &f, "is", id, str_of(title)), &f);
	assert_ok(tx_exec(tx, &ADD_TEXT, &f, "is", id, str_of(title)), &f);
	if (keep)
		assert_ok(tx_commit(tx, &f), &f);
	else
		tx_rollback(tx);
}

static struct db *open_in_memory(void)
{
	struct db_config c = { .path = IMAGE_MEMORY, .create = true };
	struct fail f = FAIL_INIT;
	struct db *db;

	assert_ok(db_open(&c, &db, &f), &f);
	assert_ok(schema_apply(db, store_test_steps, &f), &f);
	return db;
}

static void what_a_held_database_commits_is_there_until_it_is_undone(void **state)
{
	struct db *db = open_in_memory();
	struct fail f = FAIL_INIT;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_ok(db_hold(db, &f), &f);
		assert_int_equal(posts_of(db), 0);
		store_test_add(db, 1, "rain");
		write_note(db, 1, "hail and sleet", true);
		write_note(db, 2, "hail", false);
		assert_int_equal(posts_of(db), 1);
		assert_int_equal(found(db, "hail"), 1);
		db_undo(db);
		assert_int_equal(posts_of(db), 0);
		assert_int_equal(found(db, "hail"), 0);
	}
	assert_ok(db_check(db, &f), &f);
	db_close(db);
}

static void what_a_held_database_lost_is_a_failure(void **state)
{
	struct db *db = open_in_memory();
	struct fail f = FAIL_INIT;
	struct tx *tx;

	(void)state;
	assert_ok(db_hold(db, &f), &f);
	assert_int_equal(sqlite3_exec(db->lite, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	assert_fails(tx_begin(db, TX_WRITE, &tx, &f), &f, FAIL_IO);
	db_undo(db);
	assert_ok(db_hold(db, &f), &f);
	store_test_add(db, 1, "rain");
	db_undo(db);
	db_close(db);
}

/* The schema, and what was written while it was held, the full text index too. */
static void an_image_is_a_whole_database(void **state)
{
	struct fail f = FAIL_INIT;
	char path[128];
	struct bench b;
	struct db *db = open_in_memory();

	(void)state;
	store_test_setup(&b);
	for (int i = 0; i < 2; i++) {
		assert_ok(db_hold(db, &f), &f);
		store_test_add(db, 1, "rain");
		write_note(db, 7, "hail", true);
		snprintf(path, sizeof path, "%s/image%d.db", b.dir, i);
		assert_ok(image_write(db, path, i, &f), &f);
		db_undo(db);
	}
	db_close(db);
	snprintf(b.db_path, sizeof b.db_path, "%s/image1.db", b.dir);
	db = store_test_open(&b);
	assert_int_equal(posts_of(db), 1);
	assert_int_equal(found(db, "hail"), 1);
	assert_ok(db_check(db, &f), &f);
	store_test_add(db, 2, "snow");
	assert_true(file_exists(strcat(path, "-wal")));
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
	assert_int_equal(posts_of(two), 1);
	store_test_add(two, 2, "snow");
	assert_int_equal(posts_of(one), 2);
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
	assert_int_equal(posts_of(db), 2);
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
	assert_int_equal(posts_of(other), 2);
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
			assert_ok(tx_number(reading, &COUNT, &seen, &f, ""), &f);
		add_many(db, 1 + (int64_t)i * BULK_POSTS, true);
		assert_int_equal(posts_of(other), (i + 1) * BULK_POSTS);
		if (i % 4 == 3)
			assert_ok(db_check(other, &f), &f);
	}
	assert_ok(db_sync(db, &f), &f);
	db_bulk(db, false);
	assert_ok(db_check(other, &f), &f);
	assert_ok(tx_number(reading, &COUNT, &seen, &f, ""), &f);
	assert_int_equal(seen, 12 * BULK_POSTS);
	tx_rollback(reading);
	add_many(db, 100000, true);
	assert_ok(db_check(other, &f), &f);
	db_close(db);
	db_close(other);
	db_close(old);
	db = store_test_open(&b);
	assert_int_equal(posts_of(db), (BULK_COMMITS + 1) * BULK_POSTS);
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
	assert_int_equal(posts_of(db), BULK_POSTS);
	add_many(db, 2000, true);
	db_bulk(db, false);
	assert_int_equal(posts_of(db), 2 * BULK_POSTS);
	db_close(db);
	db = store_test_open(&b);
	assert_int_equal(posts_of(db), 2 * BULK_POSTS);
	assert_ok(db_check(db, &f), &f);
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
		cmocka_unit_test(what_a_held_database_commits_is_there_until_it_is_undone),
		cmocka_unit_test(what_a_held_database_lost_is_a_failure),
		cmocka_unit_test(an_image_is_a_whole_database),
		cmocka_unit_test(two_handles_see_each_others_commits),
		cmocka_unit_test(what_others_write_does_not_disturb_the_check),
		cmocka_unit_test(a_small_database_gets_larger_pages),
		cmocka_unit_test(pages_stay_as_they_are_where_somebody_has_the_file),
		cmocka_unit_test(what_bulk_work_committed_is_seen_at_once_and_kept),
		cmocka_unit_test(the_log_of_bulk_work_does_not_stay),
		cmocka_unit_test(a_bulk_commit_without_room_fails_whole),
	};

	return cmocka_run_group_tests_name("store/db", tests, NULL, NULL);
}
