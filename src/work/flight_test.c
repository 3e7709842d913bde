/* flight_test.c - work that many ask for is done once. */
#include "base/test.h"
#include <assert.h>
#include <stdatomic.h>
#include "work/flight.h"
#include "work/thread.h"
#include "work/work_test.h"

static void note_result(void *arg, void *result)
{
	*(void **)arg = result;
}

static void followers_get_the_leaders_result(void **state)
{
	struct flights *fs = flights_new();
	void *a = NULL, *b = NULL;
	int page = 0;

	(void)state;
	assert_true(flight_lead(fs, STR("/x"), note_result, NULL));
	assert_false(flight_lead(fs, STR("/x"), note_result, &a));
	assert_false(flight_lead(fs, STR("/x"), note_result, &b));
	assert_true(flight_lead(fs, STR("/y"), note_result, NULL));
	assert_int_equal(flights_count(fs), 2);
	flight_land(fs, STR("/x"), &page);
	assert_ptr_equal(a, &page);
	assert_ptr_equal(b, &page);
	assert_true(flight_lead(fs, STR("/x"), note_result, NULL));
	flight_land(fs, STR("/x"), NULL);
	flight_land(fs, STR("/y"), NULL);
	flights_free(fs);
}

enum { THREADS = 4, ASKS = 2000 };

struct crowd {
	struct flights *fs;
	atomic_int led, followed;
};

static void count_follower(void *arg, void *result)
{
	struct crowd *c = arg;

	assert(result == c);
	atomic_fetch_add(&c->followed, 1);
}

static void ask_often(void *arg)
{
	struct crowd *c = arg;

	for (int i = 0; i < ASKS; i++) {
		if (!flight_lead(c->fs, STR("page"), count_follower, c))
			continue;
		atomic_fetch_add(&c->led, 1);
		flight_land(c->fs, STR("page"), c);
	}
}

static void each_who_asks_leads_or_is_called_once(void **state)
{
	struct crowd c = { .fs = flights_new() };
	struct thread *t[THREADS];
	struct fail f = FAIL_INIT;

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_ok(thread_start("crowd", ask_often, &c, &t[i], &f), &f);
	for (int i = 0; i < THREADS; i++)
		thread_join(t[i]);
	assert_int_equal(atomic_load(&c.led) + atomic_load(&c.followed), THREADS * ASKS);
	assert_int_equal(flights_count(c.fs), 0);
	flights_free(c.fs);
}

int flight_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(followers_get_the_leaders_result),
		cmocka_unit_test(each_who_asks_leads_or_is_called_once),
	};

	return cmocka_run_group_tests_name("work/flight", tests, NULL, NULL);
}
