/* announce.c - reads the site, then writes host.db: never two transactions at a time. */
#include "content/announce.h"

#include "base/limits.h"
#include "content/edit.h"
#include "content/list.h"
#include "site/due.h"
#include "site/newest.h"
#include "site/settings.h"
#include "unicode/zone.h"

struct news {
	int64_t due;
	struct newest posts[LIMIT_NEWEST];
	size_t n;
};

static bool read_site(struct arena *a, struct db *db, struct news *ret, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings settings;
	struct post_list list;
	const char *zone;

	if (!tx_begin(db, TX_READ, &tx, f) || !settings_load(a, tx, &settings, f)
	    || !edit_next_due(tx, &ret->due, f)
	    || !list_newest(a, tx, 0, LIMIT_NEWEST, &list, f))
		return false;
	zone = arena_cstr(a, settings.timezone);
	for (size_t i = 0; i < list.n && i < LIMIT_NEWEST; i++) {
		const struct post *p = &list.p[i];

		/* By the site's own clock: the front page shows the day that the post shows. */
		ret->posts[ret->n++] = (struct newest){
			.url = p->path, .title = p->title,
			.lang = p->lang.n ? p->lang : settings.lang,
			.at = p->published_at + zone_offset(zone, p->published_at),
		};
	}
	return true;
}

bool announce(struct registry *r, uint64_t site, struct db *db, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct news *news = ARENA_NEW(a, struct news);

	return read_site(a, db, news, f) && registry_begin(r, TX_WRITE, &t, f)
		&& due_set(t.tx, site, DUE_PUBLISH, news->due, f)
		&& newest_replace(t.tx, site, news->posts, news->n, f) && registry_commit(&t, f);
}
