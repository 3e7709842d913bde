/* cmd_theme_override.c - hameau theme override: files of a theme that a site has for itself. */
#include "app/engine.h"
#include "base/file.h"
#include "cli/cmd_theme.h"
#include "site/settings.h"

static const char *const parts[] = { "templates", "sass", "assets" };

/* A site and the theme that it wears. */
struct wearer {
	struct call *call;
	struct engine *engine;
	struct site *site;
	struct theme *theme;
	const char *folder;		/* of its own files */
};

static void wearer_release(struct wearer *w)
{
	theme_unref(w->theme);
	site_unref(w->site);
	if (w->engine)
		engine_give_back(w->call->host, w->engine);
}

static bool find_theme(struct wearer *w, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct themes *themes = w->engine->themes;
	struct str id;

	if (!registry_begin_site(w->call->host->registry, w->site, TX_READ, &t, f)
	    || !settings_value(w->call->arena, t.tx, STR("theme"), &id, f))
		return false;
	w->theme = id.n ? themes_find(themes, id) : themes_default(themes);
	return w->theme
		|| fail(f, FAIL_INVALID, "the theme \"%.*s\" cannot be used; hameau doctor says"
			" why", STR_ARG(id));
}

static bool open_wearer(struct call *call, struct wearer *w, struct fail *f)
{
	w->call = call;
	if (!registry_named(call->host->registry, call->args[0], &w->site, f)
	    || !engine_borrow(call->host, &w->engine, f) || !find_theme(w, f))
		return false;
	w->folder = own_folder(call->arena, w->site->dir);
	return true;
}

/* --- what there is --- */

/* What cannot be listed own_errors() tells. */
static void list_part(struct wearer *w, const char *part, struct json *j)
{
	struct arena *a = w->call->arena;
	struct folder_list l;

	if (!folder_list(a, &w->folder, 1, part, &l, NULL))
		return;
	for (size_t i = 0; i < l.n; i++) {
		struct str name = arena_printf(a, "%s/%.*s", part, STR_ARG(l.files[i].name));

		if (j)
			json_str(j, name);
		else
			call_out(w->call, "%.*s\n", STR_ARG(name));
	}
}

static void list_json(struct wearer *w, struct str errors)
{
	struct json j = { .b = call_buf(w->call) };
	struct str line;

	json_open(&j, '{');
	json_put_str(&j, "folder", str_of(w->folder));
	json_key(&j, "files");
	json_open(&j, '[');
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		list_part(w, parts[i], &j);
	json_close(&j, ']');
	json_key(&j, "errors");
	json_open(&j, '[');
	while (str_line(&errors, &line))
		json_str(&j, line);
	json_close(&j, ']');
	json_close(&j, '}');
	call_out(w->call, "\n");
}

static void list(struct wearer *w)
{
	CLEANUP(buf_release) struct buf errors = BUF(OWN_ERRORS);
	struct str rest, line;

	own_errors(w->engine->own, w->site->id, w->site->dir, w->theme, &errors);
	w->call->exit = errors.n ? 1 : 0;
	if (w->call->json) {
		list_json(w, buf_str(&errors));
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		list_part(w, parts[i], NULL);
	rest = buf_str(&errors);
	while (str_line(&rest, &line))
		call_note(w->call, "%.*s", STR_ARG(line));
}

/* --- one file --- */

/* "templates/post.html", where the theme or what it stands on has it. */
static bool find_file(struct wearer *w, struct str name, const char **ret, struct fail *f)
{
	const struct theme_source *s = theme_loaded_from(w->theme);
	const struct folder_file *file = NULL;
	struct str below, part = str_cut(name, '/', &below);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct folder_list l;

		if (!str_eq(part, str_of(parts[i])))
			continue;
		if (!folder_list(w->call->arena, s->dirs, s->n_dirs, parts[i], &l, f))
			return false;
		file = folder_find(&l, below);
	}
	if (!file)
		return fail(f, FAIL_NOT_FOUND, "the theme %.*s has no file \"%.*s\"",
			    STR_ARG(theme_id(w->theme)), STR_ARG(name));
	*ret = file->path;
	return true;
}

static bool change(struct wearer *w, struct str name, struct fail *f)
{
	struct arena *a = w->call->arena;
	const char *from = NULL, *to;

	if (!find_file(w, name, &from, f))
		return false;
	to = path_join(a, w->folder, name);
	if (call_has(w->call, "remove"))
		return file_remove(to, f);
	if (file_exists(to))
		return fail(f, FAIL_CONFLICT, "%s is there already", to);
	if (!dir_make(arena_cstr(a, path_dir(str_of(to))), f) || !file_copy(from, to, f))
		return false;
	call_out(w->call, "%s\n", to);
	return true;
}

bool cmd_theme_override(struct call *call, struct fail *f)
{
	CLEANUP(wearer_release) struct wearer w = { .call = call };

	if (!open_wearer(call, &w, f))
		return false;
	if (call->n_args < 2) {
		list(&w);
		return true;
	}
	if (!change(&w, call->args[1], f))
		return false;
	own_note(w.engine->own, w.site->id, w.site->dir);
	return true;
}
