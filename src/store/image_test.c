/* image_test.c - databases in memory: what is written to them, undone, and cast into a file. */
#include "store/store_test.h"

#include <stdio.h>
#include "base/file.h"
#include "store/image.h"
#include "store/lite.h"

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
		assert_int_equal(store_test_posts(db), 0);
		store_test_add(db, 1, "rain");
		write_note(db, 1, "hail and sleet", true);
		write_note(db, 2, "hail", false);
		assert_int_equal(store_test_posts(db), 1);
		assert_int_equal(found(db, "hail"), 1);
		db_undo(db);
		assert_int_equal(store_test_posts(db), 0);
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
	assert_int_equal(store_test_posts(db), 1);
	assert_int_equal(found(db, "hail"), 1);
	assert_ok(db_check(db, &f), &f);
	store_test_add(db, 2, "snow");
	assert_true(file_exists(strcat(path, "-wal")));
	db_close(db);
	store_test_teardown(&b);
}

int image_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_held_database_commits_is_there_until_it_is_undone),
		cmocka_unit_test(what_a_held_database_lost_is_a_failure),
		cmocka_unit_test(an_image_is_a_whole_database),
	};

	return cmocka_run_group_tests_name("store/image", tests, NULL, NULL);
}
