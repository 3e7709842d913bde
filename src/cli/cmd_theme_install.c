/* cmd_theme_install.c - hameau theme install and theme pack: themes from somebody and for
 * somebody. */
#include "app/config.h"
#include "app/engine.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd_theme.h"
#include "pack/pack.h"
#include "theme/install.h"

static void tell(struct call *call, const struct install *in)
{
	const struct catalog *c = call->catalog;

	if (in->was.n && in->replaced)
		call_out(call, tr(c, "theme %.*s: version %.*s takes the place of %.*s\n"),
			 STR_ARG(in->id), STR_ARG(in->version), STR_ARG(in->was));
	else
		call_out(call, tr(c, "theme %.*s: version %.*s is installed\n"), STR_ARG(in->id),
			 STR_ARG(in->version));
	if (in->older)
		call_note(call, tr(c, "this version is older than the one before (%.*s)"),
			  STR_ARG(in->was));
	if (in->left_out)
		call_note(call, trn(c, "%zu hidden file was left out",
				    "%zu hidden files were left out", in->left_out), in->left_out);
}

static void tell_json(struct call *call, const struct install *in)
{
	struct json j = { .b = call_buf(call) };

	json_open(&j, '{');
	json_put_str(&j, "id", in->id);
	json_put_str(&j, "version", in->version);
	json_put_str(&j, "was", in->was);
	json_put_bool(&j, "replaced", in->replaced);
	json_put_bool(&j, "older", in->older);
	json_put_str(&j, "folder", in->dir);
	json_put_i64(&j, "files", (int64_t)in->files);
	json_put_i64(&j, "left_out", (int64_t)in->left_out);
	json_close(&j, '}');
	call_out(call, "\n");
}

static struct install_source source_of(struct call *call)
{
	CLEANUP(config_unrefp) struct config *config = host_config(call->host);

	return (struct install_source){
		.path = call_path(call, call->args[0]), .id = call_option(call, "id"),
		.folder = path_join(call->arena, call->host->data, STR("themes")),
		.before = config->themes.n ? arena_cstr(call->arena, config->themes) : NULL,
	};
}

bool cmd_theme_install(struct call *call, struct fail *f)
{
	struct install_source source = source_of(call);
	struct install in;
	struct themes *ts;
	bool ok;

	if (!cmd_theme_borrow(call, &ts, f))
		return false;
	ok = install_theme(call->arena, ts, &source, &in, f);
	cmd_theme_give_back(call, ts);
	if (!ok)
		return false;
	if (call->host->engine)
		engine_refresh(call->host->engine);
	if (call->json)
		tell_json(call, &in);
	else
		tell(call, &in);
	return true;
}

/* --- pack --- */

static bool write_pack(struct call *call, const char *dir, const struct theme *t, struct fail *f)
{
	CLEANUP(buf_release) struct buf zip = BUF(2 * LIMIT_PACK);
	struct str version = theme_manifest(t)->version, out = call_option(call, "output");
	struct pack p;

	if (!out.n)
		out = arena_printf(call->arena, "%.*s-%.*s.zip", STR_ARG(theme_id(t)),
				   STR_ARG(version.n ? version : STR("0")));
	if (!pack_open(call->arena, dir, &p, f) || !pack_zip(&p, theme_id(t), &zip, f)
	    || !file_write(call_path(call, out), buf_str(&zip), false, f))
		return false;
	call_out(call, "%s\n", call_path(call, out));
	if (p.left_out)
		call_note(call, trn(call->catalog, "%zu hidden file was left out",
				    "%zu hidden files were left out", p.left_out), p.left_out);
	return true;
}

/* What does not load is not packed: whoever gets it could not install it. */
static bool pack_theme(struct call *call, struct themes *ts, struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *t = NULL;
	const char *dir = NULL;

	return cmd_theme_folder(call, ts, call->args[0], &dir, f) && themes_try(ts, dir, &t, f)
		&& write_pack(call, dir, t, f);
}

bool cmd_theme_pack(struct call *call, struct fail *f)
{
	struct themes *ts;
	bool ok;

	if (!cmd_theme_borrow(call, &ts, f))
		return false;
	ok = pack_theme(call, ts, f);
	cmd_theme_give_back(call, ts);
	return ok;
}
