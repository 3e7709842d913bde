/* maker.h - new sites, one or thousands.
 *
 * The folder and the database of each are made first, unknown to anybody, with what it
 * begins with; maker_commit() brings them all to the disk and then, in one transaction, into
 * host.db. A crash between the two leaves folders that nothing points to, which `doctor`
 * tells, and never a row without a database: a site is there whole or not at all.
 *
 *	maker_want() -> maker_add(), by as many threads as have a mould -> maker_commit()
 *
 * Blocking. maker_want() and maker_commit() belong to one thread.
 */
#ifndef SITE_MAKER_H
#define SITE_MAKER_H

#include "site/manage.h"
#include "site/mould.h"
#include "site/name.h"

/* So many at once cost the least: beyond it the sync of the disk is shared enough. */
#define MAKER_BATCH 250

struct maker;

struct maker_site {
	struct name name;
	const struct manage_setting *settings;
	size_t count;
};

/* What a site has from its first moment on, beside its settings. */
struct maker_contents {
	/* Writes it, in maker_add(): db is the new site's, dir its folder. *news, in the arena,
	 * is kept for tell(). False: the site is not made. */
	bool (*fill)(void *ctx, struct arena *a, struct db *db, const char *dir, void **news,
		     struct fail *f);
	/* In maker_commit(): in the transaction on host.db that makes the site known. */
	bool (*tell)(struct tx *tx, uint64_t id, void *news, struct fail *f);
	void *ctx;			/* of fill() */
};

struct maker *maker_new(struct registry *r);
/* Removes the folders of those that were not committed. NULL is fine. */
void maker_free(struct maker *m);
void maker_freep(struct maker **m);		/* for CLEANUP */

/* The settings fit, and nobody has the name or one that looks like it, nor was it wanted from
 * this maker before. Costs no disk but a look into host.db. */
MUST_CHECK bool maker_want(struct maker *m, const struct maker_site *s, struct fail *f);

/* Makes its folder. contents (copied): NULL, or what it begins with. *id is the new site's.
 * Any thread with a mould of its own. On failure nothing of it is left, and it may be tried
 * again. */
MUST_CHECK bool maker_add(struct maker *m, struct mould *mould, const struct maker_site *s,
			  const struct maker_contents *contents, uint64_t *id, struct fail *f);

/* So many were added since the last commit. */
size_t maker_waiting(struct maker *m);

/* Those that were added are known now; more may be added meanwhile. On failure none of them
 * is there; but when the disk fails so that host.db may yet know them after a crash, their
 * folders stay, and `doctor` tells those that belong to no site. */
MUST_CHECK bool maker_commit(struct maker *m, struct fail *f);

#endif
