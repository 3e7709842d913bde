/* turn.h - one after the other through work that takes long.
 *
 * A mutex is held for a few instructions; a turn may be held over files, Sass and rendering.
 * Who wants it while another thread has it sleeps. It is not recursive, and in no order of
 * arrival. Any thread that may block; what the work touches belongs to whoever has the turn.
 *
 *	turn_take(&t->turn);
 *	...
 *	turn_end(&t->turn);
 */
#ifndef WORK_TURN_H
#define WORK_TURN_H

#include "work/cond.h"

struct turn {
	struct mutex lock;		/* guards `taken` */
	struct cond free;
	bool taken;
};

/* rank: as a mutex of that rank, it is waited for only by threads that hold none of the same
 * or a higher rank. */
void turn_init(struct turn *t, enum mutex_rank rank);
void turn_release(struct turn *t);	/* nobody has it or waits for it */
void turn_take(struct turn *t);
void turn_end(struct turn *t);		/* by the thread that took it */

#endif
