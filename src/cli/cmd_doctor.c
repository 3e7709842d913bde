/* cmd_doctor.c - hameau doctor: looks at everything and says what to do.
 *
 * Works on the files, also while a server runs. Each finding is a sentence; errors
 * make the exit status 1.
 */
#include <stdarg.h>
#include <stdint.h>

#include "base/file.h"
#include "cli/doctor.h"
#include "cli/each_site.h"
#include "site/settings.h"

static const char *const level_names[] = { "fine", "warning", "error" };

void doctor_tell(struct doctor *d, enum doctor_level level, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf text = BUF(4 * KIB);
	const struct catalog *c = d->call->catalog;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	d->warnings += level == DOCTOR_WARNING;
	d->errors += level == DOCTOR_ERROR;
	if (d->call->json) {
		d->json.b = call_buf(d->call);
		json_open(&d->json, '{');
		json_put_str(&d->json, "level", str_of(level_names[level]));
		json_put_str(&d->json, "text", buf_str(&text));
		json_close(&d->json, '}');
		d->json.comma = true;
		call_flush(d->call);
		return;
	}
	call_out(d->call, "%s%.*s\n", level == DOCTOR_ERROR ? tr(c, "ERROR: ")
		 : level == DOCTOR_WARNING ? tr(c, "warning: ") : "", STR_ARG(buf_str(&text)));
	call_flush(d->call);
}

/* False: it cannot be read at all. */
static bool check_host_db(struct doctor *d)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	const struct catalog *c = d->call->catalog;
	struct fail f = FAIL_INIT;

	if (!registry_begin(d->call->host->registry, TX_READ, &t, &f)
	    || !host_store_count(t.tx, &d->total, &f)) {
		doctor_tell(d, DOCTOR_ERROR, "host.db: %s", f.text);
		return false;
	}
	registry_end(&t);
	if (!d->quick && !registry_check(d->call->host->registry, NULL, &f))
		doctor_tell(d, DOCTOR_ERROR, "host.db: %s", f.text);
	else
		doctor_tell(d, DOCTOR_FINE, "%s", tr(c, "host.db is sound"));
	return true;
}

static void check_copies(struct doctor *d, const struct host_row *row, const struct settings *s)
{
	if (str_eq(row->title, s->title) && str_eq(row->tagline, s->tagline)
	    && str_eq(row->lang, s->lang) && row->listed == s->listed)
		return;
	doctor_tell(d, DOCTOR_WARNING,
		    tr(d->call->catalog, "site %.*s: the front page shows an older title or"
		       " language; hameau site set %.*s title=... writes it again"),
		    STR_ARG(row->name), STR_ARG(row->name));
}

/* A site that somebody writes to all the time is not ill, only not looked through. */
static void tell_site(struct doctor *d, const struct host_row *row, const struct site *site,
		      const struct fail *f)
{
	doctor_tell(d, f->code == FAIL_BUSY ? DOCTOR_WARNING : DOCTOR_ERROR, "%.*s (%s): %s",
		    STR_ARG(row->name), site->path, f->text);
}

/* What is wrong with a site is a finding, and no failure. */
static bool check_site(void *arg, const struct host_row *row, struct fail *none)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct doctor *d = arg;
	struct registry *r = d->call->host->registry;
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct fail f = FAIL_INIT;
	struct settings settings;

	(void)none;
	d->sites++;
	if (!registry_site(r, row->id, &site, &f)) {
		doctor_tell(d, DOCTOR_ERROR, "%.*s: %s", STR_ARG(row->name), f.text);
		return true;
	}
	call_progress(d->call, d->sites, d->total, row->name);
	if (!registry_begin_site(r, site, TX_READ, &t, &f)
	    || !settings_load(a, t.tx, &settings, &f)) {
		tell_site(d, row, site, &f);
		return true;
	}
	check_copies(d, row, &settings);
	registry_end(&t);
	if (!d->quick && !registry_check(r, site, &f))
		tell_site(d, row, site, &f);
	return true;
}

/* A folder whose site host.db does not know: copied in by hand, or left by a crash. */
static void check_folder(struct doctor *d, const char *dir, const char *name)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct fail f = FAIL_INIT;
	uint64_t id;

	if (site_id_parse(str_of(name), &id)
	    && (registry_site(d->call->host->registry, id, &site, &f) || f.code != FAIL_NOT_FOUND))
		return;
	doctor_tell(d, DOCTOR_WARNING,
		    tr(d->call->catalog, "%s/%s belongs to no site; it can be removed"), dir, name);
}

static void check_folders(struct doctor *d)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *sites = path_join(a, d->call->host->data, STR("sites"));
	struct dir_entry *outer, *inner;
	size_t n_outer, n_inner;

	if (!dir_list(a, sites, &outer, &n_outer, NULL))
		return;
	for (size_t i = 0; i < n_outer && !call_is_cancelled(d->call); i++) {
		const char *dir = path_join(a, sites, str_of(outer[i].name));

		if (!outer[i].is_dir || !dir_list(a, dir, &inner, &n_inner, NULL))
			continue;
		for (size_t k = 0; k < n_inner; k++)
			check_folder(d, dir, inner[k].name);
	}
}

static void check_sites(struct doctor *d)
{
	struct fail f = FAIL_INIT;

	if (!each_site(d->call, STR_NONE, check_site, d, &f))
		doctor_tell(d, DOCTOR_ERROR, "host.db: %s", f.text);
	check_folders(d);
}

bool cmd_doctor(struct call *call, struct fail *f)
{
	struct doctor d = { .call = call, .quick = call_has(call, "quick") };
	bool knows_sites;

	if (call->json)
		call_out(call, "[");
	knows_sites = check_host_db(&d);
	doctor_machine(&d);
	if (knows_sites)
		check_sites(&d);
	if (call_is_cancelled(call))
		return fail(f, FAIL_BUSY, "stopped before the end");
	if (!d.errors && !d.warnings)
		doctor_tell(&d, DOCTOR_FINE,
			    trn(call->catalog, "%lld site is sound", "%lld sites are sound",
				(uint64_t)d.sites), (long long)d.sites);
	if (call->json)
		call_out(call, "]\n");
	call->exit = d.errors ? 1 : 0;
	return true;
}
