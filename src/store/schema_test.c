/* schema_test.c - steps of a schema are whole or not there. */
#include "store/store_test.h"

static bool step_fails(struct tx *tx, struct fail *f)
{
	(void)tx;
	return fail(f, FAIL_INVALID, "this step does not want to");
}

static const struct schema_step two_steps[] = {
	{ .sql = "CREATE TABLE a(x INTEGER)" },
	{ .sql = "CREATE TABLE b(x INTEGER)" },
	{ .sql = NULL },
};

static const struct schema_step broken_second[] = {
	{ .sql = "CREATE TABLE a(x INTEGER)" },
	{ .sql = "CREATE TABLE b(x INTEGER)", .run = step_fails },
	{ .sql = NULL },
};

static struct db *open_bare(struct bench *b)
{
	struct db_config c = { .path = b->db_path, .create = true, .gens = b->gens, .site = 7 };
	struct fail f = FAIL_INIT;
	struct db *db = NULL;

	assert_ok(db_open(&c, &db, &f), &f);
	return db;
}

static void steps_are_applied_once(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;
	int version;

	(void)state;
	store_test_setup(&b);
	db = open_bare(&b);
	assert_ok(schema_apply(db, two_steps, &f), &f);
	assert_ok(schema_apply(db, two_steps, &f), &f);
	assert_ok(schema_version(db, &version, &f), &f);
	assert_int_equal(version, 2);
	db_close(db);
	store_test_teardown(&b);
}

static void a_step_that_fails_never_happened(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;
	int version;

	(void)state;
	store_test_setup(&b);
	db = open_bare(&b);
	assert_fails(schema_apply(db, broken_second, &f), &f, FAIL_INVALID);
	assert_ok(schema_version(db, &version, &f), &f);
	assert_int_equal(version, 1);
	assert_ok(schema_apply(db, two_steps, &f), &f);
	db_close(db);
	store_test_teardown(&b);
}

static void a_database_of_a_newer_program_is_refused(void **state)
{
	static const struct schema_step first[] = {
		{ .sql = "CREATE TABLE a(x INTEGER)" }, { .sql = NULL },
	};
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	db = open_bare(&b);
	assert_ok(schema_apply(db, two_steps, &f), &f);
	assert_fails(schema_apply(db, first, &f), &f, FAIL_CONFLICT);
	db_close(db);
	store_test_teardown(&b);
}

static void a_step_makes_the_whole_site_stale(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;
	uint32_t slot = gens_slot(7, GEN_EPOCH, 0), was;

	(void)state;
	store_test_setup(&b);
	db = open_bare(&b);
	was = gens_value(b.gens, slot);
	assert_ok(schema_apply(db, two_steps, &f), &f);
	assert_int_not_equal(gens_value(b.gens, slot), was);
	db_close(db);
	store_test_teardown(&b);
}

int schema_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_applied_once),
		cmocka_unit_test(a_step_that_fails_never_happened),
		cmocka_unit_test(a_database_of_a_newer_program_is_refused),
		cmocka_unit_test(a_step_makes_the_whole_site_stale),
	};

	return cmocka_run_group_tests_name("store/schema", tests, NULL, NULL);
}
