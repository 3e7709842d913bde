/* manage.c - the verbs. SQL is in host_store.c and settings_store.c. */
#include "site/manage.h"

#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "site/due.h"
#include "site/host_store.h"
#include "site/maker.h"
#include "site/mark.h"
#include "site/settings.h"

enum { REMOVE_AFTER_S = 60 };	/* then whoever purges has removed all, or is dead */

/* A site that is being made or changed, with what the block must clean up. */
struct work {
	struct arena *arena;
	struct site *site;
	struct host_tx host;
	struct host_row row;
};
#define WORK_INIT { arena_new(0), NULL, HOST_TX_NONE, { .id = 0 } }

static void work_release(struct work *w)
{
	registry_end(&w->host);
	site_unref(w->site);
	arena_free(w->arena);
}

/* The site, and its row in a transaction that may write. */
static bool work_begin(struct work *w, struct registry *r, struct str given, struct fail *f)
{
	return registry_named(r, given, &w->site, f)
		&& registry_begin(r, TX_WRITE, &w->host, f)
		&& host_store_load(w->arena, w->host.tx, w->site->id, &w->row, f);
}

bool manage_create(struct registry *r, struct str given, const struct manage_setting *settings,
		   size_t count, struct site **ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(maker_freep) struct maker *m = maker_new(r);
	CLEANUP(mould_closep) struct mould *mould = NULL;
	struct maker_site s = { .settings = settings, .count = count };
	uint64_t id;

	return name_parse(a, given, &s.name, f) && maker_want(m, &s, f)
		&& mould_open(r, &mould, f) && maker_add(m, mould, &s, NULL, &id, f)
		&& maker_commit(m, f)
		&& registry_site(r, id, ret, f);
}

bool manage_rename(struct registry *r, struct str given, struct str new_name, struct site **ret,
		   struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;
	struct name name;

	if (!name_parse(w.arena, new_name, &name, f) || !work_begin(&w, r, given, f))
		return false;
	if (str_eq(name.ascii, w.row.name))
		return fail(f, FAIL_CONFLICT, "the site is called \"%.*s\" already",
			    STR_ARG(name.shown));
	return host_store_name_is_free(w.host.tx, &name, w.row.id, f)
		&& host_store_rename(w.host.tx, &w.row, &name, date_now(), f)
		&& registry_commit(&w.host, f)
		&& registry_site(r, w.row.id, ret, f);
}

static bool check_reason(struct str reason, struct fail *f)
{
	if (reason.n > LIMIT_REASON)
		return fail(f, FAIL_TOO_LARGE, "the reason is longer than %d bytes", LIMIT_REASON);
	if (!utf8_valid(reason))
		return fail(f, FAIL_INVALID, "the reason is not valid UTF-8");
	return true;
}

bool manage_suspend(struct registry *r, struct str given, bool legal, struct str reason,
		    struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;

	reason = str_trim(reason);
	if (!check_reason(reason, f) || !work_begin(&w, r, given, f))
		return false;
	if (w.row.state == SITE_DELETED)
		return fail(f, FAIL_CONFLICT, "the site \"%.*s\" is deleted", STR_ARG(w.row.shown));
	return host_store_state(w.host.tx, &w.row, SITE_SUSPENDED, legal ? 451 : 503, reason,
				date_now(), f)
		&& registry_commit(&w.host, f);
}

bool manage_resume(struct registry *r, struct str given, struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;

	if (!work_begin(&w, r, given, f))
		return false;
	if (w.row.state != SITE_SUSPENDED)
		return fail(f, FAIL_CONFLICT, "the site \"%.*s\" is not suspended",
			    STR_ARG(w.row.shown));
	return host_store_state(w.host.tx, &w.row, SITE_ACTIVE, 200, STR_NONE, date_now(), f)
		&& registry_commit(&w.host, f);
}

bool manage_delete(struct registry *r, struct str given, struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;

	if (!work_begin(&w, r, given, f))
		return false;
	if (w.row.state == SITE_DELETED)
		return fail(f, FAIL_CONFLICT, "the site \"%.*s\" is deleted already",
			    STR_ARG(w.row.shown));
	return host_store_state(w.host.tx, &w.row, SITE_DELETED, w.row.status, w.row.reason,
				date_now(), f)
		&& registry_commit(&w.host, f);
}

static bool days_are_over(const struct host_row *row, int64_t days)
{
	return date_now() - row->changed > days * 86400;
}

bool manage_undelete(struct registry *r, struct str given, int64_t days, struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;

	if (!work_begin(&w, r, given, f))
		return false;
	if (w.row.state != SITE_DELETED)
		return fail(f, FAIL_CONFLICT, "the site \"%.*s\" is not deleted",
			    STR_ARG(w.row.shown));
	if (days_are_over(&w.row, days))
		return fail(f, FAIL_GONE, "the site \"%.*s\" was deleted more than %lld days ago",
			    STR_ARG(w.row.shown), (long long)days);
	return host_store_state(w.host.tx, &w.row,
				w.row.status == 200 ? SITE_ACTIVE : SITE_SUSPENDED, w.row.status,
				w.row.reason, date_now(), f)
	       && registry_commit(&w.host, f);
}

bool manage_purge(struct registry *r, struct str given, int64_t days, bool early, uint64_t *id,
		  struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;

	if (!work_begin(&w, r, given, f))
		return false;
	if (w.row.state != SITE_DELETED)
		return fail(f, FAIL_CONFLICT, "the site \"%.*s\" is not deleted; delete it first",
			    STR_ARG(w.row.shown));
	if (!early && !days_are_over(&w.row, days))
		return fail(f, FAIL_CONFLICT,
			    "the site \"%.*s\" can still be brought back; it is purged"
			    " before its %lld days are over only with --early",
			    STR_ARG(w.row.shown), (long long)days);
	if (!host_store_remove(w.host.tx, &w.row, f)
	    || !due_set(w.host.tx, w.row.id, DUE_REMOVE, date_now() + REMOVE_AFTER_S, f)
	    || !registry_commit(&w.host, f))
		return false;
	*id = w.row.id;
	return true;
}

/* By host.db itself: what the registry remembers is not good enough for this. */
bool manage_purge_folder(struct registry *r, uint64_t id, bool *is_gone, struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;
	struct fail why = FAIL_INIT;

	*is_gone = false;
	if (!registry_begin(r, TX_READ, &w.host, f))
		return false;
	if (host_store_load(w.arena, w.host.tx, id, &w.row, &why))
		return true;
	if (why.code != FAIL_NOT_FOUND)
		return fail(f, why.code, "%s", why.text);
	*is_gone = true;
	handles_drop(registry_sites(r), id);
	return dir_remove(site_dir(w.arena, registry_data(r), id), f);
}

bool manage_domain_add(struct registry *r, struct str given, struct str domain, bool canonical,
		       struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;
	struct host_domain *domains;
	struct str host;
	size_t count;

	if (!name_domain(w.arena, domain, registry_base(r), &host, f)
	    || !work_begin(&w, r, given, f)
	    || !host_store_domains(w.arena, w.host.tx, w.row.id, &domains, &count, f))
		return false;
	if (count >= LIMIT_DOMAINS)
		return fail(f, FAIL_QUOTA, "a site has at most %d domains", LIMIT_DOMAINS);
	return host_store_domain_add(w.host.tx, w.row.id, host, canonical, f)
		&& registry_commit(&w.host, f);
}

bool manage_domain_remove(struct registry *r, struct str given, struct str domain, struct fail *f)
{
	CLEANUP(work_release) struct work w = WORK_INIT;
	struct str host;

	return name_domain(w.arena, domain, registry_base(r), &host, f)
		&& work_begin(&w, r, given, f)
		&& host_store_domain_remove(w.host.tx, w.row.id, host, f)
		&& registry_commit(&w.host, f);
}

/* What host.db keeps of the settings. */
static bool read_copies(struct work *w, struct tx *tx, struct fail *f)
{
	struct settings s;

	if (!settings_load(w->arena, tx, &s, f))
		return false;
	host_store_copy(&w->row, &s);
	return true;
}

bool manage_copy(struct registry *r, const struct site *site, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx own = HOST_TX_NONE;
	CLEANUP(work_release) struct work w = WORK_INIT;

	return registry_begin_site(r, site, TX_WRITE, &own, f)
		&& mark_begin(r, &w.host, f)
		&& host_store_load(w.arena, w.host.tx, site->id, &w.row, f)
		&& read_copies(&w, own.tx, f)
		&& host_store_describe(w.host.tx, &w.row, f)
		&& mark_clear(w.host.tx, site->id, DUE_COPY, f)
		&& registry_commit(&w.host, f);
}

static bool is_copied(struct str key)
{
	return str_eq(key, STR("title")) || str_eq(key, STR("tagline")) || str_eq(key, STR("lang"))
		|| str_eq(key, STR("listed"));
}

bool manage_set_and(struct registry *r, struct str given, const struct manage_setting *list,
		    size_t n, const struct manage_sequel *sequel, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	bool copied = false;

	if (!registry_named(r, given, &site, f) || !registry_begin_site(r, site, TX_WRITE, &t, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!settings_set(t.tx, list[i].key, list[i].value, f))
			return false;
		copied |= is_copied(list[i].key);
	}
	return (!sequel || sequel->run(sequel->ctx, t.tx, f))
		&& (!copied || mark_set(r, site->id, DUE_COPY, false, f)) && registry_commit(&t, f)
		&& (!copied || manage_copy(r, site, f) || mark_stays(f));
}

bool manage_set(struct registry *r, struct str given, const struct manage_setting *list, size_t n,
		struct fail *f)
{
	return manage_set_and(r, given, list, n, NULL, f);
}
