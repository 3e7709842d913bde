/* cmd_export.c - hameau export. */
#include "app/engine.h"
#include "app/render.h"
#include "base/file.h"
#include "cli/call.h"
#include "site/settings.h"
#include "store/handles.h"
#include "transfer/export.h"
#include "web/reader.h"

/* A site with its database lent. */
struct opened {
	struct host *host;
	struct site *site;
	struct db *db;
	struct engine *engine;
	struct str origin;
};

static void opened_release(struct opened *o)
{
	if (o->db)
		handles_give(o->host->sites, o->db);
	site_unref(o->site);
	if (o->engine)
		engine_give_back(o->host, o->engine);
}

static bool open_site(struct call *call, struct opened *o, struct fail *f)
{
	o->host = call->host;
	return registry_named(o->host->registry, call->args[0], &o->site, f)
		&& handles_take(o->host->sites, o->site->id, o->site->path, &o->db, f)
		&& engine_borrow(o->host, &o->engine, f);
}

/* As the pages have it: of the server that runs, else of the configuration. */
static struct str origin_of(struct call *call, const struct opened *o)
{
	return arena_printf(call->arena, "%.*s://%.*s%.*s", STR_ARG(o->engine->scheme),
			    STR_ARG(o->site->host), STR_ARG(o->engine->port));
}

/* A stylesheet or picture of a theme. */
static bool asset(const struct opened *o, struct arena *a, struct str path,
		  struct export_page *ret)
{
	struct str name, id = str_cut(str_skip(path, sizeof ASSET_PREFIX - 1), '/', &name);
	CLEANUP(theme_unrefp) struct theme *t = themes_find(o->engine->themes, id);
	const struct asset *found;
	bool current;

	found = t ? theme_asset(t, name, &current) : NULL;
	ret->status = found ? 200 : 404;
	if (found) {
		ret->type = arena_str(a, found->type);
		buf_add(&ret->body, found->bytes);
	}
	return true;
}

/* Where a redirect leads, as a path when it stays on the site. */
static struct str location_of(const struct opened *o, struct arena *a, struct str head)
{
	struct str rest = head, line;

	while (str_line(&rest, &line)) {
		struct str to = str_skip(line, sizeof "Location: " - 1);

		if (!str_starts(line, STR("Location: ")))
			continue;
		if (str_starts(to, o->origin) && to.n > o->origin.n)
			to = str_skip(to, o->origin.n);
		return arena_str(a, to);
	}
	return STR_NONE;
}

static bool render(void *ctx, struct arena *a, struct str path, struct export_page *ret,
		   struct fail *f)
{
	const struct opened *o = ctx;
	CLEANUP(rendering_release) struct rendering r = { NULL };

	if (str_starts(path, STR(ASSET_PREFIX)))
		return asset(o, a, path, ret);
	if (!render_site(o->engine, a, o->site, path, STR(""), &r, f))
		return false;
	ret->status = r.entry ? r.entry->status : 200;
	ret->type = arena_str(a, r.entry ? r.entry->type : r.type);
	if (!r.entry)
		return file_read(r.file, &ret->body, f);
	ret->location = location_of(o, a, r.entry->head);
	buf_add(&ret->body, r.entry->plain);
	return true;
}

/* The homes in the languages that readers may choose, from which their pages are found. */
static void add_starts(struct call *call, const struct settings *s, struct export_site *to)
{
	struct str *starts = arena_array(call->arena, READER_LANGUAGES, sizeof *starts);
	struct str rest = s->languages, lang;

	while (to->n_starts < READER_LANGUAGES && str_item(&rest, ",", &lang))
		starts[to->n_starts++] = arena_printf(call->arena, "/_/%.*s/", STR_ARG(lang));
	to->starts = starts;
}

static bool describe(struct call *call, struct opened *o, struct export_site *ret,
		     struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings s;

	if (!tx_begin(o->db, TX_READ, &tx, f) || !settings_load(call->arena, tx, &s, f))
		return false;
	o->origin = origin_of(call, o);
	*ret = (struct export_site){
		.render = render, .ctx = o,
		.db = o->db, .dir = o->site->dir, .url = o->origin, .title = s.title,
		.lang = s.lang, .zone = arena_cstr(call->arena, s.timezone),
	};
	add_starts(call, &s, ret);
	return true;
}

static void tell_json(struct call *call, const struct export_counts *n)
{
	struct json j = { .b = call_buf(call) };

	json_open(&j, '{');
	json_put_i64(&j, "pages", (int64_t)n->pages);
	json_put_i64(&j, "files", (int64_t)n->files);
	json_put_i64(&j, "redirects", (int64_t)n->redirects);
	json_put_i64(&j, "texts", (int64_t)n->texts);
	json_put_i64(&j, "media", (int64_t)n->media);
	json_put_i64(&j, "removed", (int64_t)n->removed);
	json_put_i64(&j, "left_out", (int64_t)n->left_out);
	json_close(&j, '}');
	call_out(call, "\n");
}

static void tell_line(struct call *call, const char *sentence, size_t n)
{
	call_out(call, "  ");
	call_out(call, sentence, n);
	call_out(call, "\n");
}

static void tell(struct call *call, const struct export_counts *n)
{
	const struct catalog *c = call->catalog;

	if (call->json) {
		tell_json(call, n);
		return;
	}
	tell_line(call, trn(c, "%zu page", "%zu pages", n->pages), n->pages);
	tell_line(call, trn(c, "%zu other file", "%zu other files", n->files), n->files);
	tell_line(call, trn(c, "%zu redirect", "%zu redirects", n->redirects), n->redirects);
	tell_line(call, trn(c, "%zu text in source/", "%zu texts in source/", n->texts), n->texts);
	tell_line(call, trn(c, "%zu medium in source/", "%zu media in source/", n->media),
		  n->media);
	if (n->removed)
		tell_line(call,
			  trn(c, "%zu file of the last export is gone",
			      "%zu files of the last export are gone", n->removed),
			  n->removed);
	if (n->left_out)
		tell_line(call, trn(c, "%zu address is left out, no file can have its name",
				    "%zu addresses are left out, no file can have their names",
				    n->left_out), n->left_out);
}

static void show_progress(void *ctx, size_t done, size_t known)
{
	struct call *call = ctx;

	call_progress(call, (int64_t)done, (int64_t)known, str_of(tr(call->catalog, "pages")));
}

bool cmd_export(struct call *call, struct fail *f)
{
	CLEANUP(opened_release) struct opened o = { .db = NULL };
	const struct export_options options = {
		.force = call_has(call, "force"), .progress = show_progress, .progress_ctx = call,
	};
	struct export_site site;
	struct export_counts counts;

	if (!open_site(call, &o, f) || !describe(call, &o, &site, f) ||
	    !export_run(&site, call_path(call, call->args[1]), &options, &counts, f))
		return false;
	tell(call, &counts);
	return true;
}
