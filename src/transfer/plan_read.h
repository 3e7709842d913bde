/* plan_read.h - reading many files on several threads. Only for plan.c.
 *
 * Of each file the head and the addresses in its text are kept, and of some MiB the whole
 * text; the others are read again by whoever renders them, so that a folder of ten thousand
 * texts needs little memory.
 */
#ifndef TRANSFER_PLAN_READ_H
#define TRANSFER_PLAN_READ_H

#include "transfer/plan.h"

enum { PLAN_READ_KEPT = 16 << 20 };	/* bytes of whole texts */

struct plan_read_list {
	size_t keep;			/* so many bytes of whole texts */
	struct { struct plan_item *item; struct str path; } *p;
	size_t n, cap;
};

void plan_read_add(struct plan_read_list *l, struct plan_item *it, struct str path);
void plan_read_release(struct plan_read_list *l);
MUST_CHECK bool plan_read_all(struct plan *p, struct plan_read_list *l, int threads,
			      struct fail *f);

/* One file into an item that has nothing yet. scratch is the caller's; NULL: the whole text is
 * kept. */
void plan_read_one(struct plan *p, struct arena *scratch, struct plan_item *it, struct str path);

/* A file that a text shows: counted once. */
void plan_read_use(struct plan *p, const struct tree_file *file);

#endif
