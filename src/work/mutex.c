/* mutex.c - see mutex.h. The check of the order keeps, for each thread, the ranks that it
 * holds; as they only rise, the last one is the highest. */
#include "work/mutex.h"

#include <assert.h>

#ifdef HAMEAU_DEBUG

#define HELD_MAX 16

static _Thread_local struct {
	int rank[HELD_MAX];
	int n;
} held;

bool mutex_may_lock(const struct mutex *m)
{
	return !held.n || held.rank[held.n - 1] < m->rank;
}

static void held_push(const struct mutex *m)
{
	assert(held.n < HELD_MAX);
	held.rank[held.n++] = m->rank;
}

/* Usually the last one; two scopes may also end in the order they began. */
static void held_pop(const struct mutex *m)
{
	int i = held.n - 1;

	while (i >= 0 && held.rank[i] != m->rank)
		i--;
	assert(i >= 0 && "unlocked what this thread does not hold");
	for (; i + 1 < held.n; i++)
		held.rank[i] = held.rank[i + 1];
	held.n--;
}

#else

bool mutex_may_lock(const struct mutex *m)
{
	return m != NULL;
}

static void held_push(const struct mutex *m)
{
	(void)m;
}

static void held_pop(const struct mutex *m)
{
	(void)m;
}

#endif

void mutex_init(struct mutex *m, enum mutex_rank rank)
{
	int rc = pthread_mutex_init(&m->m, NULL);

	assert(rc == 0);
	(void)rc;
	m->rank = rank;
}

void mutex_release(struct mutex *m)
{
	pthread_mutex_destroy(&m->m);
}

void mutex_lock(struct mutex *m)
{
	int rc;

	assert(mutex_may_lock(m) && "mutexes are taken in the order of their ranks");
	rc = pthread_mutex_lock(&m->m);
	assert(rc == 0);
	(void)rc;
	held_push(m);
}

bool mutex_try(struct mutex *m)
{
	assert(mutex_may_lock(m) && "mutexes are taken in the order of their ranks");
	if (pthread_mutex_trylock(&m->m) != 0)
		return false;
	held_push(m);
	return true;
}

void mutex_unlock(struct mutex *m)
{
	held_pop(m);
	pthread_mutex_unlock(&m->m);
}
