/* lane_test.c - a lane has one writer or a few readers, first come first served. */
#include "base/test.h"
#include <stdatomic.h>
#include <time.h>
#include "work/cond.h"
#include "work/lane.h"
#include "work/mutex.h"
#include "work/work_test.h"

enum { LANES = 4, JOBS = 400, READERS = 3 };

/* What runs in one lane now, and the order in which writers came. */
struct site {
	atomic_int readers, writers, most_readers, done;
	int last_writer;		/* only writers touch it: TSan would see two */
	bool torn, out_of_order;
};

struct job {
	struct site *site;
	int number;
};

static void pause_a_little(void)
{
	nanosleep(&(struct timespec){ 0, 20000 }, NULL);
}

static void read_site(void *arg)
{
	struct job *j = arg;
	int n = atomic_fetch_add(&j->site->readers, 1) + 1;
	int most = atomic_load(&j->site->most_readers);

	if (n > READERS || atomic_load(&j->site->writers))
		j->site->torn = true;
	while (n > most && !atomic_compare_exchange_weak(&j->site->most_readers, &most, n))
		;
	/* However busy the machine is, others get a chance to come in. */
	for (int i = 0; i == 0 || (i < 500 && atomic_load(&j->site->most_readers) == 1); i++)
		pause_a_little();
	atomic_fetch_sub(&j->site->readers, 1);
	atomic_fetch_add(&j->site->done, 1);
}

static void write_site(void *arg)
{
	struct job *j = arg;

	if (atomic_fetch_add(&j->site->writers, 1) || atomic_load(&j->site->readers))
		j->site->torn = true;
	if (j->number < j->site->last_writer)
		j->site->out_of_order = true;
	j->site->last_writer = j->number;
	atomic_fetch_sub(&j->site->writers, 1);
	atomic_fetch_add(&j->site->done, 1);
}

static void a_lane_runs_one_writer_alone_or_a_few_readers(void **state)
{
	static struct site sites[LANES];
	static struct job jobs[LANES * JOBS];
	struct fail f = FAIL_INIT;
	struct pool *pool;
	struct lanes *lanes;

	(void)state;
	assert_ok(pool_new("lane", LANES * READERS, 100000, 0, &pool, &f), &f);
	lanes = lanes_new(pool, READERS, 100000);
	for (int i = 0; i < LANES * JOBS; i++) {
		jobs[i] = (struct job){ &sites[i % LANES], i };
		if (i % 7 == 0)
			assert_true(
				lane_submit(lanes, i % LANES, LANE_WRITE, write_site, &jobs[i]));
		else
			assert_true(lane_submit(lanes, i % LANES, LANE_READ, read_site, &jobs[i]));
	}
	/* In a drain threads that have nothing to do are gone. */
	while (lanes_count(lanes))
		pause_a_little();
	pool_drain(pool);
	for (int i = 0; i < LANES; i++) {
		assert_int_equal(atomic_load(&sites[i].done), JOBS);
		assert_false(sites[i].torn);
		assert_false(sites[i].out_of_order);
		assert_true(atomic_load(&sites[i].most_readers) > 1);
	}
	assert_int_equal(lanes_count(lanes), 0);
	lanes_free(lanes);
	pool_free(pool);
}

struct hold {
	struct mutex lock;		/* the test holds it: the job waits */
};

static void wait_for_test(void *arg)
{
	struct hold *h = arg;

	mutex_lock(&h->lock);
	mutex_unlock(&h->lock);
}

static void set_flag(void *arg)
{
	atomic_store((atomic_int *)arg, 1);
}

static void a_busy_site_does_not_hold_up_another(void **state)
{
	struct hold h = { MUTEX_INIT(MUTEX_SITE) };
	struct fail f = FAIL_INIT;
	struct pool *pool;
	struct lanes *lanes;
	static atomic_int other;

	(void)state;
	assert_ok(pool_new("lane", 2, 100, 0, &pool, &f), &f);
	lanes = lanes_new(pool, 1, 3);
	mutex_lock(&h.lock);
	/* One runs, three wait in the lane, the fifth is refused. */
	for (int i = 0; i < 4; i++)
		assert_true(lane_submit(lanes, 1, LANE_READ, wait_for_test, &h));
	assert_false(lane_submit(lanes, 1, LANE_READ, wait_for_test, &h));
	assert_true(lane_submit(lanes, 2, LANE_READ, set_flag, &other));
	while (!atomic_load(&other))
		pause_a_little();
	mutex_unlock(&h.lock);
	pool_drain(pool);
	lanes_free(lanes);
	pool_free(pool);
}

/* Jobs of two lanes that stay until they are let out. */
struct hall {
	struct mutex lock;
	struct cond changed;
	int inside[2], may_go[2], gone[2];
	bool crowded;			/* more than its part of lane 0, beside lane 1 */
};

struct guest {
	struct hall *hall;
	int lane;
};

static void stay(void *arg)
{
	struct guest *g = arg;
	struct hall *h = g->hall;

	MUTEX_HOLD(&h->lock);
	if (++h->inside[g->lane] > 2 && g->lane == 0 && h->inside[1])
		h->crowded = true;
	cond_broadcast(&h->changed);
	while (!h->may_go[g->lane])
		cond_wait(&h->changed, &h->lock);
	h->may_go[g->lane]--;
	h->inside[g->lane]--;
	h->gone[g->lane]++;
	cond_broadcast(&h->changed);
}

static void let_go(struct hall *h, int lane, int n)
{
	MUTEX_HOLD(&h->lock);
	h->may_go[lane] += n;
	cond_broadcast(&h->changed);
}

static void wait_until(struct hall *h, const int *number, int is)
{
	MUTEX_HOLD(&h->lock);
	while (*number != is)
		cond_wait(&h->changed, &h->lock);
}

/* Four threads: alone it has three of them, beside another one two. */
static void a_lane_has_more_threads_while_it_is_alone(void **state)
{
	struct hall h = { MUTEX_INIT(MUTEX_LEAF), .crowded = false };
	struct guest first = { &h, 0 }, second = { &h, 1 };
	struct fail f = FAIL_INIT;
	struct pool *pool;
	struct lanes *lanes;

	(void)state;
	cond_init(&h.changed);
	assert_ok(pool_new("lane", 4, 100, 0, &pool, &f), &f);
	lanes = lanes_new(pool, 3, 100);
	for (int i = 0; i < 8; i++)
		assert_true(lane_submit(lanes, 1, LANE_READ, stay, &first));
	wait_until(&h, &h.inside[0], 3);
	assert_true(lane_submit(lanes, 2, LANE_READ, stay, &second));
	wait_until(&h, &h.inside[1], 1);
	let_go(&h, 0, 4);
	wait_until(&h, &h.gone[0], 4);
	assert_false(h.crowded);
	let_go(&h, 1, 1);
	while (lanes_count(lanes) > 1)
		pause_a_little();
	let_go(&h, 0, 1);
	wait_until(&h, &h.inside[0], 3);
	let_go(&h, 0, 3);
	pool_drain(pool);
	assert_int_equal(h.gone[0], 8);
	lanes_free(lanes);
	pool_free(pool);
	cond_release(&h.changed);
	mutex_release(&h.lock);
}

int lane_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lane_runs_one_writer_alone_or_a_few_readers),
		cmocka_unit_test(a_busy_site_does_not_hold_up_another),
		cmocka_unit_test(a_lane_has_more_threads_while_it_is_alone),
	};

	return cmocka_run_group_tests_name("work/lane", tests, NULL, NULL);
}
