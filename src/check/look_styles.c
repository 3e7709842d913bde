/* look_styles.c - stylesheets as they are written: what readers are hurt by, what does
 * nothing, what is not known. */
#include "base/file.h"
#include "check/css_names.h"
#include "check/css_scan.h"
#include "check/look.h"

enum { CSS_MOST = 100 * 1000, DEPTH = 24 };

struct block {
	struct str prelude;
	struct str names[60];		/* of its declarations */
	struct look_at ats[60];
	size_t n;
};

struct sheet {
	struct check *c;
	const struct look_file *file;
	struct block blocks[DEPTH];	/* those that are open */
	int depth;
};

/* What is asked of all stylesheets together. */
struct styles {
	bool any, print, reduces, dark, moves;
	struct look_at moves_at;
};

/* --- where we are --- */

static struct look_at at_of(const struct sheet *s, size_t offset)
{
	return look_at(s->file->name, s->file->text, offset);
}

static void tell(const struct sheet *s, const char *id, size_t offset, struct str detail)
{
	look_tell(s->c, id, at_of(s, offset), arena_str(s->c->arena, detail), STR_NONE);
}

static bool has(struct str text, const char *what)
{
	return str_find(text, str_of(what)) >= 0;
}

/* Is any of the open blocks an at-rule that says so? */
static bool is_in_media(const struct sheet *s, const char *what)
{
	for (int i = 0; i < s->depth && i < DEPTH; i++)
		if (str_starts(s->blocks[i].prelude, STR("@")) && has(s->blocks[i].prelude, what))
			return true;
	return false;
}

static bool is_in_selector(const struct sheet *s, const char *what)
{
	for (int i = 0; i < s->depth && i < DEPTH; i++)
		if (!str_starts(s->blocks[i].prelude, STR("@")) && has(s->blocks[i].prelude, what))
			return true;
	return false;
}

static bool starts_with_any(struct str name, const char *const *list)
{
	for (; *list; list++)
		if (str_starts(name, str_of(*list)))
			return true;
	return false;
}

/* --- one declaration --- */

static bool is_outside(struct str value)
{
	return has(value, "http://") || has(value, "https://") || has(value, "url(//")
	       || has(value, "url(\"//") || has(value, "url('//");
}

static void look_at_outline(const struct sheet *s, const struct css_item *d)
{
	bool off = str_eq(d->value, STR("none")) || str_eq(d->value, STR("0"));

	if (!off || !str_starts(d->name, STR("outline")) || str_eq(d->name, STR("outline-offset")))
		return;
	/* what only scripts and skip links focus may go without */
	if (is_in_selector(s, "main") || is_in_selector(s, "[tabindex")
	    || is_in_selector(s, ":not(:focus-visible)") || is_in_selector(s, "body"))
		return;
	tell(s, "TH143", d->at, s->depth ? s->blocks[s->depth - 1].prelude : STR_NONE);
}

static bool has_pixels(struct str value)
{
	for (ptrdiff_t at; (at = str_find(value, STR("px"))) >= 0;) {
		if (at > 0 && value.p[at - 1] >= '0' && value.p[at - 1] <= '9')
			return true;
		value = str_skip(value, (size_t)at + 2);
	}
	return false;
}

static void look_at_side(const struct sheet *s, const struct css_item *d)
{
	static const char *const sides[] = { "margin-left", "margin-right", "padding-left",
					     "padding-right", "border-left", "border-right", NULL };
	bool side = starts_with_any(d->name, sides);
	bool word = str_eq(d->value, STR("left")) || str_eq(d->value, STR("right"));

	side = side || str_eq(d->name, STR("left")) || str_eq(d->name, STR("right"));
	side = side || (word && (str_eq(d->name, STR("text-align"))
				 || str_eq(d->name, STR("float"))
				 || str_eq(d->name, STR("clear"))));
	if (side && s->c->own && manifest_supports(s->c->own, STR("rtl"))
	    && !is_in_selector(s, "[dir") && !is_in_selector(s, ":dir("))
		tell(s, "TH149", d->at, d->name);
}

/* Three letters in a row are a word. */
static bool has_word(struct str value)
{
	int letters = 0;

	for (size_t i = 0; i < value.n; i++) {
		char x = (char)(value.p[i] | 32);

		letters = x >= 'a' && x <= 'z' ? letters + 1 : 0;
		if (value.p[i] == '\\')
			i += 6;
		if (letters == 3)
			return true;
	}
	return false;
}

static void look_at_content(const struct sheet *s, const struct css_item *d)
{
	struct str rest = d->value, part;

	if (!str_eq(d->name, STR("content")))
		return;
	while (css_scan_part(&rest, ' ', &part))
		if (part.n > 2 && (part.p[0] == '"' || part.p[0] == '\'')
		    && has_word(str_sub(part, 1, part.n - 1)))
			tell(s, "TH154", d->at, part);
}

static void look_at_property(const struct sheet *s, const struct css_item *d)
{
	struct str near;

	if (str_starts(d->name, STR("-")) || has(d->name, "#{") || has(d->name, "&")
	    || is_in_media(s, "@font-face") || is_in_media(s, "@property")
	    || is_in_media(s, "@counter-style") || is_in_media(s, "@page")
	    || is_in_media(s, "@function") || css_names_property(d->name, &near))
		return;
	look_tell(s->c, "TH155", at_of(s, d->at), arena_str(s->c->arena, d->name), near);
}

static void look_at_movement(const struct sheet *s, const struct css_item *d, struct styles *all)
{
	bool moves = str_starts(d->name, STR("animation")) || str_starts(d->name, STR("transition"))
		     || (str_eq(d->name, STR("scroll-behavior"))
			 && str_eq(d->value, STR("smooth")));

	if (!moves || str_eq(d->value, STR("none")) || is_in_media(s, "prefers-reduced-motion")
	    || all->moves)
		return;
	all->moves = true;
	all->moves_at = at_of(s, d->at);
}

static void look_at_declaration(struct sheet *s, const struct css_item *d, struct styles *all)
{
	bool of_text = str_eq(d->name, STR("font-size")) || str_eq(d->name, STR("font"));

	if (is_outside(d->value) && !s->c->source->trusted)
		tell(s, "TH140", d->value_at, d->value);
	look_at_outline(s, d);
	look_at_movement(s, d, all);
	if (of_text && has_pixels(d->value) && !is_in_media(s, "print"))
		tell(s, "TH146", d->at, d->value);
	if (d->important && !is_in_media(s, "print") && !is_in_media(s, "prefers-reduced-motion")
	    && !is_in_selector(s, "[hidden]"))
		tell(s, "TH147", d->at, d->name);
	look_at_side(s, d);
	look_at_content(s, d);
	look_at_property(s, d);
	if (s->depth > 0 && s->depth <= DEPTH) {
		struct block *b = &s->blocks[s->depth - 1];

		if (b->n < ARRAY_LEN(b->names)) {
			b->names[b->n] = d->name;
			b->ats[b->n++] = at_of(s, d->at);
		}
	}
}

/* --- blocks and statements --- */

static void look_at_prefixes(const struct sheet *s, const struct block *b)
{
	static const char *const lonely[] = { "-webkit-font-smoothing", "-moz-osx-font-smoothing",
					      "-webkit-tap-highlight", "-webkit-overflow-scrolling",
					      "-webkit-line-clamp", "-webkit-box-orient",
					      "-webkit-text-", "-webkit-touch-callout", NULL };
	static const char *const prefixes[] = { "-webkit-", "-moz-", "-ms-", "-o-", NULL };

	for (size_t i = 0; i < b->n; i++) {
		struct str name = b->names[i], plain = str_skip(name, 1);
		bool both = false;

		if (!starts_with_any(name, prefixes)
		    || (starts_with_any(name, lonely)
			&& !str_starts(name, STR("-webkit-text-size"))))
			continue;
		plain = str_skip(plain, (size_t)str_find_char(plain, '-') + 1);
		for (size_t k = 0; k < b->n; k++)
			both = both || str_eq(b->names[k], plain);
		if (!both)
			look_tell(s->c, "TH148", b->ats[i], arena_str(s->c->arena, name),
				  STR_NONE);
	}
}

static void look_at_statement(const struct sheet *s, const struct css_item *d)
{
	bool import = str_starts(d->prelude, STR("@import"));

	if (import && is_outside(d->prelude) && !s->c->source->trusted)
		tell(s, "TH140", d->at, d->prelude);
	else if (import && str_ends(s->file->name, STR(".css")))
		tell(s, "TH141", d->at, STR_NONE);
	if ((str_starts(d->prelude, STR("@use")) || str_starts(d->prelude, STR("@forward")))
	    && !has(d->prelude, "sass:"))
		tell(s, "TH142", d->at, d->prelude);
}

static void open_block(struct sheet *s, const struct css_item *d, struct styles *all)
{
	if (s->depth < DEPTH)
		s->blocks[s->depth] = (struct block){ .prelude = d->prelude };
	s->depth++;
	if (!str_starts(d->prelude, STR("@media")))
		return;
	all->print = all->print || has(d->prelude, "print");
	all->reduces = all->reduces || (has(d->prelude, "prefers-reduced-motion")
					&& has(d->prelude, "reduce)"));
}

static void close_block(struct sheet *s, const struct css_item *d)
{
	if (s->depth == 0) {
		tell(s, "TH156", d->at, STR("}"));
		return;
	}
	s->depth--;
	if (s->depth < DEPTH)
		look_at_prefixes(s, &s->blocks[s->depth]);
}

static void look_at_sheet(struct check *c, const struct look_file *file, struct styles *all)
{
	struct css_scan scan = { .text = file->text, .plain = str_ends(file->name, STR(".css")) };
	struct sheet s = { .c = c, .file = file };
	struct css_item d;

	all->any = true;
	all->dark = all->dark || has(file->text, "prefers-color-scheme")
		    || has(file->text, "light-dark(") || has(file->text, "color-scheme: dark");
	while (css_scan_next(&scan, &d)) {
		if (d.kind == CSS_OPEN)
			open_block(&s, &d, all);
		else if (d.kind == CSS_CLOSE)
			close_block(&s, &d);
		else if (d.kind == CSS_DECLARATION)
			look_at_declaration(&s, &d, all);
		else
			look_at_statement(&s, &d);
	}
	if (s.depth > 0)
		tell(&s, "TH156", file->text.n, STR("{"));
}

/* --- all together --- */

/* As served: Sass compiled. */
static void look_at_size(struct check *c)
{
	size_t all = 0;

	for (size_t i = 0; c->theme && i < c->files.n; i++) {
		struct str name = c->files.p[i].name, base = path_name(name);
		const struct asset *a;
		bool current;

		if (!look_is_sheet(&c->files.p[i]) || str_starts(base, STR("_")))
			continue;
		name = str_skip(name, (size_t)str_find_char(name, '/') + 1);
		name = arena_printf(c->arena, "0/%.*s.css",
				    STR_ARG(str_sub(name, 0, (size_t)str_rfind_char(name, '.'))));
		a = theme_asset(c->theme, name, &current);
		all += a ? a->bytes.n : 0;
	}
	if (all > CSS_MOST)
		look_tell(c, "TH151", (struct look_at){ STR_NONE, 0, 0 },
			  arena_printf(c->arena, "%zu KB", (all + 999) / 1000), STR_NONE);
}

static void look_at_all(struct check *c, const struct styles *all)
{
	struct look_at theme = { STR_NONE, 0, 0 };

	if (all->moves && !all->reduces)
		look_tell(c, "TH144", all->moves_at, STR_NONE, STR_NONE);
	if (!all->print)
		look_tell(c, "TH145", theme, STR_NONE, STR_NONE);
	if (c->own && manifest_supports(c->own, STR("dark")) && !all->dark)
		look_tell(c, "TH150", theme, STR_NONE, STR_NONE);
}

void look_styles(struct check *c)
{
	struct styles all = { 0 };

	for (size_t i = 0; i < c->files.n; i++)
		if (look_is_sheet(&c->files.p[i]))
			look_at_sheet(c, &c->files.p[i], &all);
	if (all.any) {
		look_at_all(c, &all);
		look_at_size(c);
	}
}
