/* tx_test.c - transactions know what they read and tell what they wrote. */
#include "base/arena.h"
#include "base/limits.h"
#include "store/store_test.h"

static const struct query TITLE_OF = {
	.sql = "SELECT title FROM post WHERE id = ?1", .reads = {{ GEN_POST, 1 }},
};
static const struct query ALL_POSTS = {
	.sql = "SELECT id, title FROM post ORDER BY id", .reads = {{ GEN_POSTS }},
};
static const struct query RENAME = {
	.sql = "UPDATE post SET title = ?2 WHERE id = ?1", .writes = {{ GEN_POST, 1 }},
};
static const struct query ADD_TAG = {
	.sql = "INSERT INTO tag(post_id, name) VALUES(?1, ?2)", .writes = {{ GEN_TAG, 2 }},
};
static const struct query TAGGED = {
	.sql = "SELECT count(*) FROM tag WHERE name = ?1", .reads = {{ GEN_TAG, 1 }},
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

struct fixture {
	struct bench bench;
	struct db *db;
};

static int setup(void **state)
{
	static struct fixture x;

	store_test_setup(&x.bench);
	x.db = store_test_open(&x.bench);
	store_test_add(x.db, 1, "rain");
	store_test_add(x.db, 2, "snow");
	*state = &x;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *x = *state;

	db_close(x->db);
	store_test_teardown(&x->bench);
	return 0;
}

static struct tx *begin(struct fixture *x, enum tx_kind kind)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = NULL;

	assert_ok(tx_begin(x->db, kind, &tx, &f), &f);
	return tx;
}

static void read_title(struct tx *tx, int64_t id, const char *expected)
{
	struct fail f = FAIL_INIT;
	struct row *row = tx_run(tx, &TITLE_OF, &f, "i", id);

	assert_non_null(row);
	assert_true(row_next(row));
	assert_str_eq(row_str(row, 0), str_of(expected));
	assert_ok(row_end(row, &f), &f);
}

static void rename_post(struct fixture *x, int64_t id, const char *title)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_WRITE);

	assert_ok(tx_exec(tx, &RENAME, &f, "is", id, str_of(title)), &f);
	assert_int_equal(tx_changes(tx), 1);
	assert_ok(tx_commit(tx, &f), &f);
}

static void values_come_back_as_they_were_given(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(*state, TX_READ);
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
	struct tx *tx = begin(*state, TX_READ);

	assert_null(tx_run(tx, &TITLE_OF, &f, ""));
	assert_int_equal(f.code, FAIL_BUG);
	tx_rollback(tx);
}

static void writing_needs_a_write_transaction(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(*state, TX_READ);

	assert_fails(tx_exec(tx, &RENAME, &f, "is", (int64_t)1, STR("x")), &f, FAIL_BUG);
	tx_rollback(tx);
}

static void a_query_may_run_inside_itself(void **state)
{
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(*state, TX_READ);
	struct row *outer = tx_run(tx, &ALL_POSTS, &f, "");
	int n = 0;

	while (row_next(outer)) {
		struct row *inner = tx_run(tx, &ALL_POSTS, &f, "");

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
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_READ);

	assert_true(row_next(tx_run(tx, &ALL_POSTS, &f, "")));
	assert_true(row_next(tx_run(tx, &ALL_POSTS, &f, "")));
	tx_rollback(tx);
	rename_post(x, 1, "hail");
}

static void a_rollback_leaves_nothing(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_WRITE);

	assert_ok(tx_exec(tx, &RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	tx_rollback(tx);
	tx = begin(x, TX_READ);
	read_title(tx, 1, "rain");
	tx_rollback(tx);
}

static void a_part_fails_alone(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_WRITE);

	assert_ok(tx_part_begin(tx, &f), &f);
	assert_ok(tx_exec(tx, &RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	assert_ok(tx_part_keep(tx, &f), &f);
	assert_ok(tx_part_begin(tx, &f), &f);
	assert_ok(tx_exec(tx, &RENAME, &f, "is", (int64_t)2, STR("fog")), &f);
	tx_part_drop(tx);
	assert_ok(tx_commit(tx, &f), &f);
	tx = begin(x, TX_READ);
	read_title(tx, 1, "hail");
	read_title(tx, 2, "snow");
	tx_rollback(tx);
}

static void a_broken_rule_is_a_conflict(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_WRITE);

	assert_fails(tx_exec(tx, &RENAME, &f, "is", (int64_t)1, STR("snow")), &f, FAIL_CONFLICT);
	assert_fails(tx_exec(tx, &ADD_TAG, &f, "is", (int64_t)9, STR("x")), &f, FAIL_CONFLICT);
	tx_rollback(tx);
}

static void a_result_is_fresh_until_what_it_read_is_written(void **state)
{
	struct fixture *x = *state;
	struct deps deps = { 0 };
	struct tx *tx = begin(x, TX_READ);

	read_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &deps));
	tx_rollback(tx);
	rename_post(x, 2, "fog");
	assert_true(deps_fresh(&deps, x->bench.gens));
	rename_post(x, 1, "hail");
	assert_false(deps_fresh(&deps, x->bench.gens));
	deps_release(&deps);
}

static void one_snapshot_gives_many_results_that_do_not_share_what_they_read(void **state)
{
	struct fixture *x = *state;
	struct deps first = { 0 }, second = { 0 };
	struct db *other = store_test_open(&x->bench);
	struct tx *tx = begin(x, TX_READ);
	uint32_t mark = tx_mark(tx);

	read_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &first));
	assert_true(tx_back(tx, mark));
	read_title(tx, 2, "snow");
	assert_true(tx_deps(tx, &second));
	assert_true(tx_back(tx, mark));
	rename_post(&(struct fixture){ x->bench, other }, 2, "fog");
	assert_true(deps_fresh(&first, x->bench.gens));
	assert_false(deps_fresh(&second, x->bench.gens));
	read_title(tx, 2, "snow");
	assert_false(tx_deps(tx, &second));
	assert_false(tx_back(tx, mark));
	tx_rollback(tx);
	db_close(other);
	deps_release(&first);
	deps_release(&second);
}

/* Without a commit: the caches of a site are cleared, its words change. */
static void what_all_results_stand_on_must_not_have_changed(void **state)
{
	struct fixture *x = *state;
	struct tx *tx = begin(x, TX_READ);
	uint32_t mark = tx_mark(tx);

	read_title(tx, 1, "rain");
	gens_raise(x->bench.gens, gens_slot(7, GEN_EPOCH, 0));
	assert_false(tx_back(tx, mark));
	tx_rollback(tx);
}

static void what_is_shown_again_is_depended_on_again(void **state)
{
	struct fixture *x = *state;
	struct deps deps = { 0 };
	struct db *other = store_test_open(&x->bench);
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_READ), *writing;
	uint32_t mark = tx_mark(tx);
	struct row *row = tx_run(tx, &ALL_POSTS, &f, "");

	assert_ok(row_end(row, &f), &f);
	assert_true(tx_back(tx, mark));
	tx_again(tx, &ALL_POSTS);
	assert_true(tx_deps(tx, &deps));
	assert_true(deps_fresh(&deps, x->bench.gens));
	writing = begin(&(struct fixture){ x->bench, other }, TX_WRITE);
	tx_raise(writing, GEN_POSTS, 0);
	assert_ok(tx_commit(writing, &f), &f);
	assert_false(deps_fresh(&deps, x->bench.gens));
	tx_rollback(tx);
	db_close(other);
	deps_release(&deps);
}

static void what_one_result_keeps_the_next_one_finds(void **state)
{
	static const char whose, anothers;
	struct tx *tx = begin(*state, TX_READ);
	uint32_t mark;
	int *kept;

	assert_null(tx_keep(tx, &whose, sizeof *kept));
	mark = tx_mark(tx);
	kept = tx_keep(tx, &whose, sizeof *kept);
	assert_int_equal(*kept, 0);
	assert_ptr_not_equal(tx_keep(tx, &anothers, sizeof *kept), kept);
	*kept = 7;
	read_title(tx, 1, "rain");
	assert_true(tx_back(tx, mark));
	assert_ptr_equal(tx_keep(tx, &whose, sizeof *kept), kept);
	assert_int_equal(*kept, 7);
	tx_rollback(tx);

	tx = begin(*state, TX_READ);
	tx_mark(tx);
	kept = tx_keep(tx, &whose, sizeof *kept);
	assert_int_equal(*kept, 0);
	tx_rollback(tx);
}

static void what_has_grown_large_is_not_kept_for_the_next(void **state)
{
	static const char whose;
	struct tx *tx = begin(*state, TX_READ);
	uint32_t mark = tx_mark(tx);
	int *kept = tx_keep(tx, &whose, sizeof *kept);

	*kept = 7;
	read_title(tx, 1, "rain");
	arena_alloc(tx_arena(tx), 32 * MIB);
	assert_int_equal(*(int *)tx_keep(tx, &whose, sizeof *kept), 7);
	assert_true(tx_back(tx, mark));
	assert_int_equal(*(int *)tx_keep(tx, &whose, sizeof *kept), 0);
	tx_rollback(tx);
}

static void a_rollback_makes_nothing_stale(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct deps deps = { 0 };
	struct tx *tx = begin(x, TX_READ);

	read_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &deps));
	tx_rollback(tx);
	tx = begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	tx_rollback(tx);
	assert_true(deps_fresh(&deps, x->bench.gens));
	deps_release(&deps);
}

static void what_is_raised_by_hand_is_stale_too(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct deps one = { 0 }, all = { 0 };
	struct tx *tx = begin(x, TX_READ);
	int64_t posts;

	assert_ok(tx_number(tx, &TAGGED, &posts, &f, "s", STR("sea")), &f);
	assert_true(tx_deps(tx, &one));
	tx_rollback(tx);
	tx = begin(x, TX_READ);
	read_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &all));
	tx_rollback(tx);

	tx = begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &ADD_TAG, &f, "is", (int64_t)1, STR("sea")), &f);
	assert_ok(tx_commit(tx, &f), &f);
	assert_false(deps_fresh(&one, x->bench.gens));
	assert_true(deps_fresh(&all, x->bench.gens));

	tx = begin(x, TX_WRITE);
	tx_raise_all(tx);
	assert_ok(tx_commit(tx, &f), &f);
	assert_false(deps_fresh(&all, x->bench.gens));
	deps_release(&one);
	deps_release(&all);
}

static void a_write_transaction_gives_nothing_to_cache(void **state)
{
	struct deps deps = { 0 };
	struct tx *tx = begin(*state, TX_WRITE);

	read_title(tx, 1, "rain");
	assert_false(tx_deps(tx, &deps));
	tx_rollback(tx);
	deps_release(&deps);
}

/* Case 4 of the proof: the counter of the second statement is copied after a commit that the
 * snapshot does not contain. */
static void a_commit_while_reading_forbids_caching(void **state)
{
	struct fixture *x = *state;
	struct fixture other = { x->bench, store_test_open(&x->bench) };
	struct deps deps = { 0 };
	struct tx *tx = begin(x, TX_READ);

	read_title(tx, 1, "rain");
	rename_post(&other, 2, "fog");
	read_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &deps));
	read_title(tx, 2, "snow");
	assert_false(tx_deps(tx, &deps));
	tx_rollback(tx);
	deps_release(&deps);
	db_close(other.db);
}

static void a_commit_before_the_first_statement_does_not(void **state)
{
	struct fixture *x = *state;
	struct fixture other = { x->bench, store_test_open(&x->bench) };
	struct deps deps = { 0 };
	struct tx *tx = begin(x, TX_READ);

	rename_post(&other, 2, "fog");
	read_title(tx, 1, "rain");
	read_title(tx, 2, "fog");
	assert_true(tx_deps(tx, &deps));
	assert_true(deps_fresh(&deps, x->bench.gens));
	tx_rollback(tx);
	deps_release(&deps);
	db_close(other.db);
}

static void a_dead_writers_site_is_mended_by_the_next(void **state)
{
	struct fixture *x = *state;

	for (enum tx_kind kind = TX_READ; kind <= TX_WRITE; kind++) {
		struct deps deps = { 0 };
		struct tx *tx = begin(x, TX_READ);

		read_title(tx, 1, "rain");
		assert_true(tx_deps(tx, &deps));
		tx_rollback(tx);
		gens_write_begin(x->bench.gens, 7);	/* and never heard of again */
		tx_rollback(begin(x, kind));
		assert_false(gens_is_writing(x->bench.gens, 7));
		assert_false(deps_fresh(&deps, x->bench.gens));
		deps_release(&deps);
	}
}

static void a_living_writers_mark_is_left_alone(void **state)
{
	struct fixture *x = *state;
	struct fixture other = { x->bench, store_test_open(&x->bench) };
	uint32_t epoch = gens_slot(7, GEN_EPOCH, 0), was = gens_value(x->bench.gens, epoch);
	struct tx *writer = begin(&other, TX_WRITE);
	uint64_t mark;

	mark = gens_write_begin(x->bench.gens, 7);
	tx_rollback(begin(x, TX_READ));
	assert_true(gens_is_writing(x->bench.gens, 7));
	assert_int_equal(gens_value(x->bench.gens, epoch), was);
	gens_write_end(x->bench.gens, 7, mark);
	tx_rollback(writer);
	db_close(other.db);
}

static void more_queries_than_places_all_work(void **state)
{
	static struct query many[100];
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(*state, TX_READ);
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
	struct tx *tx = begin(*state, TX_WRITE);

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
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_WRITE);
	struct row *row;

	assert_ok(tx_exec(tx, &ADD_NOTE, &f, "is", (int64_t)1, STR("rain")), &f);
	assert_ok(tx_exec(tx, &ADD_TEXT, &f, "is", (int64_t)1, STR("rain")), &f);
	assert_ok(tx_commit(tx, &f), &f);
	tx = begin(x, TX_READ);
	row = tx_run(tx, &SEARCH, &f, "s", STR("rain"));
	assert_non_null(row);
	assert_true(row_next(row));
	assert_str_eq(row_str(row, 1), STR("<rain>"));
	assert_false(row_next(row));
	assert_ok(row_end(row, &f), &f);
	tx_rollback(tx);
	assert_ok(db_check(x->db, &f), &f);

	tx = begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &ADD_TEXT, &f, "is", (int64_t)2, STR("not what it says")), &f);
	assert_ok(tx_commit(tx, &f), &f);
	assert_fails(db_check(x->db, &f), &f, FAIL_CORRUPT);
}

static void a_full_database_is_a_quota_and_undoes_all(void **state)
{
	struct fixture *x = *state;
	struct fail f = FAIL_INIT;
	struct tx *tx = begin(x, TX_READ);
	int64_t n;

	assert_ok(tx_number(tx, &FEW_PAGES, &n, &f, ""), &f);
	tx_rollback(tx);
	tx = begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	assert_fails(tx_exec(tx, &FILL, &f, "i", (int64_t)1), &f, FAIL_QUOTA);
	tx_rollback(tx);
	tx = begin(x, TX_READ);
	read_title(tx, 1, "rain");
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

#define WITH_POSTS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

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
		WITH_POSTS(a_result_is_fresh_until_what_it_read_is_written),
		WITH_POSTS(one_snapshot_gives_many_results_that_do_not_share_what_they_read),
		WITH_POSTS(what_all_results_stand_on_must_not_have_changed),
		WITH_POSTS(what_is_shown_again_is_depended_on_again),
		WITH_POSTS(what_one_result_keeps_the_next_one_finds),
		WITH_POSTS(what_has_grown_large_is_not_kept_for_the_next),
		WITH_POSTS(a_rollback_makes_nothing_stale),
		WITH_POSTS(what_is_raised_by_hand_is_stale_too),
		WITH_POSTS(a_write_transaction_gives_nothing_to_cache),
		WITH_POSTS(a_commit_while_reading_forbids_caching),
		WITH_POSTS(a_commit_before_the_first_statement_does_not),
		WITH_POSTS(a_dead_writers_site_is_mended_by_the_next),
		WITH_POSTS(a_living_writers_mark_is_left_alone),
		WITH_POSTS(more_queries_than_places_all_work),
		WITH_POSTS(what_a_query_does_not_declare_it_may_not_touch),
		WITH_POSTS(text_is_found_and_the_check_looks_at_its_index),
		WITH_POSTS(a_full_database_is_a_quota_and_undoes_all),
		cmocka_unit_test(a_key_names_its_values_in_their_order),
	};

	return cmocka_run_group_tests_name("store/tx", tests, NULL, NULL);
}
