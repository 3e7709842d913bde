/* announce.c - reads the site, writes host.db: the order is that of site/mark.h. */
#include "content/announce.h"

#include "base/limits.h"
#include "content/edit.h"
#include "content/list.h"
#include "site/mark.h"
#include "site/newest.h"
#include "site/settings.h"
#include "unicode/zone.h"

struct news {
	int64_t due;
	struct newest posts[LIMIT_NEWEST];
	size_t n;
};

static bool read_news(struct arena *a, struct tx *tx, struct news **ret, struct fail *f)
{
	struct news *news = ARENA_NEW(a, struct news);
	struct settings settings;
	struct post_list list;
	const char *zone;

	if (!settings_load(a, tx, &settings, f) || !edit_next_due(tx, &news->due, f)
	    || !list_top_links(a, tx, 0, LIMIT_NEWEST, &list, f))
		return false;
	zone = arena_cstr(a, settings.timezone);
	for (size_t i = 0; i < list.n && i < LIMIT_NEWEST; i++) {
		const struct post *p = &list.p[i];

		/* By the site's own clock: the front page shows the day that the post shows. */
		news->posts[news->n++] = (struct newest){
			.url = p->path, .title = p->title,
			.lang = p->lang.n ? p->lang : settings.lang,
			.at = p->published_at + zone_offset(zone, p->published_at),
		};
	}
	*ret = news;
	return true;
}

bool announce_read(struct arena *a, struct db *db, struct news **ret, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;

	return tx_begin(db, TX_READ, &tx, f) && read_news(a, tx, ret, f);
}

bool announce_write(struct tx *host, uint64_t site, const struct news *news, struct fail *f)
{
	return due_set(host, site, DUE_PUBLISH, news->due, f)
		&& newest_replace(host, site, news->posts, news->n, f);
}

/* Most edits are of no post among the newest, or of its text: host.db is left alone then. */
static bool is_known(struct registry *r, uint64_t site, const struct news *news, bool *ret,
		     struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	int64_t due, mark;
	bool same;

	if (!registry_begin(r, TX_READ, &t, f)
	    || !newest_compare(t.tx, site, news->posts, news->n, &same, f)
	    || !due_at(t.tx, site, DUE_PUBLISH, &due, f)
	    || !due_at(t.tx, site, DUE_NEWS, &mark, f))
		return false;
	*ret = same && due == news->due && !mark;
	return true;
}

bool announce_mark(struct registry *r, struct tx *tx, bool hasty, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	uint64_t site = db_site(tx_db(tx));
	struct news *news;
	bool known;

	return read_news(a, tx, &news, f) && is_known(r, site, news, &known, f)
		&& (known || mark_set(r, site, DUE_NEWS, hasty, f));
}

static bool copy(struct registry *r, struct arena *a, struct db *db, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct news *news;

	return tx_begin(db, TX_WRITE, &tx, f) && read_news(a, tx, &news, f)
		&& mark_begin(r, &t, f) && announce_write(t.tx, db_site(db), news, f)
		&& mark_clear(t.tx, db_site(db), DUE_NEWS, f) && registry_commit(&t, f);
}

bool announce(struct registry *r, struct db *db, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct news *news;
	bool known;

	return announce_read(a, db, &news, f) && is_known(r, db_site(db), news, &known, f)
		&& (known || copy(r, a, db, f));
}
