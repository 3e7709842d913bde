/* mutex_test.c - locks are taken by rank. */
#include "base/test.h"
#include "work/cond.h"
#include "work/thread.h"
#include "work/work_test.h"

static void a_higher_rank_may_be_taken_inside_a_lower_one(void **state)
{
	struct mutex outer, inner;

	(void)state;
	mutex_init(&outer, MUTEX_SITE);
	mutex_init(&inner, MUTEX_POOL);
	{
		MUTEX_HOLD(&outer);

		assert_true(mutex_may_lock(&inner));
		MUTEX_HOLD(&inner);
	}
	assert_true(mutex_may_lock(&outer));
	mutex_release(&inner);
	mutex_release(&outer);
}

static void a_lower_or_equal_rank_may_not(void **state)
{
#ifdef HAMEAU_DEBUG
	struct mutex outer = MUTEX_INIT(MUTEX_SITE), inner = MUTEX_INIT(MUTEX_POOL);
	struct mutex same = MUTEX_INIT(MUTEX_POOL);

	(void)state;
	mutex_lock(&inner);
	assert_false(mutex_may_lock(&outer));
	assert_false(mutex_may_lock(&same));
	mutex_unlock(&inner);
	assert_true(mutex_may_lock(&outer));
#else
	(void)state;
	skip();			/* ranks are asked in debug builds only */
#endif
}

struct meeting {
	struct mutex lock;
	struct cond came;
	int n;
};

static void meeting_join(void *arg)
{
	struct meeting *m = arg;

	for (int i = 0; i < 1000; i++) {
		MUTEX_HOLD(&m->lock);
		m->n++;
		cond_signal(&m->came);
	}
}

static void what_one_thread_signals_another_sees(void **state)
{
	struct meeting m = { .n = 0 };
	struct thread *t[2];
	struct fail f = FAIL_INIT;

	(void)state;
	mutex_init(&m.lock, MUTEX_LEAF);
	cond_init(&m.came);
	for (int i = 0; i < 2; i++)
		assert_ok(thread_start("meeting", meeting_join, &m, &t[i], &f), &f);
	mutex_lock(&m.lock);
	while (m.n < 2000)
		cond_wait(&m.came, &m.lock);
	mutex_unlock(&m.lock);
	for (int i = 0; i < 2; i++)
		thread_join(t[i]);
	cond_release(&m.came);
	mutex_release(&m.lock);
}

static void there_is_at_least_one_core(void **state)
{
	(void)state;
	assert_true(thread_cores() >= 1);
}

int mutex_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_higher_rank_may_be_taken_inside_a_lower_one),
		cmocka_unit_test(a_lower_or_equal_rank_may_not),
		cmocka_unit_test(what_one_thread_signals_another_sees),
		cmocka_unit_test(there_is_at_least_one_core),
	};

	return cmocka_run_group_tests_name("work/mutex", tests, NULL, NULL);
}
