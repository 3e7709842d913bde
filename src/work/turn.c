/* turn.c - see turn.h. */
#include "work/turn.h"

#include <assert.h>

void turn_init(struct turn *t, enum mutex_rank rank)
{
	mutex_init(&t->lock, rank);
	cond_init(&t->free);
	t->taken = false;
}

void turn_release(struct turn *t)
{
	assert(!t->taken);
	cond_release(&t->free);
	mutex_release(&t->lock);
}

void turn_take(struct turn *t)
{
	MUTEX_HOLD(&t->lock);
	while (t->taken)
		cond_wait(&t->free, &t->lock);
	t->taken = true;
}

void turn_end(struct turn *t)
{
	MUTEX_HOLD(&t->lock);
	assert(t->taken);
	t->taken = false;
	cond_signal(&t->free);
}
