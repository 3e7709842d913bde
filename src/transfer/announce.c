/* announce.c - reads the site, then writes host.db: never two transactions at a time. */
#include "base/limits.h"
#include "content/edit.h"
#include "content/list.h"
#include "site/due.h"
#include "site/newest.h"
#include "transfer/announce.h"

struct news {
	int64_t due;
	struct newest posts[LIMIT_NEWEST];
	size_t n;
};

static bool read_site(struct arena *a, struct db *db, struct news *ret, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post_list list;
	size_t i;

	if (!tx_begin(db, TX_READ, &tx, f) || !edit_next_due(tx, &ret->due, f) ||
	    !list_newest(a, tx, 0, LIMIT_NEWEST, &list, f))
		return false;
	for (i = 0; i < list.n && i < LIMIT_NEWEST; i++)
		ret->posts[ret->n++] = (struct newest){
			.url = list.p[i].path, .title = list.p[i].title, .lang = list.p[i].lang,
			.at = list.p[i].published_at,
		};
	return true;
}

bool announce(struct registry *r, uint64_t site, struct db *db, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct news *news = ARENA_NEW(a, struct news);

	return read_site(a, db, news, f) && registry_begin(r, TX_WRITE, &t, f) &&
	       due_set(t.tx, site, DUE_PUBLISH, news->due, f) &&
	       newest_replace(t.tx, site, news->posts, news->n, f) && registry_commit(&t, f);
}
