/* look_contrast.c - text on its background: every page, for readers who want it light and
 * who want it dark, with every preset of the theme. */
#include "check/look.h"

#include <math.h>
#include <stdio.h>

#include "base/limits.h"
#include "check/css_cascade.h"
#include "check/render.h"

enum { CHOICES = 24, WIDTH = 1280 };

struct contrast {
	struct check *c;
	struct render *r;
	struct map *told;		/* pairs of colours */
	struct str where;		/* "night, dark" */
};

static struct str hex(struct arena *a, struct css_color c)
{
	return arena_printf(a, "#%02x%02x%02x", (int)lround(c.r * 255), (int)lround(c.g * 255),
			    (int)lround(c.b * 255));
}

/* "a.more" */
static struct str name_of(struct arena *a, const struct html_node *n)
{
	struct str rest, first = str_cut(html_tree_attr(n, "class"), ' ', &rest);

	return arena_printf(a, "%.*s%s%.*s", STR_ARG(n->name), first.n ? "." : "", STR_ARG(first));
}

static void tell(struct contrast *x, const char *id, const struct html_node *n,
		 struct css_color color, struct css_color ground, double ratio)
{
	struct arena *a = x->c->arena;
	struct str pair = arena_printf(a, "%s %.*s / %.*s", id, STR_ARG(hex(a, color)),
				       STR_ARG(hex(a, ground)));
	struct look_at at;

	if (map_find(x->told, pair) || !render_place(x->r, n->file, n->line, n->column, &at))
		return;
	map_put(x->told, pair, x);
	/* down, so that 4.49 is not told as 4.5 */
	look_tell(x->c, id, at,
		  arena_printf(a, "%.*s: %.*s, %.2f:1 (%.*s)", STR_ARG(name_of(a, n)),
			       STR_ARG(str_skip(pair, 6)), floor(ratio * 100) / 100,
			       STR_ARG(x->where)), STR_NONE);
}

static bool has_text(const struct html_node *n)
{
	for (const struct html_node *t = n->first; t; t = t->next)
		if (!t->name.n && str_trim(t->text).n)
			return true;
	return html_tree_is(n, "input") && html_tree_attr(n, "value").n;
}

static void look_at_text(struct contrast *x, const struct html_node *n, const struct css_style *s)
{
	bool large = s->size >= 24 || (s->bold && s->size >= 18.66);
	struct css_color text = css_color_over(s->color, s->ground);
	double ratio = css_color_contrast(text, s->ground);

	if (ratio < (large ? 3 : 4.5))
		tell(x, "TH160", n, text, s->ground, ratio);
}

static void look_at_page(struct contrast *x, struct arena *a, const struct css_sheet *sheet,
			 const struct html_tree *page)
{
	const struct css_style *styles = css_cascade_page(a, sheet, page);

	for (const struct html_node *n = page->root; (n = html_tree_next(n, page->root));) {
		const struct css_style *s = &styles[n->number];
		const struct css_style *around;
		double ratio;

		if (!n->name.n || s->hidden || s->unknown)
			continue;
		if (has_text(n) && !s->unknown_text)
			look_at_text(x, n, s);
		around = n->parent->name.n ? &styles[n->parent->number] : s;
		if (!s->has_outline || around->unknown || s->outline.a == 0)
			continue;
		ratio = css_color_contrast(css_color_over(s->outline, around->ground),
					   around->ground);
		if (ratio < 3)
			tell(x, "TH161", n, s->outline, around->ground, ratio);
	}
}

/* The stylesheet that every page asks for, with the options that are chosen. */
static struct str sheet_of(struct check *c, struct arena *a, const struct theme_choice *choice)
{
	CLEANUP(buf_release) struct buf css = BUF(2 * LIMIT_STYLESHEET);
	const struct asset *style;
	bool current;

	style = theme_asset(c->theme, STR("0/style.css"), &current);
	theme_options_css(c->theme, choice, &css);
	if (style)			/* libsass puts a mark before what is not ASCII */
		buf_add(&css, str_skip(style->bytes,
				       str_starts(style->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0));
	return arena_str(a, buf_str(&css));
}

static void look_at_choice(struct contrast *x, const struct theme_choice *choice, bool dark)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(256 * KIB);
	const struct css_reader reader = { dark, WIDTH };
	const struct css_sheet *sheet;

	sheet = css_cascade_sheet(a, sheet_of(x->c, a, choice), &reader);
	x->where = arena_printf(x->c->arena, "%.*s%s%s", STR_ARG(choice->preset),
				choice->preset.n ? ", " : "", dark ? "dark" : "light");
	for (const struct sample *s = samples; s->template; s++) {
		CLEANUP(arena_freep) struct arena *mine = arena_new(256 * KIB);
		struct html_tree *page;

		if (!s->full || !(page = render_page(x->r, mine, s, choice, NULL)))
			continue;
		look_at_page(x, mine, sheet, page);
	}
}

void look_contrast(struct check *c)
{
	struct contrast x = { .c = c, .r = render_open(c), .told = map_new() };
	struct theme_choice choices[CHOICES];

	if (x.r) {
		size_t n = render_choices(c, c->arena, choices, CHOICES);

		for (size_t i = 0; i < n; i++) {
			look_at_choice(&x, &choices[i], false);
			look_at_choice(&x, &choices[i], true);
		}
	}
	render_close(x.r);
	map_free(x.told, NULL);
}
