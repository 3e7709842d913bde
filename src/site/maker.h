/* maker.h - new sites, one or thousands.
 *
 * The folder and the database of each are made first, unknown to anybody; maker_commit()
 * brings them all to the disk and then, in one transaction, into host.db. A crash between
 * the two leaves folders that nothing points to, which `doctor` tells, and never a row
 * without a database. Blocking; one thread.
 */
#ifndef SITE_MAKER_H
#define SITE_MAKER_H

#include "site/manage.h"
#include "site/name.h"

/* So many at once cost the least: beyond it the sync of the disk is shared enough. */
#define MAKER_BATCH 250

struct maker;

struct maker_site {
	struct name name;
	const struct manage_setting *settings;
	size_t count;
};

MUST_CHECK bool maker_open(struct registry *r, struct maker **ret, struct fail *f);
/* Removes the folders of those that were not committed. NULL is fine. */
void maker_close(struct maker *m);
void maker_closep(struct maker **m);		/* for CLEANUP */

/* The name may be taken and the settings fit. Costs no disk but a look into host.db. */
MUST_CHECK bool maker_check(struct maker *m, const struct maker_site *s, struct fail *f);

/* Makes its folder. *id is the new site's. */
MUST_CHECK bool maker_add(struct maker *m, const struct maker_site *s, uint64_t *id,
			  struct fail *f);

/* On failure none of those added since the last commit is there. */
MUST_CHECK bool maker_commit(struct maker *m, struct fail *f);

#endif
