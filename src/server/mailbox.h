/* mailbox.h - how answers come from workers to a loop.
 *
 * Any thread puts, the loop's thread takes all at once. Without a lock: a stack
 * that is swapped out whole and turned round, so that answers leave in the order
 * they came. `senders` counts those between putting and waking, for whom the loop
 * waits before it closes. Private to server/.
 */
#ifndef SERVER_MAILBOX_H
#define SERVER_MAILBOX_H

#include <stdatomic.h>
#include <uv.h>

struct exchange;

struct mailbox {
	_Atomic(struct exchange *) top;
	atomic_int senders;
	uv_async_t wake;
};

void mailbox_put(struct mailbox *m, struct exchange *x);
void mailbox_wake(struct mailbox *m);			/* only wakes the loop */
struct exchange *mailbox_take(struct mailbox *m);	/* oldest first, or NULL */
void mailbox_wait_senders(struct mailbox *m);

#endif
