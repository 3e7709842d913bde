/* pool.h - a few threads that run jobs in the order they came.
 *
 * Page workers and bulk workers are two pools. Jobs block as they like; the loop
 * threads never do. Any thread may submit.
 */
#ifndef WORK_POOL_H
#define WORK_POOL_H

#include <stddef.h>
#include "base/fail.h"

struct pool;

/* queue_max: jobs that may wait. nice: see thread_be_nice(). FAIL_IO: there are no more threads
 * to be had. */
MUST_CHECK bool pool_new(const char *name, int threads, size_t queue_max, int nice,
			 struct pool **ret, struct fail *f);

/* False: the queue is full (or the pool is being drained) and run will not be called. */
MUST_CHECK bool pool_submit(struct pool *p, void (*run)(void *), void *arg);

/* For jobs that were accepted already and waited elsewhere (lane.h): takes them
 * over the limit and while draining. */
void pool_submit_promised(struct pool *p, void (*run)(void *), void *arg);

/* The same at the end of a job of this pool, by its thread: one of those that wait is its
 * own to run, so nobody is woken for it. */
void pool_submit_next(struct pool *p, void (*run)(void *), void *arg);

size_t pool_waiting(struct pool *p);		/* jobs that no thread has begun */
int pool_threads(const struct pool *p);

/* Refuses new jobs, finishes what waits (and what that promises), joins the threads. */
void pool_drain(struct pool *p);
void pool_free(struct pool *p);			/* drains first; NULL is fine */

#endif
