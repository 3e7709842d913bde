/* cmd_theme_check.c - hameau theme check: finds the folder and what it stands on, lets check/
 * look at it, and prints the report. */
#include <string.h>

#include "app/share.h"
#include "base/file.h"
#include "check/check.h"
#include "cli/call.h"
#include "theme/themes.h"

enum { DIRS_MOST = HOST_THEME_DIRS + 2, PARENTS_MOST = 2 };

#define DEFAULT_THEME STR("plume")

static const char *level_word(const struct catalog *c, enum check_level level)
{
	static const char *const words[] = { N_("advice"), N_("warning"), N_("error") };

	return tr(c, words[level]);
}

/* --- the rules themselves --- */

static void list_rules(struct call *call)
{
	const struct catalog *c = call->catalog;
	bool markdown = call_has(call, "markdown");

	if (markdown)
		call_out(call, "# %s\n\n%s\n\n| | %s | %s | %s |\n|---|---|---|---|\n",
			 tr(c, "Rules of theme check"),
			 tr(c, "Printed by `hameau theme check --list --markdown`."),
			 tr(c, "Level"), tr(c, "What is found"), tr(c, "What to do"));
	for (const struct check_rule *r = check_rules; r->id; r++)
		if (markdown)
			call_out(call, "| %s | %s | %s | `%s` |\n", r->id, level_word(c, r->level),
				 tr(c, r->title), tr(c, r->fix));
		else
			call_out(call, "%s %s: %s\n    %s\n", r->id, level_word(c, r->level),
				 tr(c, r->title), tr(c, r->fix));
}

static void put_rule(struct json *j, const struct catalog *c, const struct check_rule *r)
{
	json_put_str(j, "id", str_of(r->id));
	json_put_str(j, "level", str_of(check_level_name(r->level)));
	json_put_str(j, "title", str_of(tr(c, r->title)));
	json_put_str(j, "fix", str_of(tr(c, r->fix)));
}

static void list_json(struct call *call)
{
	struct json j = { call_buf(call), false };

	json_open(&j, '[');
	for (const struct check_rule *r = check_rules; r->id; r++) {
		json_open(&j, '{');
		put_rule(&j, call->catalog, r);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	call_out(call, "\n");
}

/* --- where the theme is --- */

struct search {
	struct call *call;
	const char *dirs[DIRS_MOST];	/* that hold themes */
	size_t n;
};

static void theme_dirs(struct search *s)
{
	if (s->call->host)
		s->n = host_theme_dirs(s->call->host, s->call->arena, s->dirs);
	else
		s->dirs[s->n++] = path_join(s->call->arena, share_dir(), STR("themes"));
}

static const char *find_theme(const struct search *s, struct str id)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *dir = path_join(s->call->arena, s->dirs[i], id);

		if (file_exists(path_join(s->call->arena, dir, STR("theme.ini"))))
			return dir;
	}
	return NULL;
}

/* A folder or an archive is named by a path, a theme of the host by its id. *ret is NULL for
 * an archive that cannot be taken. */
static bool first_dir(struct search *s, struct str given, const char **ret,
		      struct check_report *packed, struct fail *f)
{
	struct arena *a = s->call->arena;
	struct str path = str_of(call_path(s->call, given));

	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	*ret = arena_cstr(a, path);
	if (file_is_dir(*ret)) {
		if (s->n < DIRS_MOST)	/* its parent may lie beside it */
			s->dirs[s->n++] = arena_cstr(a, path_dir(path));
		return true;
	}
	if (file_exists(*ret))
		return check_unpack(a, *ret, ret, packed, f);
	*ret = find_theme(s, given);
	return *ret || fail(f, FAIL_NOT_FOUND, "there is no theme and no folder \"%.*s\"",
			    STR_ARG(given));
}

static bool find_source(struct call *call, struct check_source *ret, struct check_report *packed,
			struct fail *f)
{
	struct search s = { .call = call };
	const char *dir, *last;
	struct str parent;

	theme_dirs(&s);
	if (!first_dir(&s, call->args[0], &dir, packed, f))
		return false;
	if (!dir)
		return true;
	ret->dirs[ret->n_dirs++] = dir;
	for (int i = 0; i < PARENTS_MOST; i++) {
		(void)!themes_parent(call->arena, dir, &parent, NULL);	/* a rule tells why not */
		if (!parent.n || str_eq(parent, DEFAULT_THEME))
			break;
		dir = find_theme(&s, parent);
		if (!dir)		/* a rule tells that */
			break;
		ret->dirs[ret->n_dirs++] = dir;
	}
	last = find_theme(&s, DEFAULT_THEME);
	if (last && !str_eq(path_name(str_of(ret->dirs[0])), DEFAULT_THEME))
		ret->dirs[ret->n_dirs++] = last;
	return true;
}

/* --- the report --- */

static void put_finding(struct json *j, const struct catalog *c, const struct check_finding *x)
{
	json_open(j, '{');
	put_rule(j, c, x->rule);
	json_put_str(j, "file", x->file);
	json_put_i64(j, "line", x->line);
	json_put_i64(j, "column", x->column);
	json_put_str(j, "detail", x->detail);
	json_put_str(j, "near", x->near);
	json_close(j, '}');
}

static void print_json(struct call *call, const struct check_report *r)
{
	struct json j = { call_buf(call), false };

	json_open(&j, '{');
	json_put_str(&j, "theme", call->args[0]);
	json_put_i64(&j, "errors", (int64_t)r->count[CHECK_ERROR]);
	json_put_i64(&j, "warnings", (int64_t)r->count[CHECK_WARNING]);
	json_put_i64(&j, "advice", (int64_t)r->count[CHECK_ADVICE]);
	json_key(&j, "findings");
	json_open(&j, '[');
	for (size_t i = 0; i < r->n; i++)
		put_finding(&j, call->catalog, &r->p[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	call_out(call, "\n");
}

static void print_finding(struct call *call, const struct check_finding *x)
{
	const struct catalog *c = call->catalog;
	struct str file = x->file.n ? x->file : STR("theme");

	call_out(call, "%.*s:", STR_ARG(file));
	if (x->line)
		call_out(call, "%d:", x->line);
	if (x->line && x->column)
		call_out(call, "%d:", x->column);
	call_out(call, " %s %s: %s", level_word(c, x->rule->level), x->rule->id,
		 tr(c, x->rule->title));
	if (x->detail.n)
		call_out(call, " – %.*s", STR_ARG(x->detail));
	if (x->near.n) {
		call_out(call, " ");
		call_out(call, tr(c, "(did you mean %.*s?)"), STR_ARG(x->near));
	}
	call_out(call, "\n    %s\n", tr(c, x->rule->fix));
}

static void print_text(struct call *call, const struct check_report *r)
{
	const struct catalog *c = call->catalog;
	size_t e = r->count[CHECK_ERROR], w = r->count[CHECK_WARNING], a = r->count[CHECK_ADVICE];

	for (size_t i = 0; i < r->n; i++)
		print_finding(call, &r->p[i]);
	if (!r->n) {
		call_out(call, "%s\n", tr(c, "Nothing was found."));
		return;
	}
	call_out(call, trn(c, "%zu error", "%zu errors", e), e);
	call_out(call, ", ");
	call_out(call, trn(c, "%zu warning", "%zu warnings", w), w);
	call_out(call, ", ");
	call_out(call, trn(c, "%zu piece of advice", "%zu pieces of advice", a), a);
	call_out(call, "\n");
}

static struct check_report both(struct arena *a, const struct check_report *x,
				const struct check_report *y)
{
	struct check_report sum = { .p = arena_array(a, x->n + y->n, sizeof *sum.p) };

	sum.n = x->n + y->n;
	for (size_t i = 0; i < sum.n; i++)
		sum.p[i] = i < x->n ? x->p[i] : y->p[i - x->n];
	for (int level = 0; level < CHECK_LEVELS; level++)
		sum.count[level] = x->count[level] + y->count[level];
	return sum;
}

bool cmd_theme_check(struct call *call, struct fail *f)
{
	struct check_source source = { .trusted = call_has(call, "trusted") };
	struct catalogs *catalogs = NULL;
	struct check_report report, packed = { NULL };
	bool ok = true;

	if (call_has(call, "list")) {
		if (call->json)
			list_json(call);
		else
			list_rules(call);
		return true;
	}
	if (!call->n_args)
		return fail(f, FAIL_INVALID, "which theme? name its folder or its id");
	if (!find_source(call, &source, &packed, f)
	    || !catalogs_load(path_join(call->arena, share_dir(), STR("lang")), NULL, &catalogs, f))
		return false;
	source.catalogs = catalogs;
	report = packed;
	if (source.n_dirs)
		ok = check_theme(call->arena, &source, &report, f);
	catalogs_unref(catalogs);
	if (!ok)
		return false;
	if (source.n_dirs && packed.n)
		report = both(call->arena, &packed, &report);
	if (call->json)
		print_json(call, &report);
	else
		print_text(call, &report);
	if (report.count[CHECK_ERROR] || (call_has(call, "strict") && report.count[CHECK_WARNING]))
		call->exit = 1;
	return true;
}
