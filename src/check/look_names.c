/* look_names.c - every name in a template, followed from the pages that use it.
 *
 * A template is walked as it is rendered: with the shapes (theme/values.h) of the sections
 * that are open, into partials and parents. A name is sought outward through them. One that
 * is found on no way to it is told once: as unknown, or as one that is never there.
 */
#include <stdio.h>

#include "base/nearest.h"
#include "check/look.h"

enum { DEPTH = 40, STACK = 40, WALKS = 4000 };

/* One use of a name in a template of the theme, and what became of it. */
struct use {
	const struct look_template *in;
	enum template_use_kind kind;
	struct str name;
	int line, column;
	bool found, is_url, fits;
	enum value_kind was;		/* when it does not fit */
};

struct stack {
	const struct values_shape *shapes[STACK];
	size_t n;
};

struct names {
	struct check *c;
	unsigned on;			/* the page that is walked */
	VEC(struct use) uses;
	struct map *index;		/* "FILE:LINE:COLUMN:NAME" to its number + 1 */
	struct map *walked;		/* what was walked, with which shapes */
	const struct look_template *path[DEPTH];
	size_t depth;
};

/* --- finding a name --- */

static const struct values_row *find_from(const struct names *ns, const struct stack *st,
					  struct str first)
{
	for (size_t i = st->n; i-- > 0;) {
		const struct values_row *row = values_find(st->shapes[i], first, ns->on);

		if (row)
			return row;
	}
	return NULL;
}

/* The row of a dotted name; NULL: not there. */
static const struct values_row *find_name(const struct names *ns, const struct stack *st,
					  struct str name)
{
	struct str rest, first = str_cut(name, '.', &rest);
	const struct values_row *row = find_from(ns, st, first);

	while (row && rest.n) {
		first = str_cut(rest, '.', &rest);
		row = row->of && row->kind == VALUE_MAP ? values_find(row->of, first, ns->on)
							: NULL;
	}
	return row;
}

/* What the section opens, if that has names. */
static void push(struct stack *st, const struct values_row *row)
{
	if (row && row->of && st->n < STACK)
		st->shapes[st->n++] = row->of;
}

/* The shapes inside the sections around a use; `of` is what is open where its template
 * begins. */
static struct stack stack_at(const struct names *ns, const struct stack *of,
			     const struct template_use *in)
{
	const struct template_use *around[STACK];
	struct stack st = *of;
	size_t n = 0;

	for (; in && n < STACK; in = in->in)
		if (in->kind == TEMPLATE_SECTION)
			around[n++] = in;
	while (n-- > 0)
		push(&st, find_name(ns, &st, around[n]->name));
	return st;
}

/* --- one use --- */

static struct use *use_of(struct names *ns, const struct look_template *t,
			  const struct template_use *u)
{
	char key[400];
	struct str k;
	size_t number;

	snprintf(key, sizeof key, "%.*s:%d:%d:%d:%.*s", STR_ARG(t->file), u->line, u->column,
		 u->kind, STR_ARG(u->name));
	k = str_of(key);
	number = (size_t)(uintptr_t)map_find(ns->index, k);
	if (!number) {
		*VEC_ADD(&ns->uses) = (struct use){
			.in = t, .kind = u->kind, .name = arena_str(ns->c->arena, u->name),
			.line = u->line, .column = u->column, .is_url = u->url,
		};
		number = ns->uses.n;
		map_put(ns->index, k, (void *)(uintptr_t)number);
	}
	return &ns->uses.p[number - 1];
}

static bool fits(const struct template_use *u, enum value_kind kind)
{
	if (kind == VALUE_NONE || u->kind == TEMPLATE_SECTION || u->kind == TEMPLATE_INVERTED)
		return true;
	if (u->kind == TEMPLATE_HTML)
		return kind == VALUE_HTML;
	if (u->url)
		return kind == VALUE_URL;
	return kind == VALUE_TEXT || kind == VALUE_URL || kind == VALUE_HTML;
}

static void note(struct names *ns, const struct look_template *t, const struct stack *st,
		 const struct template_use *u)
{
	struct stack inner = stack_at(ns, st, u->in);
	const struct values_row *row;
	struct use *use;

	if (!t->own || str_eq(u->name, STR(".")))
		return;
	use = use_of(ns, t, u);
	row = find_name(ns, &inner, u->name);
	if (!row)
		return;
	use->found = true;
	if (fits(u, row->kind))
		use->fits = true;
	else
		use->was = row->kind;
}

/* --- walking --- */

static void walk(struct names *ns, struct look_template *t, const struct stack *st);

static bool is_on_path(const struct names *ns, const struct look_template *t)
{
	for (size_t i = 0; i < ns->depth; i++)
		if (ns->path[i] == t)
			return true;
	return false;
}

static void follow(struct names *ns, const struct look_template *t, const struct stack *st,
		   const struct template_use *u)
{
	struct look_template *to = (struct look_template *)(uintptr_t)look_template(ns->c, u->name);
	struct look_at at = { t->file, u->line, u->column };
	struct stack inner = stack_at(ns, st, u->in);

	if (to && is_on_path(ns, to)) {
		if (t->own)
			look_tell(ns->c, "TH083", at, to->name, STR_NONE);
	} else if (to) {
		walk(ns, to, &inner);
	}
}

struct walking {
	struct names *ns;
	const struct look_template *t;
	const struct stack *st;
};

static bool on_use(void *arg, const struct template_use *u)
{
	struct walking *w = arg;

	switch (u->kind) {
	case TEMPLATE_VALUE:
	case TEMPLATE_HTML:
	case TEMPLATE_SECTION:
	case TEMPLATE_INVERTED:
		note(w->ns, w->t, w->st, u);
		break;
	case TEMPLATE_PARTIAL:
	case TEMPLATE_PARENT:
		follow(w->ns, w->t, w->st, u);
		break;
	default:
		break;
	}
	return true;
}

/* With the same shapes open there is nothing new in it. */
static bool is_new(struct names *ns, const struct look_template *t, const struct stack *st)
{
	CLEANUP(buf_release) struct buf key = BUF(4096);

	buf_addf(&key, "%.*s %u", STR_ARG(t->name), ns->on);
	for (size_t i = 0; i < st->n; i++)
		buf_addf(&key, " %s", st->shapes[i]->name);
	if (map_find(ns->walked, buf_str(&key)) || map_count(ns->walked) >= WALKS)
		return false;
	map_put(ns->walked, buf_str(&key), ns);
	return true;
}

static void walk(struct names *ns, struct look_template *t, const struct stack *st)
{
	struct walking w = { ns, t, st };

	t->used = true;
	if (!t->compiled || ns->depth == DEPTH || !is_new(ns, t, st))
		return;
	ns->path[ns->depth++] = t;
	template_each_use(t->compiled, on_use, &w);
	ns->depth--;
}

static void walk_pages(struct names *ns)
{
	for (size_t i = 0; values_template_name(i); i++) {
		struct stack st = { { &values_page }, 1 };
		struct look_template *t = (struct look_template *)(uintptr_t)
			look_template(ns->c, str_of(values_template_name(i)));

		ns->on = 1u << i;
		if (t)
			walk(ns, t, &st);
	}
}

/* --- telling --- */

static struct str near_value(struct str name)
{
	struct nearest near;

	nearest_init(&near, name);
	for (size_t i = 0; values_shapes[i]; i++)
		for (const struct values_row *r = values_shapes[i]->rows; r->name; r++)
			nearest_offer(&near, str_of(r->name));
	return near.best;
}

/* The first part of a dotted name that nothing has. */
static struct str unknown_part(struct str name)
{
	struct str rest = name, part;

	while (rest.n) {
		part = str_cut(rest, '.', &rest);
		if (!values_is_known(part))
			return part;
	}
	return STR_NONE;
}

static bool is_ours(struct str name)
{
	return str_starts(name, STR("options.")) || str_starts(name, STR("menus."))
	       || str_starts(name, STR("queries.")) || str_starts(name, STR("has_menus."))
	       || str_starts(name, STR("has_queries."));
}

static void tell_use(struct check *c, const struct use *u)
{
	struct look_at at = { u->in->file, u->line, u->column };
	struct str part = unknown_part(u->name);

	if (is_ours(u->name))
		return;
	if (!u->found && part.n)
		look_tell(c, "TH072", at, u->name, near_value(part));
	else if (!u->found)
		look_tell(c, "TH073", at, u->name, STR_NONE);
	else if (!u->fits && u->kind == TEMPLATE_HTML)
		look_tell(c, "TH074", at, u->name, STR_NONE);
	else if (!u->fits && u->is_url)
		look_tell(c, "TH075", at, u->name, STR_NONE);
	else if (!u->fits)
		look_tell(c, "TH076", at,
			  arena_printf(c->arena, "%.*s (%s)", STR_ARG(u->name),
				       value_kind_name(u->was)), STR_NONE);
}

/* --- names that theme.ini gives --- */

static bool is_option(const struct manifest *m, struct str name)
{
	for (size_t i = 0; i < m->n_options; i++) {
		const struct option *o = &m->options[i];

		if (str_eq(o->name, name))
			return true;
		if (o->type != OPTION_SELECT || !str_starts(name, o->name)
		    || name.n <= o->name.n + 1 || name.p[o->name.n] != '_')
			continue;
		for (size_t k = 0; k < o->n_choices; k++)
			if (str_eq(o->choices[k], str_skip(name, o->name.n + 1)))
				return true;
	}
	return false;
}

static struct str near_option(struct arena *a, const struct manifest *m, struct str name)
{
	struct nearest near;

	nearest_init(&near, name);
	for (size_t i = 0; i < m->n_options; i++) {
		nearest_offer(&near, m->options[i].name);
		for (size_t k = 0; k < m->options[i].n_choices; k++)
			nearest_offer(&near, arena_printf(a, "%.*s_%.*s",
							  STR_ARG(m->options[i].name),
							  STR_ARG(m->options[i].choices[k])));
	}
	return near.best;
}

/* Does theme.ini have the section "[query news]"? */
static bool has_section(const struct check *c, const char *kind, struct str name)
{
	CLEANUP(buf_release) struct buf head = BUF(200);
	const struct look_file *ini = look_find(c, STR("theme.ini"));

	buf_addf(&head, "[%s %.*s]", kind, STR_ARG(name));
	if (ini && str_find(ini->text, buf_str(&head)) >= 0)
		return true;
	return strcmp(kind, "query") == 0 && c->manifest && manifest_query_find(c->manifest, name);
}

struct given {
	struct check *c;
	const struct look_template *t;
};

static bool on_given(void *arg, const struct template_use *u)
{
	const struct given *g = arg;
	struct check *c = g->c;
	struct str rest, name, first = str_cut(u->name, '.', &rest);
	struct look_at at = { g->t->file, u->line, u->column };

	name = arena_str(c->arena, str_cut(rest, '.', &rest));
	if (!is_ours(u->name))
		return true;
	if (str_eq(first, STR("options"))) {
		if (!is_option(c->manifest, name))
			look_tell(c, "TH078", at, name, near_option(c->arena, c->manifest, name));
	} else if (!has_section(c, str_ends(first, STR("menus")) ? "menu" : "query", name)) {
		look_tell(c, "TH079", at, name, STR_NONE);
	}
	return true;
}

void look_names(struct check *c)
{
	struct names ns = { .c = c, .index = map_new(), .walked = map_new() };

	walk_pages(&ns);
	for (size_t i = 0; i < ns.uses.n; i++)
		tell_use(c, &ns.uses.p[i]);
	for (size_t i = 0; i < c->templates.n; i++) {
		const struct look_template *t = &c->templates.p[i];
		struct given g = { c, t };

		if (t->own && t->compiled && c->manifest)
			template_each_use(t->compiled, on_given, &g);
	}
	VEC_FREE(&ns.uses);
	map_free(ns.index, NULL);
	map_free(ns.walked, NULL);
}
