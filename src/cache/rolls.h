/* rolls.h - the rolls of a folder that are open: a bounded number, the last used ones.
 *
 *	DIR/<ab>/<site>.roll		ab: the last two digits of the site, in hex
 *
 * How many depends on how many descriptors the process may have: an eighth, 64 at least and
 * 4,096 at most. Of those that were closed it is kept where their records lie, some hundred
 * bytes for each and 8 MiB at most. Any thread.
 */
#ifndef CACHE_ROLLS_H
#define CACHE_ROLLS_H

#include "cache/roll.h"

struct rolls;

struct rolls *rolls_new(const char *dir);
void rolls_free(struct rolls *r);		/* NULL is fine */

/* A reference of the one that is open, or can be opened without waiting; else NULL. */
struct roll *rolls_glance(struct rolls *r, uint64_t site);

/* Opens it, too. One reference for the caller; NULL in *ret: there is none (and it was not
 * to be made). Blocking. */
MUST_CHECK bool rolls_take(struct rolls *r, uint64_t site, bool create, struct roll **ret,
			   struct fail *f);

void rolls_forget(struct rolls *r, uint64_t site);	/* the next one opens it again */
void rolls_forget_all(struct rolls *r);

MUST_CHECK bool rolls_path(const struct rolls *r, uint64_t site, struct buf *out, struct fail *f);

#endif
