/* store_test.c - the unit tests of store/ and what they share. */
#include "store/store_test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"

const struct gen_tables store_test_tables[] = {
	{ GEN_POST, "post" },
	{ GEN_POSTS, "post" },
	{ GEN_TAG, "tag" },
	{ GEN_TEXT, "note note_text" },
	{ GEN_EPOCH, "meta" },
	{ 0, NULL },
};

const struct schema_step store_test_steps[] = {
	{ .sql = "CREATE TABLE post(id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE,"
		 " body BLOB) STRICT;"
		 "CREATE TABLE tag(post_id INTEGER NOT NULL REFERENCES post(id) ON DELETE CASCADE,"
		 " name TEXT NOT NULL, PRIMARY KEY(post_id, name)) STRICT, WITHOUT ROWID;"
		 "CREATE TABLE note(id INTEGER PRIMARY KEY, title TEXT) STRICT;"
		 "CREATE VIRTUAL TABLE note_text USING fts5(title, content='note',"
		 " content_rowid='id');"
		 "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER) STRICT;" },
	{ .sql = NULL },
};

static const struct query ADD_POST = {
	.sql = "INSERT INTO post(id, title) VALUES(?1, ?2)",
	.writes = {{ GEN_POST, 1 }, { GEN_POSTS }},
};

void store_test_setup(struct bench *b)
{
	struct fail f = FAIL_INIT;

	snprintf(b->dir, sizeof b->dir, "%s", "/tmp/hameau-store-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->db_path, sizeof b->db_path, "%s/site.db", b->dir);
	snprintf(b->gens_path, sizeof b->gens_path, "%s/gens", b->dir);
	assert_ok(gens_open(b->gens_path, &b->gens, &f), &f);
}

void store_test_teardown(struct bench *b)
{
	struct fail f = FAIL_INIT;

	gens_close(b->gens);
	assert_ok(dir_remove(b->dir, &f), &f);
}

struct db *store_test_open(struct bench *b)
{
	struct db_config c = {
		.path = b->db_path, .create = true, .gens = b->gens, .site = 7,
		.tables = store_test_tables,
	};
	struct fail f = FAIL_INIT;
	struct db *db = NULL;

	assert_ok(db_open(&c, &db, &f), &f);
	assert_ok(schema_apply(db, store_test_steps, &f), &f);
	return db;
}

void store_test_add_in(struct tx *tx, int64_t id, const char *title)
{
	struct fail f = FAIL_INIT;

	assert_ok(tx_exec(tx, &ADD_POST, &f, "is", id, str_of(title)), &f);
}

void store_test_add(struct db *db, int64_t id, const char *title)
{
	struct fail f = FAIL_INIT;
	struct tx *tx;

	assert_ok(tx_begin(db, TX_WRITE, &tx, &f), &f);
	store_test_add_in(tx, id, title);
	assert_ok(tx_commit(tx, &f), &f);
}

const struct query STORE_TEST_COUNT = {
	.sql = "SELECT count(*) FROM post", .reads = {{ GEN_POSTS }},
};

int64_t store_test_posts(struct db *db)
{
	struct fail f = FAIL_INIT;
	struct tx *tx;
	int64_t n;

	assert_ok(tx_begin(db, TX_READ, &tx, &f), &f);
	assert_ok(tx_number(tx, &STORE_TEST_COUNT, &n, &f, ""), &f);
	tx_rollback(tx);
	return n;
}

int main(void)
{
	db_init();
	return db_tests() + bulk_tests() + image_tests() + tx_tests() + tx_deps_tests()
		+ schema_tests() + handles_tests() + tokens_tests() + checkpoint_tests()
		+ truth_tests();
}
