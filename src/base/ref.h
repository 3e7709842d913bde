/* ref.h - a count of owners for things that are shared and never change.
 *
 * Put a struct ref first, start it with ref_init, and give the last owner's
 * ref_drop the function that frees. Any thread.
 */
#ifndef BASE_REF_H
#define BASE_REF_H

#include <stdatomic.h>
#include <stdbool.h>

struct ref {
	atomic_int count;
};

static inline void ref_init(struct ref *r)
{
	atomic_init(&r->count, 1);
}

static inline void ref_hold(struct ref *r)
{
	atomic_fetch_add_explicit(&r->count, 1, memory_order_relaxed);
}

/* True for the last owner, who frees. */
static inline bool ref_drop(struct ref *r)
{
	return atomic_fetch_sub_explicit(&r->count, 1, memory_order_acq_rel) == 1;
}

#endif
