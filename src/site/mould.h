/* mould.h - the database of a new site, before it is a file.
 *
 * An empty site in memory, laid out once. Whoever makes a site fills it, casts it (one file,
 * one write), and clears it for the next: there is no log, nothing is synchronised, the schema
 * is read and each statement prepared once for a thousand sites. Nobody can know of the site
 * yet, so nothing of it is counted (base/gens.h). Belongs to one thread.
 *
 *	mould_clear(m, f) && ...mould_db(m)... && mould_cast(m, path, f)
 */
#ifndef SITE_MOULD_H
#define SITE_MOULD_H

#include "site/registry.h"

struct mould;

MUST_CHECK bool mould_open(struct registry *r, struct mould **ret, struct fail *f);
void mould_close(struct mould *m);		/* NULL is fine */
void mould_closep(struct mould **m);		/* for CLEANUP */

/* It holds an empty site again. */
MUST_CHECK bool mould_clear(struct mould *m, struct fail *f);

/* What is in it now; transactions on it are as on any other database. */
struct db *mould_db(struct mould *m);

/* Writes it as the file path, without waiting for the disk: that is for whoever lets the site
 * be known (maker_commit()). No transaction is open. On failure nothing is there. */
MUST_CHECK bool mould_cast(struct mould *m, const char *path, struct fail *f);

#endif
