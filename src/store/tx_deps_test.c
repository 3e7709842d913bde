/* tx_deps_test.c - transactions know what they read and tell what they wrote: what may be kept of
 * a result, and for how long. */
#include "base/arena.h"
#include "base/limits.h"
#include "store/tx_test.h"

static const struct query TAGGED = {
	.sql = "SELECT count(*) FROM tag WHERE name = ?1", .reads = {{ GEN_TAG, 1 }},
};

static void a_result_is_fresh_until_what_it_read_is_written(void **state)
{
	struct tx_test *x = *state;
	struct deps deps = { 0 };
	struct tx *tx = tx_test_begin(x, TX_READ);

	tx_test_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &deps));
	tx_rollback(tx);
	tx_test_rename(x, 2, "fog");
	assert_true(deps_fresh(&deps, x->bench.gens));
	tx_test_rename(x, 1, "hail");
	assert_false(deps_fresh(&deps, x->bench.gens));
	deps_release(&deps);
}

static void one_snapshot_gives_many_results_that_do_not_share_what_they_read(void **state)
{
	struct tx_test *x = *state;
	struct deps first = { 0 }, second = { 0 };
	struct db *other = store_test_open(&x->bench);
	struct tx *tx = tx_test_begin(x, TX_READ);
	uint32_t mark = tx_mark(tx);

	tx_test_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &first));
	assert_true(tx_back(tx, mark));
	tx_test_title(tx, 2, "snow");
	assert_true(tx_deps(tx, &second));
	assert_true(tx_back(tx, mark));
	tx_test_rename(&(struct tx_test){ x->bench, other }, 2, "fog");
	assert_true(deps_fresh(&first, x->bench.gens));
	assert_false(deps_fresh(&second, x->bench.gens));
	tx_test_title(tx, 2, "snow");
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
	struct tx_test *x = *state;
	struct tx *tx = tx_test_begin(x, TX_READ);
	uint32_t mark = tx_mark(tx);

	tx_test_title(tx, 1, "rain");
	gens_raise(x->bench.gens, gens_slot(7, GEN_EPOCH, 0));
	assert_false(tx_back(tx, mark));
	tx_rollback(tx);
}

static void what_is_shown_again_is_depended_on_again(void **state)
{
	struct tx_test *x = *state;
	struct deps deps = { 0 };
	struct db *other = store_test_open(&x->bench);
	struct fail f = FAIL_INIT;
	struct tx *tx = tx_test_begin(x, TX_READ), *writing;
	uint32_t mark = tx_mark(tx);
	struct row *row = tx_run(tx, &TX_TEST_ALL, &f, "");

	assert_ok(row_end(row, &f), &f);
	assert_true(tx_back(tx, mark));
	tx_again(tx, &TX_TEST_ALL);
	assert_true(tx_deps(tx, &deps));
	assert_true(deps_fresh(&deps, x->bench.gens));
	writing = tx_test_begin(&(struct tx_test){ x->bench, other }, TX_WRITE);
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
	struct tx *tx = tx_test_begin(*state, TX_READ);
	uint32_t mark;
	int *kept;

	assert_null(tx_keep(tx, &whose, sizeof *kept));
	mark = tx_mark(tx);
	kept = tx_keep(tx, &whose, sizeof *kept);
	assert_int_equal(*kept, 0);
	assert_ptr_not_equal(tx_keep(tx, &anothers, sizeof *kept), kept);
	*kept = 7;
	tx_test_title(tx, 1, "rain");
	assert_true(tx_back(tx, mark));
	assert_ptr_equal(tx_keep(tx, &whose, sizeof *kept), kept);
	assert_int_equal(*kept, 7);
	tx_rollback(tx);

	tx = tx_test_begin(*state, TX_READ);
	tx_mark(tx);
	kept = tx_keep(tx, &whose, sizeof *kept);
	assert_int_equal(*kept, 0);
	tx_rollback(tx);
}

static void what_has_grown_large_is_not_kept_for_the_next(void **state)
{
	static const char whose;
	struct tx *tx = tx_test_begin(*state, TX_READ);
	uint32_t mark = tx_mark(tx);
	int *kept = tx_keep(tx, &whose, sizeof *kept);

	*kept = 7;
	tx_test_title(tx, 1, "rain");
	arena_alloc(tx_arena(tx), 32 * MIB);
	assert_int_equal(*(int *)tx_keep(tx, &whose, sizeof *kept), 7);
	assert_true(tx_back(tx, mark));
	assert_int_equal(*(int *)tx_keep(tx, &whose, sizeof *kept), 0);
	tx_rollback(tx);
}

static void a_rollback_makes_nothing_stale(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct deps deps = { 0 };
	struct tx *tx = tx_test_begin(x, TX_READ);

	tx_test_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &deps));
	tx_rollback(tx);
	tx = tx_test_begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &TX_TEST_RENAME, &f, "is", (int64_t)1, STR("hail")), &f);
	tx_rollback(tx);
	assert_true(deps_fresh(&deps, x->bench.gens));
	deps_release(&deps);
}

static void what_is_raised_by_hand_is_stale_too(void **state)
{
	struct tx_test *x = *state;
	struct fail f = FAIL_INIT;
	struct deps one = { 0 }, all = { 0 };
	struct tx *tx = tx_test_begin(x, TX_READ);
	int64_t posts;

	assert_ok(tx_number(tx, &TAGGED, &posts, &f, "s", STR("sea")), &f);
	assert_true(tx_deps(tx, &one));
	tx_rollback(tx);
	tx = tx_test_begin(x, TX_READ);
	tx_test_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &all));
	tx_rollback(tx);

	tx = tx_test_begin(x, TX_WRITE);
	assert_ok(tx_exec(tx, &TX_TEST_ADD_TAG, &f, "is", (int64_t)1, STR("sea")), &f);
	assert_ok(tx_commit(tx, &f), &f);
	assert_false(deps_fresh(&one, x->bench.gens));
	assert_true(deps_fresh(&all, x->bench.gens));

	tx = tx_test_begin(x, TX_WRITE);
	tx_raise_all(tx);
	assert_ok(tx_commit(tx, &f), &f);
	assert_false(deps_fresh(&all, x->bench.gens));
	deps_release(&one);
	deps_release(&all);
}

static void a_write_transaction_gives_nothing_to_cache(void **state)
{
	struct deps deps = { 0 };
	struct tx *tx = tx_test_begin(*state, TX_WRITE);

	tx_test_title(tx, 1, "rain");
	assert_false(tx_deps(tx, &deps));
	tx_rollback(tx);
	deps_release(&deps);
}

/* Case 4 of the proof: the counter of the second statement is copied after a commit that the
 * snapshot does not contain. */
static void a_commit_while_reading_forbids_caching(void **state)
{
	struct tx_test *x = *state;
	struct tx_test other = { x->bench, store_test_open(&x->bench) };
	struct deps deps = { 0 };
	struct tx *tx = tx_test_begin(x, TX_READ);

	tx_test_title(tx, 1, "rain");
	tx_test_rename(&other, 2, "fog");
	tx_test_title(tx, 1, "rain");
	assert_true(tx_deps(tx, &deps));
	tx_test_title(tx, 2, "snow");
	assert_false(tx_deps(tx, &deps));
	tx_rollback(tx);
	deps_release(&deps);
	db_close(other.db);
}

static void a_commit_before_the_first_statement_does_not(void **state)
{
	struct tx_test *x = *state;
	struct tx_test other = { x->bench, store_test_open(&x->bench) };
	struct deps deps = { 0 };
	struct tx *tx = tx_test_begin(x, TX_READ);

	tx_test_rename(&other, 2, "fog");
	tx_test_title(tx, 1, "rain");
	tx_test_title(tx, 2, "fog");
	assert_true(tx_deps(tx, &deps));
	assert_true(deps_fresh(&deps, x->bench.gens));
	tx_rollback(tx);
	deps_release(&deps);
	db_close(other.db);
}

static void a_dead_writers_site_is_mended_by_the_next(void **state)
{
	struct tx_test *x = *state;

	for (enum tx_kind kind = TX_READ; kind <= TX_WRITE; kind++) {
		struct deps deps = { 0 };
		struct tx *tx = tx_test_begin(x, TX_READ);

		tx_test_title(tx, 1, "rain");
		assert_true(tx_deps(tx, &deps));
		tx_rollback(tx);
		gens_write_begin(x->bench.gens, 7);	/* and never heard of again */
		tx_rollback(tx_test_begin(x, kind));
		assert_false(gens_is_writing(x->bench.gens, 7));
		assert_false(deps_fresh(&deps, x->bench.gens));
		deps_release(&deps);
	}
}

static void a_living_writers_mark_is_left_alone(void **state)
{
	struct tx_test *x = *state;
	struct tx_test other = { x->bench, store_test_open(&x->bench) };
	uint32_t epoch = gens_slot(7, GEN_EPOCH, 0), was = gens_value(x->bench.gens, epoch);
	struct tx *writer = tx_test_begin(&other, TX_WRITE);
	uint64_t mark;

	mark = gens_write_begin(x->bench.gens, 7);
	tx_rollback(tx_test_begin(x, TX_READ));
	assert_true(gens_is_writing(x->bench.gens, 7));
	assert_int_equal(gens_value(x->bench.gens, epoch), was);
	gens_write_end(x->bench.gens, 7, mark);
	tx_rollback(writer);
	db_close(other.db);
}

int tx_deps_tests(void)
{
	const struct CMUnitTest tests[] = {
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
	};

	return cmocka_run_group_tests_name("store/tx_deps", tests, NULL, NULL);
}
