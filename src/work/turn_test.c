/* turn_test.c - whoever has the turn has it alone. */
#include <stdatomic.h>
#include "base/test.h"
#include "work/thread.h"
#include "work/turn.h"
#include "work/work_test.h"

#define THREADS 4
#define ROUNDS  1000

struct counter {
	struct turn turn;
	atomic_int inside, met;		/* who has the turn now; how often two had it */
	int n;				/* of who has the turn */
};

static void count(void *arg)
{
	struct counter *c = arg;

	for (int i = 0; i < ROUNDS; i++) {
		turn_take(&c->turn);
		atomic_fetch_add(&c->met, atomic_fetch_add(&c->inside, 1) != 0);
		c->n++;
		atomic_fetch_sub(&c->inside, 1);
		turn_end(&c->turn);
	}
}

static void threads_have_the_turn_one_after_the_other(void **state)
{
	struct counter c = { .n = 0 };
	struct thread *t[THREADS];
	struct fail f = FAIL_INIT;

	(void)state;
	turn_init(&c.turn, MUTEX_LEAF);
	for (int i = 0; i < THREADS; i++)
		assert_ok(thread_start("counter", count, &c, &t[i], &f), &f);
	for (int i = 0; i < THREADS; i++)
		thread_join(t[i]);
	turn_release(&c.turn);
	assert_int_equal(c.met, 0);
	assert_int_equal(c.n, THREADS * ROUNDS);
}

int turn_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_have_the_turn_one_after_the_other),
	};

	return cmocka_run_group_tests_name("work/turn", tests, NULL, NULL);
}
