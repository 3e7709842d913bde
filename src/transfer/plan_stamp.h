/* plan_stamp.h - the stamp of a text: a digest of all that its page depends on in the folder.
 * Only for plan.c and plan_renew.c.
 */
#ifndef TRANSFER_PLAN_STAMP_H
#define TRANSFER_PLAN_STAMP_H

#include "base/limits.h"
#include "transfer/plan.h"

/* What stamps are made with: for all of them, since there are many. */
struct plan_stamping {
	struct buf text;
	struct arena *scratch;		/* made at the first stamp */
};

#define PLAN_STAMPING { BUF(4 * MIB), NULL }

void plan_stamping_release(struct plan_stamping *st);

/* Fills it->stamp; a link that leads nowhere is complained of. The plan's index is made and
 * the item has its place. */
void plan_stamp(struct plan *p, struct plan_item *it, struct plan_stamping *st);

#endif
