/* manage.h - what an operator does with sites.
 *
 * Every verb is one change on disk that the next request sees, in this process and in
 * others. `given` is a site as people name it (registry_named). Blocking: commands
 * and workers. Verbs that end in a site give the new snapshot, a reference.
 */
#ifndef SITE_MANAGE_H
#define SITE_MANAGE_H

#include "site/registry.h"

struct manage_setting {
	struct str key, value;
};

/* A new site: its folder, its database, its row. Settings are checked before anything is
 * made; on failure nothing is left. */
MUST_CHECK bool manage_create(struct registry *r, struct str name,
			      const struct manage_setting *settings, size_t count,
			      struct site **ret, struct fail *f);

/* The old name goes on as a redirect, for the last 20 names. */
MUST_CHECK bool manage_rename(struct registry *r, struct str given, struct str name,
			      struct site **ret, struct fail *f);

/* Pages answer 503 with the reason, or with `legal` 451. */
MUST_CHECK bool manage_suspend(struct registry *r, struct str given, bool legal, struct str reason,
			       struct fail *f);
MUST_CHECK bool manage_resume(struct registry *r, struct str given, struct fail *f);

/* Pages answer 410. Nothing is removed; the name stays held. */
MUST_CHECK bool manage_delete(struct registry *r, struct str given, struct fail *f);

/* Back from manage_delete within so many days; what was suspended is suspended again. */
MUST_CHECK bool manage_undelete(struct registry *r, struct str given, int64_t days, struct fail *f);

/* Removes the row and the names of a deleted site for good. Its folder is for
 * manage_purge_folder(), its pages for whoever keeps a cache; until both are gone there is a mark
 * (DUE_REMOVE). Before the days are over only with `early`. */
MUST_CHECK bool manage_purge(struct registry *r, struct str given, int64_t days, bool early,
			     uint64_t *id, struct fail *f);
/* *is_gone: there is no such site in host.db, nor its folder any more. */
MUST_CHECK bool manage_purge_folder(struct registry *r, uint64_t id, bool *is_gone,
				    struct fail *f);

MUST_CHECK bool manage_domain_add(struct registry *r, struct str given, struct str domain,
				  bool canonical, struct fail *f);
MUST_CHECK bool manage_domain_remove(struct registry *r, struct str given, struct str domain,
				     struct fail *f);

/* Settings of settings.h, all or none; keeps what host.db copies of them true. Whoever is
 * killed between the two databases leaves a mark (DUE_COPY, site/mark.h): manage_copy(). */
MUST_CHECK bool manage_set(struct registry *r, struct str given, const struct manage_setting *list,
			   size_t n, struct fail *f);

/* The same, and what follows from them in the site's database, all or none. */
struct manage_sequel {
	bool (*run)(void *ctx, struct tx *tx, struct fail *f);
	void *ctx;
};
MUST_CHECK bool manage_set_and(struct registry *r, struct str given,
			       const struct manage_setting *list, size_t n,
			       const struct manage_sequel *sequel, struct fail *f);

/* Copies the settings that lists and the front page show into host.db once more. */
MUST_CHECK bool manage_copy(struct registry *r, const struct site *site, struct fail *f);

#endif
