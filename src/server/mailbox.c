/* mailbox.c - see mailbox.h. */
#include "server/mailbox.h"
#include <sched.h>

#include "server/exchange.h"

void mailbox_wake(struct mailbox *m)
{
	atomic_fetch_add(&m->senders, 1);
	uv_async_send(&m->wake);
	atomic_fetch_sub(&m->senders, 1);
}

void mailbox_put(struct mailbox *m, struct exchange *x)
{
	struct exchange *top;

	/* Counted before the exchange can be seen: once the loop has it, the loop may
	 * end, and must not before we have woken it. */
	atomic_fetch_add(&m->senders, 1);
	top = atomic_load_explicit(&m->top, memory_order_relaxed);
	do
		x->next = top;
	while (!atomic_compare_exchange_weak_explicit(&m->top, &top, x, memory_order_release,
						      memory_order_relaxed));
	if (!top)
		uv_async_send(&m->wake);
	atomic_fetch_sub(&m->senders, 1);
}

struct exchange *mailbox_take(struct mailbox *m)
{
	struct exchange *x = atomic_exchange_explicit(&m->top, NULL, memory_order_acquire);
	struct exchange *oldest = NULL, *next;

	for (; x; x = next) {
		next = x->next;
		x->next = oldest;
		oldest = x;
	}
	return oldest;
}

void mailbox_wait_senders(struct mailbox *m)
{
	while (atomic_load(&m->senders))
		sched_yield();
}
