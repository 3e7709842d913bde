/* pool.c - see pool.h. One queue, one mutex, a condition that workers wait for. */
#include "work/pool.h"

#include <assert.h>
#include "base/mem.h"
#include "work/cond.h"
#include "work/thread.h"

struct job {
	struct job *next;
	void (*run)(void *);
	void *arg;
};

struct pool {
	struct mutex lock;
	struct cond work;		/* a job came, or draining began */
	struct job *first, **last;
	size_t waiting, queue_max;
	bool draining;
	int nice;
	int size;			/* threads; while it is drained fewer of them are left */
	int n;
	struct thread **threads;
};

/* The next job, or NULL when the pool is drained. A job that runs may promise others:
 * its own thread is still there to run them, so no thread need wait for it. */
static struct job *pool_next(struct pool *p)
{
	MUTEX_HOLD(&p->lock);
	struct job *j;

	while (!p->first && !p->draining)
		cond_wait(&p->work, &p->lock);
	j = p->first;
	if (!j)
		return NULL;
	p->first = j->next;
	if (!p->first)
		p->last = &p->first;
	p->waiting--;
	return j;
}

static void pool_work(void *arg)
{
	struct pool *p = arg;
	struct job *j;

	thread_be_nice(p->nice);
	while ((j = pool_next(p))) {
		struct job job = *j;

		mem_free(j);
		thread_give_way();
		job.run(job.arg);
	}
}

/* The lock is held. */
static void pool_append(struct pool *p, void (*run)(void *), void *arg)
{
	struct job *j = MEM_NEW(struct job);

	j->run = run;
	j->arg = arg;
	*p->last = j;
	p->last = &j->next;
	p->waiting++;
}

bool pool_new(const char *name, int threads, size_t queue_max, int nice, struct pool **ret,
	      struct fail *f)
{
	struct pool *p = MEM_NEW(struct pool);

	assert(threads > 0);
	mutex_init(&p->lock, MUTEX_POOL);
	cond_init(&p->work);
	p->last = &p->first;
	p->queue_max = queue_max;
	p->nice = nice;
	p->size = threads;
	p->threads = mem_array((size_t)threads, sizeof *p->threads);
	for (; p->n < threads; p->n++) {
		if (!thread_start(name, pool_work, p, &p->threads[p->n], f)) {
			pool_free(p);
			return false;
		}
	}
	*ret = p;
	return true;
}

static bool pool_take(struct pool *p, void (*run)(void *), void *arg)
{
	MUTEX_HOLD(&p->lock);

	if (p->draining || p->waiting >= p->queue_max)
		return false;
	pool_append(p, run, arg);
	return true;
}

/* Whom it wakes would only wait for the lock, were it held: on the waker's processor, before
 * him. */
bool pool_submit(struct pool *p, void (*run)(void *), void *arg)
{
	if (!pool_take(p, run, arg))
		return false;
	cond_signal(&p->work);
	return true;
}

static size_t pool_take_promised(struct pool *p, void (*run)(void *), void *arg)
{
	MUTEX_HOLD(&p->lock);

	pool_append(p, run, arg);
	return p->waiting;
}

void pool_submit_promised(struct pool *p, void (*run)(void *), void *arg)
{
	pool_take_promised(p, run, arg);
	cond_signal(&p->work);
}

void pool_submit_next(struct pool *p, void (*run)(void *), void *arg)
{
	if (pool_take_promised(p, run, arg) > 1)
		cond_signal(&p->work);
}

size_t pool_waiting(struct pool *p)
{
	MUTEX_HOLD(&p->lock);

	return p->waiting;
}

int pool_threads(const struct pool *p)
{
	return p->size;
}

void pool_drain(struct pool *p)
{
	mutex_lock(&p->lock);
	p->draining = true;
	cond_broadcast(&p->work);
	mutex_unlock(&p->lock);

	while (p->n > 0)
		thread_join(p->threads[--p->n]);
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	pool_drain(p);
	assert(!p->first);
	cond_release(&p->work);
	mutex_release(&p->lock);
	mem_free(p->threads);
	mem_free(p);
}
