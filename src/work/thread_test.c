/* thread_test.c - who is nice lets others go first, and so do those whom he starts. */
#include "base/test.h"
#include "work/thread.h"

enum { ASKED = 100000 };

struct seen {
	bool gave_way, child_gave_way;
};

static bool gives_way(void)
{
	for (int i = 0; i < ASKED; i++)
		if (thread_give_way())
			return true;
	return false;
}

static void ask(void *arg)
{
	*(bool *)arg = gives_way();
}

static bool does_a_thread_give_way(void)
{
	struct fail f = FAIL_INIT;
	struct thread *t;
	bool gave_way = false;

	assert_ok(thread_start("asked", ask, &gave_way, &t, &f), &f);
	thread_join(t);
	return gave_way;
}

static void be_nice(void *arg)
{
	struct seen *seen = arg;

	thread_be_nice(1);
	seen->gave_way = gives_way();
	seen->child_gave_way = does_a_thread_give_way();
}

static void a_thread_that_is_not_nice_gives_way_to_nobody(void **state)
{
	(void)state;
	thread_be_nice(0);
	assert_false(gives_way());
	assert_false(does_a_thread_give_way());
}

static void who_is_nice_gives_way_and_so_do_those_whom_he_starts(void **state)
{
	struct seen seen = { false, false };
	struct fail f = FAIL_INIT;
	struct thread *t;

	(void)state;
	assert_ok(thread_start("nice", be_nice, &seen, &t, &f), &f);
	thread_join(t);
	assert_true(seen.gave_way);
	assert_true(seen.child_gave_way);
}

int thread_tests(void);

int thread_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_that_is_not_nice_gives_way_to_nobody),
		cmocka_unit_test(who_is_nice_gives_way_and_so_do_those_whom_he_starts),
	};

	return cmocka_run_group_tests_name("work/thread", tests, NULL, NULL);
}
