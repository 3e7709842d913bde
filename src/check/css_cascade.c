/* css_cascade.c - see css_cascade.h. */
#include "check/css_cascade.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "check/css_match.h"
#include "check/css_scan.h"

enum { RULES = 20000, DEPTH = 16, VALUE = 4096, FOCUS_MOST = 400 };

struct decl {
	struct str name, value;
	bool important;
};

struct rule {
	struct str selector;		/* one, without commas */
	const struct decl *decls;
	size_t n_decls;
	unsigned weight;
	int order;
	bool layered;
	bool of_focus;			/* speaks of :focus */
};

struct css_sheet {
	struct css_reader reader;
	struct rule *rules;		/* weakest first */
	size_t n;
};

/* --- reading --- */

struct reading {
	struct arena *arena;
	const struct css_reader *reader;
	struct css_scan scan;
	VEC(struct rule) rules;
	int order;
};

static void read_block(struct reading *rd, struct str parent, bool layered, bool used, int depth);

static void add_rules(struct reading *rd, struct str list, const struct decl *decls, size_t n,
		      struct rule like)
{
	struct str one;

	while (rd->rules.n < RULES && css_scan_part(&list, ',', &one))
		*VEC_ADD(&rd->rules) = (struct rule){
			one, decls, n, css_match_weight(one), like.order, like.layered,
			str_find(one, STR(":focus")) >= 0,
		};
}

/* The selector of a nested rule with that of the rule around it. */
static struct str nested(struct reading *rd, struct str parent, struct str own)
{
	CLEANUP(buf_release) struct buf b = BUF(VALUE);
	bool first = true;
	struct str one;

	if (!parent.n)
		return own;
	while (css_scan_part(&own, ',', &one)) {
		buf_adds(&b, first ? "" : ", ");
		first = false;
		if (!str_has_char(one, '&'))
			buf_addf(&b, ":is(%.*s) ", STR_ARG(parent));
		for (size_t i = 0; i < one.n; i++)
			if (one.p[i] == '&')
				buf_addf(&b, ":is(%.*s)", STR_ARG(parent));
			else
				buf_addc(&b, one.p[i]);
	}
	return arena_str(rd->arena, buf_str(&b));
}

static void open_at_rule(struct reading *rd, struct str prelude, struct str parent, bool layered,
			 bool used, int depth)
{
	struct str rest, name = str_cut(prelude, ' ', &rest);

	if (str_starts(prelude, STR("@media")))
		used = used && css_media_holds(str_trim(str_skip(prelude, 6)), rd->reader);
	else if (str_eq(name, STR("@supports")))
		used = used && !str_starts(str_trim(rest), STR("not"));
	else if (str_starts(prelude, STR("@layer")))
		layered = true;
	else if (!str_starts(prelude, STR("@scope")))
		used = false;		/* @font-face, @keyframes, @container, @page ... */
	read_block(rd, parent, layered, used, depth + 1);
}

/* Up to the closing brace, or the end. */
static void read_block(struct reading *rd, struct str parent, bool layered, bool used, int depth)
{
	const struct rule like = { .order = rd->order++, .layered = layered };
	VEC(struct decl) decls = { 0 };
	struct css_item d;
	struct decl *all;
	size_t n;

	while (css_scan_next(&rd->scan, &d) && d.kind != CSS_CLOSE) {
		if (d.kind == CSS_DECLARATION)
			*VEC_ADD(&decls) = (struct decl){ d.name, d.value, d.important };
		if (d.kind != CSS_OPEN)
			continue;
		if (str_starts(d.prelude, STR("@")) || depth > DEPTH)
			open_at_rule(rd, d.prelude, parent, layered, used && depth <= DEPTH, depth);
		else
			read_block(rd, nested(rd, parent, d.prelude), layered, used, depth + 1);
	}
	all = VEC_INTO(rd->arena, &decls, &n);
	if (used && n && parent.n)
		add_rules(rd, parent, all, n, like);
}

static int by_strength(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;

	if (x->layered != y->layered)
		return x->layered ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight < y->weight ? -1 : 1;
	return x->order - y->order;
}

struct css_sheet *css_cascade_sheet(struct arena *a, struct str css, const struct css_reader *r)
{
	struct css_sheet *sheet = ARENA_NEW(a, struct css_sheet);
	struct reading rd = { .arena = a, .reader = r, .scan = { css, 0, true } };

	sheet->reader = *r;
	while (rd.scan.at < css.n)
		read_block(&rd, STR_NONE, false, true, 0);
	sheet->rules = VEC_INTO(a, &rd.rules, &sheet->n);
	if (sheet->n)
		qsort(sheet->rules, sheet->n, sizeof *sheet->rules, by_strength);
	return sheet;
}

/* --- values --- */

struct element {
	struct arena *arena;
	const struct css_sheet *sheet;
	const struct css_style *above;	/* the parent's, or NULL */
	struct css_style *style;
	struct str color, ground, size, weight, scheme, outline, outline_color;
	bool ground_is_picture, hidden;
	double opacity;
};

static struct str resolved(struct element *e, struct str value)
{
	return css_vars_resolve(e->arena, e->style->vars, value);
}

static struct css_color_env env_of(const struct element *e)
{
	return (struct css_color_env){ e->style->color, e->style->dark };
}

static bool color_of(struct element *e, struct str value, struct css_color *ret)
{
	struct css_color_env env = env_of(e);

	return css_color_parse(resolved(e, value), &env, ret);
}

/* --- declarations --- */

static void take(struct element *e, const struct decl *d)
{
	if (str_starts(d->name, STR("--"))) {
		e->style->vars = css_vars_add(e->arena, e->style->vars, d->name, d->value);
	} else if (str_eq(d->name, STR("color"))) {
		e->color = d->value;
	} else if (str_eq(d->name, STR("background-color"))) {
		e->ground = d->value;
	} else if (str_eq(d->name, STR("background"))) {
		e->ground = d->value;
		e->ground_is_picture = false;
	} else if (str_eq(d->name, STR("background-image"))) {
		e->ground_is_picture = !str_eq(d->value, STR("none"));
	} else if (str_eq(d->name, STR("font-size"))) {
		e->size = d->value;
	} else if (str_eq(d->name, STR("font-weight"))) {
		e->weight = d->value;
	} else if (str_eq(d->name, STR("color-scheme"))) {
		e->scheme = d->value;
	} else if (str_eq(d->name, STR("outline"))) {
		e->outline = d->value;
		e->outline_color = STR_NONE;
	} else if (str_eq(d->name, STR("outline-color"))) {
		e->outline_color = d->value;
	} else if (str_eq(d->name, STR("display")) || str_eq(d->name, STR("visibility"))) {
		e->hidden = str_eq(d->value, STR("none")) || str_eq(d->value, STR("hidden"));
	} else if (str_eq(d->name, STR("opacity"))) {
		(void)!css_color_number(d->value, 1, NULL, &e->opacity);
	}
}

static void take_rules(struct element *e, const struct html_node *n, bool important, bool focus)
{
	for (size_t i = 0; i < e->sheet->n; i++) {
		const struct rule *r = &e->sheet->rules[i];
		bool any = false;

		if (r->of_focus && !focus)
			continue;
		for (size_t k = 0; k < r->n_decls; k++)
			any = any || r->decls[k].important == important;
		if (!any || !css_match(n, r->selector, focus))
			continue;
		for (size_t k = 0; k < r->n_decls; k++)
			if (r->decls[k].important == important)
				take(e, &r->decls[k]);
	}
}

/* --- what browsers give --- */

static void take_usual(struct element *e, const struct html_node *n)
{
	static const struct { const char *name, *color, *ground, *size; bool bold; } usual[] = {
		{ "button", "buttontext", "buttonface", "13.333px", false },
		{ "input", "fieldtext", "field", "13.333px", false },
		{ "select", "fieldtext", "field", "13.333px", false },
		{ "textarea", "fieldtext", "field", "13.333px", false },
		{ "mark", "marktext", "mark", NULL, false },
		{ "h1", NULL, NULL, "2em", true }, { "h2", NULL, NULL, "1.5em", true },
		{ "h3", NULL, NULL, "1.17em", true }, { "h4", NULL, NULL, NULL, true },
		{ "h5", NULL, NULL, "0.83em", true }, { "h6", NULL, NULL, "0.67em", true },
		{ "small", NULL, NULL, "0.83em", false }, { "sub", NULL, NULL, "0.83em", false },
		{ "sup", NULL, NULL, "0.83em", false }, { "b", NULL, NULL, NULL, true },
		{ "strong", NULL, NULL, NULL, true }, { "th", NULL, NULL, NULL, true },
	};

	for (size_t i = 0; i < ARRAY_LEN(usual); i++) {
		if (!html_tree_is(n, usual[i].name))
			continue;
		e->color = str_of(usual[i].color);
		e->ground = str_of(usual[i].ground);
		e->size = str_of(usual[i].size);
		e->weight = usual[i].bold ? STR("700") : STR_NONE;
	}
	if (html_tree_is(n, "a") && html_tree_attr(n, "href").p)
		e->color = STR("linktext");
	if (html_tree_is(n, "head") || html_tree_is(n, "title") || html_tree_is(n, "style")
	    || html_tree_is(n, "script") || html_tree_is(n, "template")
	    || html_tree_attr(n, "hidden").p)
		e->hidden = true;
}

/* --- computing --- */

static void set_scheme(struct element *e)
{
	struct str scheme = resolved(e, e->scheme);
	bool light, dark;

	if (!scheme.n)
		return;
	light = str_find(scheme, STR("light")) >= 0;
	dark = str_find(scheme, STR("dark")) >= 0;
	e->style->dark = dark && (!light || e->sheet->reader.dark);
}

static void set_size(struct element *e)
{
	double above = e->above ? e->above->size : 16, width = e->sheet->reader.width / 100;
	const struct css_color_word units[] = {
		{ "px", 1 }, { "rem", 16 }, { "em", above }, { "vw", width }, { "vi", width },
		{ "pt", 4.0 / 3 }, { "ch", above / 2 }, { NULL, 0 }
	};
	struct str size = resolved(e, e->size), weight = resolved(e, e->weight);
	double number;

	if (size.n)
		(void)!css_color_number(size, above, units, &e->style->size);
	if (str_eq(weight, STR("normal")))
		e->style->bold = false;
	else if (str_eq(weight, STR("bold")) || str_eq(weight, STR("bolder")))
		e->style->bold = true;
	else if (css_color_number(weight, 1, NULL, &number))
		e->style->bold = number >= 600;
}

/* The colour in a background shorthand: its last part that is one. */
static void set_ground(struct element *e)
{
	struct str rest = resolved(e, e->ground), part;
	struct css_color c, ground = { 0, 0, 0, 0 };
	bool found = false;

	if (e->ground.n && !rest.n)
		e->style->unknown = true;
	while (css_scan_part(&rest, ' ', &part)) {
		part = part.n && part.p[part.n - 1] == ',' ? str_sub(part, 0, part.n - 1) : part;
		if (color_of(e, part, &c)) {
			ground = c;
			found = true;
		} else if (str_find(part, STR("gradient(")) >= 0
			   || str_find(part, STR("url(")) >= 0) {
			e->ground_is_picture = true;
		} else if (str_has_char(part, '(')) {
			e->style->unknown = true;	/* a colour that is not known here */
		}
	}
	if (found && ground.a > 0) {
		if (ground.a >= 0.999)
			e->style->unknown = false;
		e->style->ground = css_color_over(ground, e->style->ground);
	}
	e->style->unknown = e->style->unknown || e->ground_is_picture;
}

static void set_outline(struct element *e)
{
	struct str rest = resolved(e, e->outline), part;

	e->style->has_outline = e->outline_color.n
				&& color_of(e, e->outline_color, &e->style->outline);
	while (!e->outline_color.n && css_scan_part(&rest, ' ', &part))
		e->style->has_outline = color_of(e, part, &e->style->outline)
					|| e->style->has_outline;
}

static void compute(struct element *e)
{
	struct css_color c;

	set_scheme(e);
	if (!e->above) {		/* the canvas */
		struct css_color_env env = env_of(e);

		(void)!css_color_parse(STR("canvas"), &env, &e->style->ground);
		(void)!css_color_parse(STR("canvastext"), &env, &e->style->color);
	}
	set_size(e);
	if (e->color.n && !str_eq(e->color, STR("inherit"))) {
		if (color_of(e, e->color, &c))
			e->style->color = c;
		e->style->unknown_text = !color_of(e, e->color, &c);
	}
	set_ground(e);
	e->style->color.a *= e->opacity;
}

static void style_element(struct arena *a, const struct css_sheet *sheet,
			  const struct html_node *n, const struct css_style *above, bool focus,
			  struct css_style *ret)
{
	struct element e = { .arena = a, .sheet = sheet, .above = above, .style = ret,
			     .opacity = 1 };

	*ret = above ? *above : (struct css_style){ .size = 16 };
	ret->has_outline = false;
	take_usual(&e, n);
	take_rules(&e, n, false, focus);
	take_rules(&e, n, true, focus);
	compute(&e);
	ret->hidden = ret->hidden || e.hidden;
	if (focus)
		set_outline(&e);
}

struct css_style *css_cascade_page(struct arena *a, const struct css_sheet *sheet,
				   const struct html_tree *page)
{
	struct css_style *styles = arena_array(a, (size_t)page->count + 1, sizeof *styles);
	int focused = 0;

	for (const struct html_node *n = page->root; (n = html_tree_next(n, page->root));) {
		const struct css_style *above = n->parent->name.n ? &styles[n->parent->number]
								  : NULL;
		struct css_style *s = &styles[n->number], with;

		if (!n->name.n)
			continue;
		style_element(a, sheet, n, above, false, s);
		s->vars = css_vars_settle(a, s->vars, above ? above->vars : NULL);
		if ((!html_tree_is(n, "a") && !html_tree_is(n, "button")
		     && !html_tree_is(n, "input")) || focused++ > FOCUS_MOST)
			continue;
		style_element(a, sheet, n, above, true, &with);
		s->has_outline = with.has_outline;
		s->outline = with.outline;
	}
	return styles;
}
