/* cmd_theme_show.c - hameau theme show: one theme, with what a site can choose in it. */
#include "cli/cmd_theme.h"

/* What a theme says of itself is in English, and translated for those that come with us. */
static struct str say(struct call *call, struct str context, struct str text)
{
	struct str found;

	return text.n && call->catalog && catalog_find(call->catalog, context, text, &found)
		? found : text;
}

static void line(struct call *call, const char *label, struct str value)
{
	if (value.n)
		call_out(call, "%-14s%.*s\n", label, STR_ARG(value));
}

static struct str choices_of(struct arena *a, const struct option *o)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * KIB);

	for (size_t i = 0; i < o->n_choices; i++)
		buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(o->choices[i]));
	return arena_str(a, buf_str(&b));
}

static void option_text(struct call *call, struct str id, const struct option *o)
{
	struct str choices = choices_of(call->arena, o), help = say(call, id, o->help);

	call_out(call, "  %-20.*s%-10s%.*s\n", STR_ARG(o->name), option_type_name(o->type),
		 STR_ARG(o->value));
	if (o->label.n)
		call_out(call, "    %.*s\n", STR_ARG(say(call, id, o->label)));
	if (help.n)
		call_out(call, "    %.*s\n", STR_ARG(help));
	if (choices.n)
		call_out(call, "    %.*s\n", STR_ARG(choices));
	if (o->show_if.n)
		call_out(call, tr(call->catalog, "    only where %.*s\n"), STR_ARG(o->show_if));
}

static void show_text(struct call *call, const struct themes_entry *e)
{
	const struct manifest *m = theme_manifest(e->theme);
	const struct catalog *c = call->catalog;

	line(call, tr(c, "name"), m->name);
	line(call, tr(c, "version"), m->version);
	line(call, tr(c, "about"), say(call, e->id, m->description));
	line(call, tr(c, "author"), m->author);
	line(call, tr(c, "license"), m->license);
	line(call, tr(c, "stands on"), m->parent);
	line(call, tr(c, "folder"), e->dir);
	line(call, tr(c, "screenshot"), cmd_theme_screenshot(call->arena, e->dir));
	line(call, tr(c, "error"), e->error);
	if (m->n_options)
		call_out(call, "\n%s\n", tr(c, "Options, with their types and defaults:"));
	for (size_t i = 0; i < m->n_options; i++)
		option_text(call, e->id, &m->options[i]);
	if (m->n_menus)
		call_out(call, "\n%s\n", tr(c, "Menus:"));
	for (size_t i = 0; i < m->n_menus; i++)
		call_out(call, "  %-20.*s%.*s\n", STR_ARG(m->menus[i].name),
			 STR_ARG(say(call, e->id, m->menus[i].label)));
	if (m->n_presets)
		call_out(call, "\n%s\n", tr(c, "Presets:"));
	for (size_t i = 0; i < m->n_presets; i++)
		call_out(call, "  %.*s\n", STR_ARG(m->presets[i].name));
}

static void option_json(struct json *j, const struct option *o)
{
	json_open(j, '{');
	json_put_str(j, "name", o->name);
	json_put_str(j, "type", str_of(option_type_name(o->type)));
	json_put_str(j, "default", o->value);
	json_put_str(j, "label", o->label);
	json_put_str(j, "help", o->help);
	json_put_str(j, "group", o->group);
	json_put_str(j, "unit", o->unit);
	json_put_str(j, "show_if", o->show_if);
	json_put_str(j, "renamed_from", o->renamed_from);
	json_key(j, "choices");
	json_open(j, '[');
	for (size_t i = 0; i < o->n_choices; i++)
		json_str(j, o->choices[i]);
	json_close(j, ']');
	json_close(j, '}');
}

static void menus_json(struct json *j, const struct manifest *m)
{
	json_key(j, "menus");
	json_open(j, '[');
	for (size_t i = 0; i < m->n_menus; i++) {
		json_open(j, '{');
		json_put_str(j, "name", m->menus[i].name);
		json_put_str(j, "label", m->menus[i].label);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void presets_json(struct json *j, const struct manifest *m)
{
	json_key(j, "presets");
	json_open(j, '[');
	for (size_t i = 0; i < m->n_presets; i++) {
		json_open(j, '{');
		json_put_str(j, "name", m->presets[i].name);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void show_json(struct call *call, const struct themes_entry *e)
{
	const struct manifest *m = theme_manifest(e->theme);
	struct json json = { .b = call_buf(call) }, *j = &json;

	json_open(j, '{');
	json_put_str(j, "id", e->id);
	json_put_str(j, "name", m->name);
	json_put_str(j, "version", m->version);
	json_put_str(j, "description", m->description);
	json_put_str(j, "author", m->author);
	json_put_str(j, "license", m->license);
	json_put_str(j, "parent", m->parent);
	json_put_str(j, "folder", e->dir);
	json_put_str(j, "screenshot", cmd_theme_screenshot(call->arena, e->dir));
	json_put_str(j, "error", e->error);
	json_put_str(j, "warnings", m->warnings);
	menus_json(j, m);
	json_key(j, "options");
	json_open(j, '[');
	for (size_t i = 0; i < m->n_options; i++)
		option_json(j, &m->options[i]);
	json_close(j, ']');
	presets_json(j, m);
	json_close(j, '}');
	call_out(call, "\n");
}

static bool show(struct call *call, struct themes *ts, struct fail *f)
{
	struct themes_entry e;

	if (!cmd_theme_find(call, ts, call->args[0], &e, f))
		return false;
	if (!e.theme)
		return fail(f, FAIL_INVALID, "%.*s", STR_ARG(e.error));
	if (call->json)
		show_json(call, &e);
	else
		show_text(call, &e);
	return true;
}

bool cmd_theme_show(struct call *call, struct fail *f)
{
	struct themes *ts;
	bool ok;

	if (!cmd_theme_borrow(call, &ts, f))
		return false;
	ok = show(call, ts, f);
	cmd_theme_give_back(call, ts);
	return ok;
}
