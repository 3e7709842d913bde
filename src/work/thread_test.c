/* thread_test.c - who is nice lets others go first, and so do those whom he starts. */
#include <sys/resource.h>
#include "base/test.h"
#include "work/thread.h"
#include "work/work_test.h"

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

static int niceness(void)
{
	return getpriority(PRIO_PROCESS, 0);	/* of this thread */
}

static void be_nicer(void *arg)
{
	int *seen = arg;

	for (int i = 0; i < 3; i++) {
		seen[i] = niceness();
		thread_be_nice(2);
	}
	thread_be_nice(19);
	seen[3] = niceness();
}

static int at_most_19(int nice)
{
	return nice < 19 ? nice : 19;
}

/* Whoever started the process may have made it nice: nice(1), Nice= of systemd. */
static void a_thread_becomes_nicer_than_it_was(void **state)
{
	int seen[4], was = niceness();
	struct fail f = FAIL_INIT;
	struct thread *t;

	(void)state;
	assert_ok(thread_start("nicer", be_nicer, seen, &t, &f), &f);
	thread_join(t);
	for (int i = 0; i < 3; i++)
		assert_int_equal(seen[i], at_most_19(was + 2 * i));
	assert_int_equal(seen[3], at_most_19(was + 2 * 3 + 19));
	assert_int_equal(niceness(), was);
}

int thread_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_that_is_not_nice_gives_way_to_nobody),
		cmocka_unit_test(who_is_nice_gives_way_and_so_do_those_whom_he_starts),
		cmocka_unit_test(a_thread_becomes_nicer_than_it_was),
	};

	return cmocka_run_group_tests_name("work/thread", tests, NULL, NULL);
}
