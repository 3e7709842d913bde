/* cond.h - waiting for something that a mutex guards to become true.
 *
 *	MUTEX_HOLD(&x->lock);
 *	while (!x->is_ready)
 *		cond_wait(&x->changed, &x->lock);
 *
 * Always in a loop: a wait may end without a signal. Who makes it true signals while it holds
 * the mutex, or after.
 */
#ifndef WORK_COND_H
#define WORK_COND_H

#include "work/mutex.h"

struct cond {
	pthread_cond_t c;
};

void cond_init(struct cond *c);
void cond_release(struct cond *c);
void cond_wait(struct cond *c, struct mutex *m);	/* m is held before and after */
void cond_signal(struct cond *c);		/* wakes one */
void cond_broadcast(struct cond *c);		/* wakes all */

#endif
