/* tx_test.c - statements in transactions, and how transactions end. */
#include "store/tx_test.h"

const struct query TX_TEST_TITLE_OF = {
	.sql = "SELECT title FROM post WHERE id = ?1", .reads = {{ GEN_POST, 1 }},
};
const struct query TX_TEST_ALL = {
	.sql = "SELECT id, title FROM post ORDER BY id", .reads = {{ GEN_POSTS }},
};
const struct query TX_TEST_RENAME = {
	.sql = "UPDATE post SET title = ?2 WHERE id = ?1", .writes = {{ GEN_POST, 1 }},
};
const struct query TX_TEST_ADD_TAG = {
	.sql = "INSERT INTO tag(post_id, name) VALUES(?1, ?2)", .writes = {{ GEN_TAG, 2 }},
};
static const struct query COUNT_META = { .sql = "SELECT count(*) FROM meta" };
static const struct query VALUES = { .sql = "SELECT ?1, ?2, ?3, ?4, ?5" };
static const struct query ADD_NOTE = {
	.sql = "INSERT INTO note(id, title) VALUES(?1, ?2)", .writes = {{ GEN_TEXT }},
};
static const struct query ADD_TEXT = {
	.sql = "INSERT INTO note_text(rowid, title) VALUES(?1, ?2)", .writes = {{ GEN_TEXT }},
};
static const struct query SEARCH = {
	.sql = "SELECT rowid, highlight(note_text, 0, '<', '>') FROM note_text"
	       " WHERE note_text MATCH ?1 ORDER BY rank",
	.reads = {{ GEN_TEXT }},
};
static const struct query FEW_PAGES = { .sql = "PRAGMA max_page_count = 20" };
static const struct query FILL = {
	.sql = "UPDATE post SET body = zeroblob(100000) WHERE id = ?1", .writes = {{ GEN_POST, 1 }},
};
#ifdef HAMEAU_DEBUG
static const struct query SECRET_READ = {
	.sql = "SELECT t.name FROM post p JOIN tag t ON t.post_id = p.id WHERE p.id = ?1",
	.reads = {{ GEN_POST, 1 }},
};
static const struct query SECRET_WRITE = {
	.sql = "DELETE FROM tag WHERE post_id = ?1", .writes = {{ GEN_POST, 1 }},
};
#endif

int tx_test_setup(void **state)
{
	static struct tx_test x;

	store_test_setup(&x.bench);
	x.db = store_test_open(&x.bench);
	store_test_add(x.db, 1, "rain");
	store_test_add(x.db, 2, "snow");
	*state = &x;
	return 0;
}

int tx_test_teardown(void **state)
{
	struct tx_test *x = *state;

	db_close(x->db);
	store_test_teardown(&x->bench);
	return 0;
}

struct tx *tx_test_begin(struct tx_test *x, enum tx_kind kind)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = NULL;

	assert_ok(tx_begin(x->db, kind, &tx, &f), &f);
	return tx;
}

void tx_test_title(struct tx *tx, int64_t id, const char *expected)
{
	struct fail f = FAIL_INIT;
	struct row *row = tx_run(tx, &TX_TEST_TITLE_OF, &f, "i", id);

	assert_non_null(row);
	assert_true(row_next(row));
	assert_str_eq(row_str(row, 0), str_of(expected));
	assert_ok(row_end(row, &f), &f);
}

void tx_test_rename(struct tx_test *x, int64_t id, const char *title)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_WRITE);

	assert_ok(tx_exec(tx, &TX_TEST_RENAME, &f, "is", id, str_of(title)), &f);
	assert_int_equal(tx_changes(tx), 1);
	assert_ok(tx_commit(tx, &f), &f);
}

static void values_come_back_as_they_were_given(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(*state, TX_READ);
	struct row *row = tx_run(tx, &VALUES, &f, "isbSd", INT64_MIN, STR(""), STR("a\0b"),
				 STR_NONE, -3);

	assert_non_null(row);
	assert_true(row_next(row));
	assert_true(row_i64(row, 0) == INT64_MIN);
	assert_non_null(row_str(row, 1).p);
	assert_str_eq(row_str(row, 2), STR("a\0b"));
	assert_null(row_str(row, 3).p);
	assert_int_equal(row_int(row, 4), -3);
	assert_false(row_next(row));
	assert_false(row_next(row));
	assert_ok(row_end(row, &f), &f);
	tx_rollback(tx);
}

static void a_wrong_number_of_values_is_a_bug(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(*state, TX_READ);

	assert_null(tx_run(tx, &TX_TEST_TITLE_OF, &f, ""));
	assert_int_equal(f.code, FAIL_BUG);
	tx_rollback(tx);
}

static void writing_needs_a_write_transaction(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(*state, TX_READ);

	assert_fails(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)1, STR("x")), &f, FAIL_BUG);
	tx_rollback(tx);
}

static void a_query_may_run_inside_itself(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(*state, TX_READ);
	struct row *outer = tx_run(tx, &TX_TEST_ALL, &f, "");
	int n = 0;

	while (row_next(outer)) {
		struct row *inner = tx_run(tx, &TX_TEST_ALL, &f, "");

		while (row_next(inner))
			n++;
		assert_ok(row_end(inner, &f), &f);
	}
	assert_ok(row_end(outer, &f), &f);
	assert_int_equal(n, 4);
	tx_rollback(tx);
}

static void rows_that_were_left_open_end_with_the_transaction(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_READ);

	assert_true(row_next(tx_run(tx, &TX_TEST_ALL, &f, "")));
	assert_true(row_next(tx_run(tx, &TX_TEST_ALL, &f, "")));
	tx_rollback(tx);
	tx_test_rename(x, 1, "hail");
}

static void a_rollback_leaves_nothing(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_WRITE);

	assert_ok(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	tx_rollback(tx);
	tx = tx_test_begin(x, TX_READ);
	tx_test_title(tx, 1, "rain");
	tx_rollback(tx);
}

static void a_part_fails_alone(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_WRITE);

	assert_ok(tx_part_begin(tx, &f), &f);
	assert_ok(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	assert_ok(tx_part_keep(tx, &f), &f);
	assert_ok(tx_part_begin(tx, &f), &f);
	assert_ok(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)2, STR("fog")), &f);
	tx_part_drop(tx);
	assert_ok(tx_commit(tx, &f), &f);
	tx = tx_test_begin(x, TX_READ);
	tx_test_title(tx, 1, "hail");
	tx_test_title(tx, 2, "snow");
	tx_rollback(tx);
}

static void a_broken_rule_is_a_conflict(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_WRITE);

	assert_fails(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)1, STR("snow")), &f,
		     FAIL_CONFLICT);
	assert_fails(tx_exec(tx, &TX_TEST_ADD_TAG, &f, "is", (int64_t)9, STR("x")), &f,
		     FAIL_CONFLICT);
	tx_rollback(tx);
}

static void more_queries_than_places_all_work(void **state)
{
	static struct query many[100];
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(*state, TX_READ);
	int64_t n;

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < ARRAY_LEN(many); i++) {
			many[i] = COUNT_META;
			assert_ok(tx_number(tx, &many[i], &n, &f, ""), &f);
		}
	}
	tx_rollback(tx);
}

static void what_a_query_does_not_declare_it_may_not_touch(void **state)
{
#ifdef HAMEAU_DEBUG
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(*state, TX_WRITE);

	assert_null(tx_run(tx, &SECRET_READ, &f, "i", (int64_t)1));
	assert_int_equal(f.code, FAIL_BUG);
	assert_fails(tx_exec(tx, &SECRET_WRITE, &f, "i", (int64_t)1), &f, FAIL_BUG);
	tx_rollback(tx);
#else
	(void)state;
#endif
}

/* In debug builds the proof must let the index reach its own tables. */
static void text_is_found_and_the_check_looks_at_its_index(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_WRITE);
	struct row *row;

	assert_ok(tx_exec(tx, &ADD_NOTE, &f, "is", (int64_t)1, STR("rain")), &f);
	assert_ok(tx_exec(tx, &ADD_TEXT, &f, "is", (int64_t)1, STR("rain")), &f);
	assert_ok(tx_commit(tx, &f), &f);
	tx = tx_test_begin(x, TX_READ);
	row = tx_run(tx, &SEARCH, &f, "s", STR("rain"));
	assert_non_null(row);
	assert_true(row_next(row));
	assert_str_eq(row_str(row, 1), STR("<rain>"));
	assert_false(row_next(row));
	assert_ok(row_end(row, &f), &f);
	tx_rollback(tx);
	assert_ok(db_check(x->db, &f), &f);

	tx = tx_test_begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &ADD_TEXT, &f, "is", (int64_t)2, STR("not what it says")), &f);
	assert_ok(tx_commit(tx, &f), &f);
	assert_fails(db_check(x->db, &f), &f, FAIL_CORRUPT);
}

static void a_full_database_is_a_quota_and_undoes_all(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_READ);
	int64_t n;

	assert_ok(tx_number(tx, &FEW_PAGES, &n, &f, ""), &f);
	tx_rollback(tx);
	tx = tx_test_begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	assert_fails(tx_exec(tx, &FILL, &f, "i", (int64_t)1), &f, FAIL_QUOTA);
	tx_rollback(tx);
	tx = tx_test_begin(x, TX_READ);
	tx_test_title(tx, 1, "rain");
	tx_rollback(tx);
}

static void a_key_names_its_values_in_their_order(void **state)
{
	(void)state;
	assert_true(query_key("") == 0);
	assert_true(query_key("i", (int64_t)5) == query_key("d", 5));
	assert_false(query_key("dd", 1, 2) == query_key("dd", 2, 1));
	assert_false(query_key("d", 1) == query_key("dd", 1, 1));
}

int tx_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_POSTS(values_come_back_as_they_were_given),
		WITH_POSTS(a_wrong_number_of_values_is_a_bug),
		WITH_POSTS(writing_needs_a_write_transaction),
		WITH_POSTS(a_query_may_run_inside_itself),
		WITH_POSTS(rows_that_were_left_open_end_with_the_transaction),
		WITH_POSTS(a_rollback_leaves_nothing),
		WITH_POSTS(a_part_fails_alone),
		WITH_POSTS(a_broken_rule_is_a_conflict),
		WITH_POSTS(more_queries_than_places_all_work),
		WITH_POSTS(what_a_query_does_not_declare_it_may_not_touch),
		WITH_POSTS(text_is_found_and_the_check_looks_at_its_index),
		WITH_POSTS(a_full_database_is_a_quota_and_undoes_all),
		cmocka_unit_test(a_key_names_its_values_in_their_order),
	};

	return cmocka_run_group_tests_name("store/tx", tests, NULL, NULL);
}
