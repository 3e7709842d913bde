/* cmd_theme_new.c - hameau theme new: a theme that works, to be changed from there. */
#include <pwd.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cmd_theme.h"
#include "cli/stage.h"
#include "theme/theme.h"
#include "workshop/start.h"

/* As the machine calls who works at it. */
static struct str author_of(struct call *call)
{
	struct str given = call_option(call, "author"), full;
	const struct passwd *who = getpwuid(getuid());

	if (given.n || !who)
		return given;
	full = str_cut(str_of(who->pw_gecos), ',', &given);
	return arena_str(call->arena, full.n ? full : str_of(who->pw_name));
}

/* A new theme that does not load would be a bug of ours; better told here than later. */
static bool prove(struct themes *ts, const char *dir, struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *t = NULL;

	return themes_try(ts, dir, &t, f);
}

static bool start(struct call *call, struct themes *ts, struct fail *f)
{
	struct str id = call->args[0], from = call_option(call, "from");
	struct start s = {
		.extras = path_join(call->arena, stage_files(call->arena), STR("start")),
		.id = id, .name = start_name(call->arena, id), .author = author_of(call),
		.to = call_path(call, call->n_args > 1 ? call->args[1] : id),
	};

	if (!str_eq(path_name(str_of(s.to)), id))
		s.to = path_join(call->arena, s.to, id);
	if (!theme_id_is_good(id))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a name for a theme: 3 to 40 small"
			    " letters, digits and \"-\"", STR_ARG(id));
	if (!cmd_theme_folder(call, ts, from.n ? from : STR("plain"), &s.from, f)
	    || !start_theme(call->arena, &s, f) || !prove(ts, s.to, f))
		return false;
	call_out(call, tr(call->catalog, "The theme is in %s."), s.to);
	call_out(call, "\n  hameau theme serve %s\n", s.to);
	return true;
}

bool cmd_theme_new(struct call *call, struct fail *f)
{
	struct themes *ts;
	bool ok;

	if (!cmd_theme_borrow(call, &ts, f))
		return false;
	ok = start(call, ts, f);
	cmd_theme_give_back(call, ts);
	return ok;
}
