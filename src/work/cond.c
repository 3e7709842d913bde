/* cond.c - see cond.h. */
#include "work/cond.h"

#include <assert.h>

void cond_init(struct cond *c)
{
	int rc = pthread_cond_init(&c->c, NULL);

	assert(rc == 0);
	(void)rc;
}

void cond_release(struct cond *c)
{
	pthread_cond_destroy(&c->c);
}

void cond_wait(struct cond *c, struct mutex *m)
{
	pthread_cond_wait(&c->c, &m->m);
}

void cond_signal(struct cond *c)
{
	pthread_cond_signal(&c->c);
}

void cond_broadcast(struct cond *c)
{
	pthread_cond_broadcast(&c->c);
}
