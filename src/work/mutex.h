/* mutex.h - locks with an order, held by a scope.
 *
 * Every mutex has a rank. A thread that holds one may take only mutexes of a
 * higher rank: so no two threads can wait for each other. Debug builds assert it.
 *
 *	MUTEX_HOLD(&c->lock);		until the end of the block
 *
 * Hold a mutex for a few instructions: never over SQLite, a file or a rendering.
 */
#ifndef WORK_MUTEX_H
#define WORK_MUTEX_H

#include <pthread.h>
#include <stdbool.h>
#include "base/attrs.h"

/* Outer locks first. A new lock gets its place here. */
enum mutex_rank {
	MUTEX_SITE = 10,	/* tables of sites, settings, themes */
	MUTEX_FLIGHT = 20,	/* what is being rendered */
	MUTEX_HANDLES = 30,	/* open databases */
	MUTEX_LANES = 40,
	MUTEX_POOL = 50,
	MUTEX_CACHE = 60,	/* one shard of the memory cache */
	MUTEX_LEAF = 90,	/* nothing is taken while it is held */
};

struct mutex {
	pthread_mutex_t m;
	int rank;
};

#define MUTEX_INIT(rank_) { PTHREAD_MUTEX_INITIALIZER, (rank_) }	/* for static ones */

void mutex_init(struct mutex *m, enum mutex_rank rank);
void mutex_release(struct mutex *m);
void mutex_lock(struct mutex *m);
void mutex_unlock(struct mutex *m);
MUST_CHECK bool mutex_try(struct mutex *m);	/* false: somebody holds it; nobody waits */

/* The order as a question: may this thread take m now? Always true when built without
 * --enable-debug. */
bool mutex_may_lock(const struct mutex *m);

/* For MUTEX_HOLD. */
static inline struct mutex *mutex_held(struct mutex *m)
{
	mutex_lock(m);
	return m;
}

static inline void mutex_unlockp(struct mutex **m)
{
	mutex_unlock(*m);
}

#define MUTEX_GLUE_(a, b) a##b
#define MUTEX_GLUE(a, b) MUTEX_GLUE_(a, b)
#define MUTEX_HOLD(m) \
	CLEANUP(mutex_unlockp) struct mutex *MUTEX_GLUE(hold_, __LINE__) UNUSED = mutex_held(m)

#endif
