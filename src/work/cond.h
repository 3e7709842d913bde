/* cond.h - waiting for something that a mutex guards to become true.
 *
 * The caller holds the mutex and tests its condition in a loop.
 */
#ifndef WORK_COND_H
#define WORK_COND_H

#include "work/mutex.h"

struct cond {
	pthread_cond_t c;
};

void cond_init(struct cond *c);
void cond_release(struct cond *c);
void cond_wait(struct cond *c, struct mutex *m);
void cond_signal(struct cond *c);		/* wakes one */
void cond_broadcast(struct cond *c);		/* wakes all */

#endif
