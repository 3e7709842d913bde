/* cmd_theme.c - hameau theme list and theme show: the themes of a host and what they offer. */
#include "cli/cmd_theme.h"

#include "app/engine.h"
#include "app/share.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "cli/each_site.h"
#include "site/settings.h"

/* --- the themes of a call --- */

static bool open_without_host(struct call *call, struct themes **ret, struct fail *f)
{
	const char *folder = path_join(call->arena, share_dir(), STR("themes"));
	const struct themes_config tc = { .folders = &folder, .n_folders = 1,
					  .default_id = "plume" };

	return themes_open(&tc, ret, f);
}

bool cmd_theme_borrow(struct call *call, struct themes **ret, struct fail *f)
{
	struct host *h = call->host;

	if (!h)
		return open_without_host(call, ret, f);
	if (!h->engine)
		return engine_open_themes(h, call->arena, ret, f);
	engine_refresh(h->engine);
	*ret = h->engine->themes;
	return true;
}

void cmd_theme_give_back(struct call *call, struct themes *ts)
{
	if (!call->host || !call->host->engine || call->host->engine->themes != ts)
		themes_close(ts);
}

bool cmd_theme_find(struct call *call, struct themes *ts, struct str id, struct themes_entry *ret,
		    struct fail *f)
{
	struct nearest near;
	struct themes_entry *all;
	size_t n;

	nearest_init(&near, id);
	all = themes_all(call->arena, ts, &n);
	for (size_t i = 0; i < n; i++) {
		nearest_offer(&near, all[i].id);
		if (!str_eq(all[i].id, id))
			continue;
		*ret = all[i];
		return true;
	}
	if (near.best.n)
		return fail(f, FAIL_NOT_FOUND,
			    "there is no theme \"%.*s\"; did you mean \"%.*s\"?", STR_ARG(id),
			    STR_ARG(near.best));
	return fail(f, FAIL_NOT_FOUND, "there is no theme \"%.*s\"", STR_ARG(id));
}

bool cmd_theme_folder(struct call *call, struct themes *ts, struct str name, const char **ret,
		      struct fail *f)
{
	const char *path = call_path(call, name);
	struct themes_entry e;

	if (file_exists(path_join(call->arena, path, STR("theme.ini")))) {
		*ret = path;
		return true;
	}
	if (str_has_char(name, '/'))
		return fail(f, FAIL_INVALID, "%s: this is no theme: there is no theme.ini at its"
			    " top", path);
	if (!cmd_theme_find(call, ts, name, &e, f))
		return false;
	*ret = arena_cstr(call->arena, e.dir);
	return true;
}

struct str cmd_theme_screenshot(struct arena *a, struct str dir)
{
	const char *path = path_join(a, arena_cstr(a, dir), STR("screenshot.png"));

	return file_exists(path) ? str_of(path) : STR_NONE;
}

/* --- list --- */

struct listing {
	struct call *call;
	struct themes_entry *all;
	size_t n;
	int64_t *sites;			/* NULL: not counted */
	struct str usual;		/* of sites that chose none */
	const char *bundled;		/* folder */
	struct json json;
};

static void count_site(struct listing *l, struct str theme)
{
	if (!theme.n)
		theme = l->usual;
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->all[i].id, theme))
			l->sites[i]++;
}

/* A damaged site wears nothing; doctor tells of it. */
static bool count_theme(void *arg, const struct host_row *row, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct listing *l = arg;
	struct registry *r = l->call->host->registry;
	struct str theme;

	(void)f;
	if (registry_site(r, row->id, &site, NULL)
	    && registry_begin_site(r, site, TX_READ, &t, NULL)
	    && settings_value(a, t.tx, STR("theme"), &theme, NULL))
		count_site(l, theme);
	call_progress(l->call, 0, 0, row->name);
	return true;
}

static bool count_sites(struct listing *l, struct fail *f)
{
	l->sites = arena_array(l->call->arena, l->n + 1, sizeof *l->sites);
	return each_site(l->call, STR_NONE, count_theme, l, f);
}

static bool is_bundled(const struct listing *l, const struct themes_entry *e)
{
	return str_eq(path_dir(e->dir), str_of(l->bundled));
}

static struct str state_of(const struct themes_entry *e)
{
	if (e->removed)
		return STR("removed");
	return e->error.n ? STR("broken") : STR("good");
}

static void row_json(struct listing *l, size_t i)
{
	const struct themes_entry *e = &l->all[i];
	const struct manifest *m = e->theme ? theme_manifest(e->theme) : NULL;
	struct str screenshot = cmd_theme_screenshot(l->call->arena, e->dir);
	struct json *j = &l->json;

	j->b = call_buf(l->call);
	json_open(j, '{');
	json_put_str(j, "id", e->id);
	json_put_str(j, "name", m ? m->name : STR(""));
	json_put_str(j, "version", m ? m->version : STR(""));
	json_put_str(j, "state", state_of(e));
	json_put_str(j, "error", e->error);
	json_put_bool(j, "works", e->theme != NULL);
	json_put_bool(j, "bundled", is_bundled(l, e));
	json_put_str(j, "folder", e->dir);
	json_put_str(j, "screenshot", screenshot);
	if (l->sites)
		json_put_i64(j, "sites", l->sites[i]);
	json_close(j, '}');
	j->comma = true;
	call_flush(l->call);
}

static void column(struct call *call, struct str text, size_t width)
{
	size_t n = utf8_length(text);

	call_out(call, "%.*s%*s", STR_ARG(text), (int)(n < width ? width - n + 2 : 2), "");
}

static const char *state_word(struct call *call, const struct themes_entry *e)
{
	const struct catalog *c = call->catalog;

	if (e->removed)
		return trc(c, "theme", "removed");
	if (e->error.n)
		return trc(c, "theme", "broken");
	return "";
}

static void row_text(struct listing *l, size_t i)
{
	const struct themes_entry *e = &l->all[i];
	const struct manifest *m = e->theme ? theme_manifest(e->theme) : NULL;
	struct call *call = l->call;
	const char *state = state_word(call, e);

	column(call, e->id, 16);
	column(call, m ? m->version : STR(""), 8);
	if (l->sites)
		column(call, arena_printf(call->arena, "%lld", (long long)l->sites[i]), 6);
	column(call, m ? m->name : STR(""), 16);
	call_out(call, "%.*s%s%s\n", STR_ARG(e->dir), *state ? "  " : "", state);
	if (e->error.n)
		call_out(call, "    %.*s\n", STR_ARG(e->error));
}

bool cmd_theme_list(struct call *call, struct fail *f)
{
	struct listing l = { .call = call };
	CLEANUP(theme_unrefp) struct theme *usual = NULL;
	struct themes *ts;
	bool ok;

	if (!cmd_theme_borrow(call, &ts, f))
		return false;
	usual = themes_default(ts);
	l.usual = theme_id(usual);
	l.bundled = path_join(call->arena, share_dir(), STR("themes"));
	l.all = themes_all(call->arena, ts, &l.n);
	ok = !call_has(call, "sites") || count_sites(&l, f);
	if (ok && call->json)
		call_out(call, "[");
	for (size_t i = 0; ok && i < l.n; i++) {
		if (call->json)
			row_json(&l, i);
		else if (call_has(call, "names"))
			call_out(call, "%.*s\n", STR_ARG(l.all[i].id));
		else
			row_text(&l, i);
	}
	if (ok && call->json)
		call_out(call, "]\n");
	cmd_theme_give_back(call, ts);
	return ok;
}
