/* thread.h - threads with names.
 *
 * A thread blocks all signals that are meant for the process: those arrive at the
 * main thread. It is always joined.
 */
#ifndef WORK_THREAD_H
#define WORK_THREAD_H

#include "base/attrs.h"
#include "base/fail.h"

struct thread;

/* name: at most 15 bytes are shown by top and gdb. FAIL_IO: the system has no more threads. */
MUST_CHECK bool thread_start(const char *name, void (*run)(void *), void *arg,
			     struct thread **ret, struct fail *f);
void thread_join(struct thread *t);		/* waits for its end and frees it; NULL is fine */
int thread_cores(void);				/* processors this process may use, at least 1 */

/* The calling thread wants the processor often and never for long: the kernel gives it slices
 * of a fraction of a millisecond (Linux 6.12 and later; on others nothing happens). */
void thread_be_brief(void);

/* The calling thread yields to others by so much more than it did (as nice(1): 0 to 19), and so
 * do those that it starts from then on. It is brief, too: what it gives away by
 * thread_give_way() is the rest of its slice. It cannot go back up without privileges. */
void thread_be_nice(int nice_by);

/* For the midst of long work: whoever waits for this processor runs now and not at the end of
 * our slice, which is some milliseconds away (sched_yield). At most once in a fraction of a
 * millisecond; all other calls cost a look at the clock. True: it did. A thread that is not
 * nice gives way to nobody. */
bool thread_give_way(void);

#endif
