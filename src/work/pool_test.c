/* pool_test.c - a pool runs all it has taken, and refuses what is too much. */
#include "base/test.h"
#include <stdatomic.h>
#include "work/cond.h"
#include "work/pool.h"
#include "work/work_test.h"

static atomic_int done;

static void count(void *arg)
{
	(void)arg;
	atomic_fetch_add(&done, 1);
}

static struct pool *pool_of(int threads, size_t queue)
{
	struct fail f = FAIL_INIT;
	struct pool *p;

	atomic_store(&done, 0);
	assert_ok(pool_new("test", threads, queue, 0, &p, &f), &f);
	return p;
}

static void every_job_is_run_before_the_drain_ends(void **state)
{
	struct pool *p = pool_of(3, 10000);

	(void)state;
	for (int i = 0; i < 5000; i++)
		assert_true(pool_submit(p, count, NULL));
	pool_drain(p);
	assert_int_equal(atomic_load(&done), 5000);
	assert_int_equal(pool_waiting(p), 0);
	assert_int_equal(pool_threads(p), 3);
	pool_free(p);
}

/* A gate that jobs wait at. */
struct gate {
	struct mutex lock;
	struct cond opened;
	bool open;
	int inside;
};

static void gate_pass(void *arg)
{
	struct gate *g = arg;

	mutex_lock(&g->lock);
	g->inside++;
	cond_broadcast(&g->opened);
	while (!g->open)
		cond_wait(&g->opened, &g->lock);
	mutex_unlock(&g->lock);
	count(NULL);
}

static void gate_init(struct gate *g)
{
	mutex_init(&g->lock, MUTEX_LEAF);
	cond_init(&g->opened);
	g->open = false;
	g->inside = 0;
}

static void gate_wait(struct gate *g, int inside)
{
	mutex_lock(&g->lock);
	while (g->inside < inside)
		cond_wait(&g->opened, &g->lock);
	mutex_unlock(&g->lock);
}

static void gate_open(struct gate *g)
{
	mutex_lock(&g->lock);
	g->open = true;
	cond_broadcast(&g->opened);
	mutex_unlock(&g->lock);
}

static void gate_release(struct gate *g)
{
	cond_release(&g->opened);
	mutex_release(&g->lock);
}

static void a_full_queue_refuses_but_keeps_its_promises(void **state)
{
	struct pool *p = pool_of(1, 2);
	struct gate g;

	(void)state;
	gate_init(&g);
	assert_true(pool_submit(p, gate_pass, &g));
	gate_wait(&g, 1);
	assert_true(pool_submit(p, count, NULL));
	assert_true(pool_submit(p, count, NULL));
	assert_false(pool_submit(p, count, NULL));
	pool_submit_promised(p, count, NULL);
	assert_int_equal(pool_waiting(p), 3);
	gate_open(&g);
	pool_free(p);
	assert_int_equal(atomic_load(&done), 4);
	gate_release(&g);
}

struct chain {
	struct pool *pool;
	int left;
	void (*go_on)(struct pool *p, void (*run)(void *), void *arg);
};

static void chain_go_on(void *arg)
{
	struct chain *c = arg;

	count(NULL);
	if (c->left-- > 0)
		c->go_on(c->pool, chain_go_on, c);
}

static void what_a_job_promises_is_run_while_draining(void **state)
{
	void (*const ways[])(struct pool *, void (*)(void *), void *) = {
		pool_submit_promised, pool_submit_next,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct chain c = { pool_of(2, 4), 100, ways[i] };

		assert_true(pool_submit(c.pool, chain_go_on, &c));
		pool_drain(c.pool);
		assert_int_equal(atomic_load(&done), 101);
		assert_false(pool_submit(c.pool, count, NULL));
		pool_free(c.pool);
	}
}

/* Two that meet at the gate, promised by a job that ends: its own thread takes one of them,
 * for the other one somebody has to be woken. */
struct pair {
	struct pool *pool;
	struct gate *gate;
};

static void promise_two(void *arg)
{
	struct pair *pair = arg;

	pool_submit_next(pair->pool, gate_pass, pair->gate);
	pool_submit_next(pair->pool, gate_pass, pair->gate);
}

static void of_two_jobs_that_come_next_another_thread_is_woken_for_one(void **state)
{
	struct pool *p = pool_of(2, 4);
	struct gate g;
	struct pair pair = { p, &g };

	(void)state;
	gate_init(&g);
	assert_true(pool_submit(p, promise_two, &pair));
	gate_wait(&g, 2);
	gate_open(&g);
	pool_free(p);
	assert_int_equal(atomic_load(&done), 2);
	gate_release(&g);
}

int pool_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_job_is_run_before_the_drain_ends),
		cmocka_unit_test(a_full_queue_refuses_but_keeps_its_promises),
		cmocka_unit_test(what_a_job_promises_is_run_while_draining),
		cmocka_unit_test(of_two_jobs_that_come_next_another_thread_is_woken_for_one),
	};

	return cmocka_run_group_tests_name("work/pool", tests, NULL, NULL);
}
