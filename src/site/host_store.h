/* host_store.h - host.db: the sites, their names and domains.
 *
 * Everything that a host name is answered by depends on two counters: that of the
 * name and that of the site's id (GEN_REGISTRY). What lists show depends on
 * GEN_LISTED. All functions work in the caller's transaction on host.db.
 */
#ifndef SITE_HOST_STORE_H
#define SITE_HOST_STORE_H

#include "base/arena.h"
#include "site/name.h"
#include "site/settings.h"
#include "site/site.h"
#include "store/schema.h"
#include "store/tx.h"

extern const struct schema_step host_store_schema[];
extern const struct gen_tables host_store_tables[];

/* A row of the table of sites. Text is in the arena of whoever loaded it. */
struct host_row {
	uint64_t id;
	struct str name, shown, skeleton;
	int state;
	int status;		/* 200, 503 or 451: a deleted site keeps what it had */
	bool listed;
	struct str reason, title, tagline, lang;
	int64_t created, changed;
};

/* What the host keeps of a site's settings, into the row; text stays that of `from`. */
void host_store_copy(struct host_row *row, const struct settings *from);

struct host_domain {
	struct str host;
	bool canonical;
};

/* Who holds a name, in any way: *ret is 0 when nobody does. former: a rename left it. */
MUST_CHECK bool host_store_by_name(struct tx *tx, struct str name, uint64_t *ret, bool *former,
				   struct fail *f);
MUST_CHECK bool host_store_by_domain(struct tx *tx, struct str host, uint64_t *ret, struct fail *f);

/* FAIL_CONFLICT when the name or one that looks like it is held by another site than
 * `except` (0: by any). Which are the host's own says name_parse(). */
MUST_CHECK bool host_store_name_is_free(struct tx *tx, const struct name *name, uint64_t except,
					struct fail *f);

/* FAIL_NOT_FOUND without such a site. */
MUST_CHECK bool host_store_load(struct arena *a, struct tx *tx, uint64_t id, struct host_row *ret,
				struct fail *f);
/* The canonical own domain, empty when the site has none. */
MUST_CHECK bool host_store_canonical(struct arena *a, struct tx *tx, uint64_t id, struct str *ret,
				     struct fail *f);

MUST_CHECK bool host_store_insert(struct tx *tx, const struct host_row *row, struct fail *f);
MUST_CHECK bool host_store_rename(struct tx *tx, const struct host_row *was,
				  const struct name *name, int64_t now, struct fail *f);
MUST_CHECK bool host_store_state(struct tx *tx, const struct host_row *was, enum site_state state,
				 int status, struct str reason, int64_t now, struct fail *f);
/* What the front page shows of the site. */
MUST_CHECK bool host_store_describe(struct tx *tx, const struct host_row *row, struct fail *f);
/* All of it, names and domains too. */
MUST_CHECK bool host_store_remove(struct tx *tx, const struct host_row *row, struct fail *f);

MUST_CHECK bool host_store_domain_add(struct tx *tx, uint64_t id, struct str host, bool canonical,
				      struct fail *f);
MUST_CHECK bool host_store_domain_remove(struct tx *tx, uint64_t id, struct str host,
					 struct fail *f);
MUST_CHECK bool host_store_domains(struct arena *a, struct tx *tx, uint64_t id,
				   struct host_domain **ret, size_t *count, struct fail *f);
MUST_CHECK bool host_store_former(struct arena *a, struct tx *tx, uint64_t id, struct str **ret,
				  size_t *count, struct fail *f);

/* Sites whose name comes after `after`, by name, at most `limit`. listed: only those
 * that the front page shows. */
MUST_CHECK bool host_store_list(struct arena *a, struct tx *tx, struct str after, int limit,
				bool listed, struct host_row **ret, size_t *count, struct fail *f);
MUST_CHECK bool host_store_count(struct tx *tx, int64_t *ret, struct fail *f);

#endif
