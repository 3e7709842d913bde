/* import_rules.c - the settings of the site that an import goes by. An import lives long, as that
 * of `watch` does, and may wait for another one: what counts is what they are when it writes, or
 * it would count a post in the month of another zone, or put it on a shelf of another size. */
#include <string.h>
#include "base/date.h"
#include "content/announce.h"
#include "site/settings.h"
#include "transfer/import_impl.h"

static bool load(struct arena *a, struct import *im, struct tx *tx, struct settings *s,
		 struct fail *f)
{
	struct edit_rules *rules = &im->site.rules;

	if (!settings_load(a, tx, s, f))
		return false;
	rules->serial = s->serial;
	rules->per_page = s->posts_per_page;
	if (!rules->zone || !str_eq(str_of(rules->zone), s->timezone))
		rules->zone = arena_cstr(im->arena, s->timezone);
	return true;
}

bool import_impl_begin(struct import *im, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings s;

	if (im->asks_clock)
		im->site.rules.now = date_now();
	if (!tx_begin(im->site.db, TX_READ, &tx, f) || !load(a, im, tx, &s, f))
		return false;
	im->plan.zone = im->site.rules.zone;
	if (!str_eq(im->site.lang, s.lang))
		im->site.lang = arena_str(im->arena, s.lang);
	return true;
}

bool import_impl_write_tx(struct run *run, struct tx **ret)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings s;

	if (!tx_begin(run->im->site.db, TX_WRITE, &tx, run->f)
	    || !load(a, run->im, tx, &s, run->f))
		return false;
	*ret = tx;
	tx = NULL;
	return true;
}

bool import_impl_commit(const struct import_site *site, struct tx *tx, struct fail *f)
{
	if (site->registry && !announce_mark(site->registry, tx, site->is_hasty, f)) {
		tx_rollback(tx);
		return false;
	}
	return tx_commit(tx, f);
}
