/* schema.h - a database grows up step by step, when it is next opened.
 *
 * Step k takes a database from version k-1 to k (PRAGMA user_version). Each step is one
 * transaction, done or never happened, and makes all of the site stale. Steps are
 * never changed once they were released; a new one is added at the end. A database
 * from a newer program is FAIL_CONFLICT.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/tx.h"

struct schema_step {
	const char *sql;			/* statements; NULL ends the list */
	/* For what SQL cannot say; in the same transaction, after sql. NULL: none. */
	bool (*run)(struct tx *tx, struct fail *f);
};

MUST_CHECK bool schema_apply(struct db *db, const struct schema_step *steps, struct fail *f);
MUST_CHECK bool schema_version(struct db *db, int *ret, struct fail *f);

#endif
