/* registry.h - from a host name to a site.
 *
 * A request's host name is the name of the host itself (its front page), NAME.base,
 * a domain of a site's owner, a former name, or nothing we know. Answers are kept in
 * memory, known and unknown ones, in a table of fixed size: it does not grow with the
 * number of sites, and unknown names cannot push out known ones. An answer is used for
 * as long as the counters of the name and of the site stand still.
 *
 * registry_find_cached() is for loop threads: a few instructions under a lock, no
 * file, no database. registry_find() may ask host.db: workers and commands.
 *
 * Also the way to host.db for everybody else: registry_begin() lends a transaction.
 */
#ifndef SITE_REGISTRY_H
#define SITE_REGISTRY_H

#include "site/site.h"
#include "store/handles.h"
#include "store/tx.h"

struct registry;

struct registry_config {
	const char *data;			/* the host's folder */
	struct str base;			/* base domain: lower-case, A-labels */
	struct gens *gens;
	struct handles *sites;			/* open databases of sites; lent, outlives us */
	const struct schema_step *site_steps;	/* to make the database of a new site */
	const struct gen_tables *site_tables;
	bool relaxed;				/* of host.db and new sites: see store/db.h */
	size_t places;				/* host names kept in memory; 0: 16384 */
};

/* Opens DATA/host.db; with `create` it is made when it is not there. */
MUST_CHECK bool registry_open(const struct registry_config *c, bool create, struct registry **ret,
			      struct fail *f);
void registry_close(struct registry *r);	/* NULL is fine */

struct str registry_base(const struct registry *r);
const char *registry_data(const struct registry *r);
struct handles *registry_sites(const struct registry *r);
const struct registry_config *registry_setup(const struct registry *r);

enum found_kind {
	FOUND_NOTHING,		/* no such site: 404 */
	FOUND_FRONT,		/* the host itself */
	FOUND_SITE,
};

struct found {
	enum found_kind kind;
	struct site *site;	/* a reference, FOUND_SITE only */
	bool redirect;		/* 301 to site->host, or to the base domain for FOUND_FRONT */
};

/* Its pages are what this name shows. */
static inline bool found_is_shown(const struct found *f)
{
	return f->kind == FOUND_SITE && !f->redirect && f->site->state == SITE_ACTIVE;
}

void found_release(struct found *f);		/* for CLEANUP; gives the site back */

/* host: as in the request: lower-case, without port and final dot. False: not known here,
 * or stale; ask registry_find(). */
bool registry_find_cached(struct registry *r, struct str host, struct found *ret);
MUST_CHECK bool registry_find(struct registry *r, struct str host, struct found *ret,
			      struct fail *f);

/* By id, from memory or host.db. FAIL_NOT_FOUND when there is none. */
MUST_CHECK bool registry_site(struct registry *r, uint64_t id, struct site **ret, struct fail *f);

/* As people name a site on the command line: its name, a former name, one of its host
 * names, or its id. FAIL_NOT_FOUND suggests nothing; names are not listed to strangers. */
MUST_CHECK bool registry_named(struct registry *r, struct str given, struct site **ret,
			       struct fail *f);

/* A transaction on host.db. */
struct host_tx {
	struct registry *registry;
	struct db *db;
	struct tx *tx;
	bool is_hasty;
};
#define HOST_TX_NONE { NULL, NULL, NULL, false }

MUST_CHECK bool registry_begin(struct registry *r, enum tx_kind kind, struct host_tx *ret,
			       struct fail *f);
/* To write what need not wait for the disk: after a crash it may not have happened. */
MUST_CHECK bool registry_begin_hasty(struct registry *r, struct host_tx *ret, struct fail *f);
MUST_CHECK bool registry_commit(struct host_tx *t, struct fail *f);
void registry_end(struct host_tx *t);		/* for CLEANUP: rolls back what was not committed */

/* The same for the database of a site. */
MUST_CHECK bool registry_begin_site(struct registry *r, const struct site *site, enum tx_kind kind,
				    struct host_tx *ret, struct fail *f);

/* Reads the whole database of the site, or host.db for NULL, for damage (db_check). */
MUST_CHECK bool registry_check(struct registry *r, const struct site *site, struct fail *f);

#endif
