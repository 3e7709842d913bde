/* cmd_theme_values.c - hameau theme values: the table of what templates can show, for a
 * terminal, for doc/themes/ and for editors. */
#include <string.h>

#include "base/nearest.h"
#include "cli/cmd_theme.h"
#include "theme/values.h"

/* What every page has, however it came to be. */
static bool is_common(const struct values_row *r)
{
	return r->on == 0 || (r->on & VALUES_SITES) == VALUES_SITES;
}

static const char *kind_word(const struct catalog *c, enum value_kind kind)
{
	return kind == VALUE_NONE ? tr(c, "any") : value_kind_name(kind);
}

struct sheet {
	struct call *call;
	bool markdown;
	bool later;		/* a row with the sign was written */
};

static const char *say(const struct sheet *s, const char *msgid)
{
	return tr(s->call->catalog, msgid);
}

static void heading(struct sheet *s, const char *level, const char *title, const char *code)
{
	struct buf *b = call_buf(s->call);
	const char *tick = code && s->markdown ? "`" : "";

	buf_addf(b, "\n%s%s%s%s%s%s\n", s->markdown ? level : "", title, code ? " " : "", tick,
		 code ? code : "", tick);
	if (s->markdown)
		buf_addf(b, "\n| %s | %s | %s |\n|---|---|---|\n", say(s, N_("Name")),
			 say(s, N_("Type")), say(s, N_("Meaning")));
	call_flush(s->call);
}

static void row(struct sheet *s, const struct values_row *r)
{
	struct buf *b = call_buf(s->call);
	const char *name = strcmp(r->name, "*") == 0 ? "NAME" : r->name;
	const char *of = r->of ? say(s, r->of->title) : "", *sep = r->of ? ": " : "";

	s->later = s->later || r->later;
	if (s->markdown)
		buf_addf(b, "| `%s`%s | %s%s%s | %s |\n", name, r->later ? " °" : "",
			 kind_word(s->call->catalog, r->kind), sep, of, say(s, r->help));
	else
		buf_addf(b, "    %-20s %-5s %s%s%s%s\n", name,
			 kind_word(s->call->catalog, r->kind), say(s, r->help),
			 r->of ? " [" : "", of, r->of ? "]" : "");
	call_flush(s->call);
}

static void common(struct sheet *s)
{
	heading(s, "## ", say(s, N_("On every page")), NULL);
	for (const struct values_row *r = values_page.rows; r->name; r++)
		if (is_common(r))
			row(s, r);
}

static void of_template(struct sheet *s, unsigned on, const char *name)
{
	heading(s, "### ", say(s, N_("Template")), name);
	for (const struct values_row *r = values_page.rows; r->name; r++)
		if (!is_common(r) && (r->on & on))
			row(s, r);
}

/* A row of a base stands with those of the shape. */
static void shape(struct sheet *s, const struct values_shape *of)
{
	heading(s, "### ", say(s, of->title), NULL);
	for (; of; of = of->base)
		for (const struct values_row *r = of->rows; r->name; r++)
			row(s, r);
}

static const char PREFACE[] = N_(
	"Printed by `hameau theme values --markdown`. A value of type html is written with three"
	" braces, `{{{body}}}`, all others with two, `{{title}}`; lists and maps are opened with a"
	" section, `{{#posts}}…{{/posts}}`, or with a dot, `{{site.title}}`. In src and href stand"
	" values of type url only. What belongs to some pages only is missing on the others, where"
	" a section with it is left out.");
static const char LATER[] = N_(
	"No page shows it yet: it is agreed on, so that themes can be ready for it.");

static void whole(struct sheet *s)
{
	struct call *call = s->call;

	if (s->markdown)
		call_out(call, "# %s\n\n%s\n", say(s, N_("Template values")), say(s, PREFACE));
	common(s);
	if (s->markdown)
		call_out(call, "\n## %s\n", say(s, N_("Template by template")));
	for (size_t i = 0; values_template_name(i); i++)
		of_template(s, 1u << i, values_template_name(i));
	if (s->markdown)
		call_out(call, "\n## %s\n", say(s, N_("What maps and lists hold")));
	for (size_t i = 1; values_shapes[i]; i++)
		shape(s, values_shapes[i]);
	if (s->later && s->markdown)
		call_out(call, "\n° %s\n", say(s, LATER));
}

static void row_json(struct json *j, const struct catalog *c, const struct values_shape *of,
		     const struct values_row *r)
{
	json_open(j, '{');
	json_put_str(j, "in", str_of(of->name));
	json_put_str(j, "name", str_of(r->name));
	json_put_str(j, "type", str_of(r->kind == VALUE_NONE ? "any" : value_kind_name(r->kind)));
	json_key(j, "of");
	if (r->of)
		json_str(j, str_of(r->of->name));
	else
		json_none(j);
	json_key(j, "templates");
	json_open(j, '[');
	for (size_t i = 0; values_template_name(i); i++)
		if (r->on & (1u << i))
			json_str(j, str_of(values_template_name(i)));
	json_close(j, ']');
	json_put_str(j, "help", str_of(tr(c, r->help)));
	json_put_bool(j, "later", r->later);
	json_close(j, '}');
}

static void as_json(struct call *call)
{
	struct json j = { call_buf(call), false };

	json_open(&j, '[');
	for (size_t i = 0; values_shapes[i]; i++)
		for (const struct values_row *r = values_shapes[i]->rows; r->name; r++)
			row_json(&j, call->catalog, values_shapes[i], r);
	json_close(&j, ']');
	call_out(call, "\n");
}

bool cmd_theme_no_template(struct str name, struct fail *f)
{
	struct nearest near;

	nearest_init(&near, name);
	for (size_t i = 0; values_template_name(i); i++)
		nearest_offer(&near, str_of(values_template_name(i)));
	if (near.best.n)
		return fail(f, FAIL_NOT_FOUND,
			    "no page is made with a template \"%.*s\"; did you mean \"%.*s\"?",
			    STR_ARG(name), STR_ARG(near.best));
	return fail(f, FAIL_NOT_FOUND, "no page is made with a template \"%.*s\"", STR_ARG(name));
}

bool cmd_theme_values(struct call *call, struct fail *f)
{
	struct sheet s = { call, call_has(call, "markdown"), false };
	unsigned on;

	if (call->json) {
		as_json(call);
		return true;
	}
	if (!call->n_args) {
		whole(&s);
		return true;
	}
	on = values_template(call->args[0]);
	if (!on)
		return cmd_theme_no_template(call->args[0], f);
	common(&s);
	of_template(&s, on, call->args[0].p);
	return true;
}
