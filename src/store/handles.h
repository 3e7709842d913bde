/* handles.h - keeps some hundreds of the site databases open, the last used ones.
 *
 * A handle is lent to one piece of work and given back. A site may have several
 * open at once (its lane decides). When more than max_open are open the
 * longest idle are closed; lent ones are never closed, so the number may pass max_open by
 * the number of workers. Any thread; opening and closing happen outside the lock.
 */
#ifndef STORE_HANDLES_H
#define STORE_HANDLES_H

#include "store/schema.h"

struct handles;

struct handles_config {
	size_t max_open;
	bool relaxed;			/* see db.h */
	struct gens *gens;
	const struct gen_tables *tables;
	const struct schema_step *steps;	/* applied to each database when it is opened */
};

struct handles *handles_new(const struct handles_config *c);
void handles_free(struct handles *h);		/* all were given back; NULL is fine */

/* FAIL_CORRUPT: the file is missing, empty or damaged. One that was replaced is opened anew, and
 * what was made from the one before is stale, as far as this process has seen that: it had it
 * open, or found it damaged. */
MUST_CHECK bool handles_take(struct handles *h, uint64_t site, const char *path, struct db **ret,
			     struct fail *f);
void handles_give(struct handles *h, struct db *db);

/* Closes what is idle of the site, and what is lent when it is given back: the folder is
 * about to be moved, replaced or removed. */
void handles_drop(struct handles *h, uint64_t site);
size_t handles_count(struct handles *h);	/* open now, lent or idle */

#endif
