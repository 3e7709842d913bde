/* truth_test.c - the claim of tx.h under fire: writers change numbered things while readers
 * collect results; a result whose dependencies are fresh must be the present state.
 *
 * Each thing x has a row in the database and, in memory, `acked[x]`: the value that some
 * writer knows to be committed and counted (stored after tx_commit). A result is checked so:
 * read the acknowledged values, then ask for freshness; if fresh, the result may not be
 * older than what had been acknowledged before the question.
 */
#include "store/store_test.h"

#include <stdatomic.h>
#include "work/thread.h"

enum { THINGS = 6, WRITERS = 2, READERS = 2, WRITES = 150 };

static const struct query VALUE_OF = {
	.sql = "SELECT length(body) FROM post WHERE id = ?1", .reads = {{ GEN_POST, 1 }},
};
static const struct query GROW = {
	.sql = "UPDATE post SET body = zeroblob(?2) WHERE id = ?1", .writes = {{ GEN_POST, 1 }},
};

struct fire {
	struct bench bench;
	_Atomic int64_t acked[THINGS];
	atomic_int writers, next_writer;
	atomic_int kept, refused, fresh, wrong, errors;
};

struct result {
	int64_t value[THINGS];
	struct deps deps;
};

/* Writer w owns the things w, w + WRITERS ...: so acked only grows. */
static void write_things(void *arg)
{
	struct fire *x = arg;
	int me = atomic_fetch_add(&x->next_writer, 1);
	struct db *db = store_test_open(&x->bench);

	for (int64_t i = 1; i <= WRITES; i++) {
		int thing = (int)(i * WRITERS + me) % THINGS;
		struct tx *tx;

		if (!tx_begin(db, TX_WRITE, &tx, NULL)
		    || !tx_exec(tx, &GROW, NULL, "dd", thing, (int)i)
		    || !tx_commit(tx, NULL)) {
			atomic_fetch_add(&x->errors, 1);
			break;
		}
		atomic_store(&x->acked[thing], i);
	}
	db_close(db);
	atomic_fetch_sub(&x->writers, 1);
}

static bool read_things(struct fire *x, struct db *db, struct result *r)
{
	struct tx *tx;
	bool ok;

	if (!tx_begin(db, TX_READ, &tx, NULL)) {
		atomic_fetch_add(&x->errors, 1);
		return false;
	}
	for (int i = 0; i < THINGS; i++)
		if (!tx_number(tx, &VALUE_OF, &r->value[i], NULL, "d", i))
			atomic_fetch_add(&x->errors, 1);
	ok = tx_deps(tx, &r->deps);
	tx_rollback(tx);
	return ok;
}

static void check(struct fire *x, const struct result *r)
{
	int64_t acked[THINGS];

	for (int i = 0; i < THINGS; i++)
		acked[i] = atomic_load(&x->acked[i]);
	if (!deps_fresh(&r->deps, x->bench.gens))
		return;
	atomic_fetch_add(&x->fresh, 1);
	for (int i = 0; i < THINGS; i++)
		if (r->value[i] < acked[i])
			atomic_fetch_add(&x->wrong, 1);
}

static void read_and_check(void *arg)
{
	struct fire *x = arg;
	struct db *db = store_test_open(&x->bench);

	while (atomic_load(&x->writers)) {
		struct result r = { .deps = { 0 } };

		if (read_things(x, db, &r)) {
			atomic_fetch_add(&x->kept, 1);
			for (int i = 0; i < 20; i++)
				check(x, &r);
		} else {
			atomic_fetch_add(&x->refused, 1);
		}
		deps_release(&r.deps);
	}
	db_close(db);
}

static void a_fresh_result_is_the_present_state(void **state)
{
	static struct fire x;
	struct thread *t[WRITERS + READERS];
	struct fail f = FAIL_INIT;
	struct db *db;

	(void)state;
	store_test_setup(&x.bench);
	db = store_test_open(&x.bench);
	for (int i = 0; i < THINGS; i++)
		store_test_add(db, i, (char[]){ (char)('a' + i), 0 });
	atomic_store(&x.writers, WRITERS);
	for (int i = 0; i < WRITERS + READERS; i++)
		assert_ok(thread_start("fire", i < WRITERS ? write_things : read_and_check, &x,
				       &t[i], &f), &f);
	for (int i = 0; i < WRITERS + READERS; i++)
		thread_join(t[i]);
	db_close(db);
	print_message("# kept %d, refused %d, found fresh %d times\n", atomic_load(&x.kept),
		      atomic_load(&x.refused), atomic_load(&x.fresh));
	assert_int_equal(atomic_load(&x.errors), 0);
	assert_int_equal(atomic_load(&x.wrong), 0);
	assert_true(atomic_load(&x.kept) > 0);
	store_test_teardown(&x.bench);
}

int truth_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fresh_result_is_the_present_state),
	};

	return cmocka_run_group_tests_name("store/truth", tests, NULL, NULL);
}
