/* publish.c - see publish.h. Two databases, two transactions: first the site's, then the
 * host's. */
#include "app/publish.h"

#include "app/purge.h"
#include "base/date.h"
#include "base/log.h"
#include "content/announce.h"
#include "content/edit.h"
#include "site/mark.h"
#include "site/registry.h"
#include "site/settings.h"
#include "store/handles.h"

enum { DUE_AT_ONCE = 100, RETRY_S = 60 };

bool publish_follow(struct host *h, const struct site *site, struct fail *f)
{
	struct db *db;
	bool ok;

	if (!handles_take(h->sites, site->id, site->path, &db, f))
		return false;
	ok = announce(h->registry, db, f);
	handles_give(h->sites, db);
	return ok;
}

/* rules->now is given; the rest is the site's. */
static bool begin_edit(struct arena *a, struct host *h, const struct site *site, struct host_tx *t,
		       struct edit_rules *rules, struct fail *f)
{
	struct settings settings;

	if (!registry_begin_site(h->registry, site, TX_WRITE, t, f)
	    || !settings_load(a, t->tx, &settings, f))
		return false;
	*rules = edit_rules_of(a, &settings, rules->now);
	return true;
}

static bool has_key(const struct manage_setting *list, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].key, str_of(key)))
			return true;
	return false;
}

/* By the settings as they are in this transaction. */
static bool arrange(struct tx *tx, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct edit_rules rules;
	struct settings s;

	if (!settings_load(a, tx, &s, f))
		return false;
	rules = edit_rules_of(a, &s, date_now());
	return edit_arrange(tx, &rules, f);
}

/* What depends on the settings that were set. */
struct sequel {
	struct registry *registry;
	bool arranges, follows;
};

static bool run_sequel(void *ctx, struct tx *tx, struct fail *f)
{
	const struct sequel *s = ctx;

	return (!s->arranges || arrange(tx, f))
		&& (!s->follows || announce_mark(s->registry, tx, false, f));
}

bool publish_set(struct host *h, const struct site *site, const struct manage_setting *list,
		 size_t n, struct fail *f)
{
	struct sequel s = { .registry = h->registry };
	const struct manage_sequel sequel = { run_sequel, &s };

	s.arranges = has_key(list, n, "order") || has_key(list, n, "posts_per_page")
		|| has_key(list, n, "timezone");
	s.follows = s.arranges || has_key(list, n, "lang");
	return manage_set_and(h->registry, site->name, list, n, &sequel, f)
		&& (!s.follows || publish_follow(h, site, f) || mark_stays(f));
}

static bool publish_site(struct host *h, const struct site *site, int64_t now, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct edit_rules rules = { .now = now };
	int64_t next, count;

	return begin_edit(a, h, site, &t, &rules, f)
		&& edit_publish_due(t.tx, &rules, &next, &count, f) && registry_commit(&t, f);
}

static bool come_again(struct host *h, const struct due *due, int64_t at, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	return registry_begin(h->registry, TX_WRITE, &t, f)
		&& due_set(t.tx, due->site, due->kind, at, f) && registry_commit(&t, f);
}

static bool list_due(struct arena *a, struct host *h, int64_t now, struct due **due, size_t *n,
		     struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	return registry_begin(h->registry, TX_READ, &t, f)
		&& due_list(a, t.tx, now, DUE_AT_ONCE, due, n, f);
}

static bool do_due(struct host *h, const struct due *due, int64_t now, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;

	if (due->kind == DUE_REMOVE)
		return purge_rest(h, due->site, f);
	if (!registry_site(h->registry, due->site, &site, f))
		return f->code == FAIL_NOT_FOUND && come_again(h, due, 0, f);
	return (due->kind != DUE_COPY || manage_copy(h->registry, site, f))
		&& (due->kind != DUE_PUBLISH || publish_site(h, site, now, f))
		&& publish_follow(h, site, f);
}

static const char *name_of(enum due_kind kind)
{
	switch (kind) {
	case DUE_PUBLISH: return "scheduled posts";
	case DUE_COPY: return "title and language";
	case DUE_NEWS: return "newest posts";
	case DUE_REMOVE: return "folder";
	}
	return "";
}

bool publish_due(struct host *h, int64_t now, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct due *due;
	size_t n;

	if (!list_due(a, h, now, &due, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct fail one = FAIL_INIT;

		if (do_due(h, &due[i], now, &one))
			continue;
		log_warn("%s of site %012llx: %s", name_of(due[i].kind),
			 (unsigned long long)due[i].site, one.text);
		if (!come_again(h, &due[i], now + RETRY_S, f))
			return false;
	}
	return true;
}
