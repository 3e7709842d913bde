/* modern_color.c - colours. rgb() and hsl() with spaces become what libsass computes with,
 * where their three parts are numbers or variables; everything else is left for the browser.
 * hwb(), lab() and their like are CSS for libsass, but it divides by what stands behind the
 * slash. */
#include <stdlib.h>
#include "theme/modern_impl.h"

struct color {
	struct modern *m;
	const struct modern_call *c;
	struct modern_range parts[4];	/* three and the alpha */
	size_t n;
	bool alpha;
};

static struct str text_of(const struct modern *m, struct modern_range r)
{
	return str_sub(m->s, r.from, r.to);
}

static bool is_number(const struct modern *m, struct modern_range r)
{
	return r.to > r.from && scss_number(m->s, r.from) == r.to;
}

/* What libsass takes as a part of a colour. */
static bool is_simple(const struct modern *m, struct modern_range r)
{
	return is_number(m, r)
		|| (r.to > r.from && m->s.p[r.from] == '$' && scss_name(m->s, r.from) == r.to);
}

/* A number that libsass misunderstands: "50%" as an alpha, "0.5turn" as a hue. */
static void mend_number(struct modern *m, struct modern_range r, bool alpha)
{
	static const struct {
		const char *unit;
		double factor;
	} units[] = { { "turn", 360 }, { "grad", 0.9 }, { "rad", 57.29577951308232 } };
	struct str s = text_of(m, r);
	double v = strtod(arena_cstr(m->arena, s), NULL);

	if (!is_number(m, r))
		return;
	if (alpha && str_ends(s, STR("%")))
		modern_replace(m, r.from, r.to, arena_printf(m->arena, "%.6g", v / 100));
	for (size_t i = 0; !alpha && i < ARRAY_LEN(units); i++) {
		if (!str_ends(s, str_of(units[i].unit)) || (i == 2 && str_ends(s, STR("grad"))))
			continue;
		modern_replace(m, r.from, r.to, arena_printf(m->arena, "%.6g",
			v * units[i].factor));
	}
}

static void mend(struct color *k, struct modern_range hue, struct modern_range alpha, bool variable)
{
	struct modern *m = k->m;

	if (m->s.p[k->c->at] == 'h')
		mend_number(m, hue, false);
	if (!k->alpha)
		return;
	mend_number(m, alpha, true);
	if (is_number(m, alpha) || !variable)
		return;
	modern_open(m, alpha.from, STR("hameau-alpha("));
	modern_close(m, alpha.to, STR(")"));
	m->prelude = true;
}

/* libsass wants rgb(r, g, b) and rgba(r, g, b, a) and nothing else. */
static void mend_name(struct color *k)
{
	struct str name = str_sub(k->m->s, k->c->at, k->c->open);

	if (k->alpha == (name.n == 4))
		return;
	if (k->alpha)
		modern_close(k->m, k->c->open, STR("a"));
	else
		modern_replace(k->m, k->c->open - 1, k->c->open, STR(""));
}

static bool with_commas(struct color *k)
{
	struct modern_range all = { k->c->open + 1, k->c->close }, args[MODERN_ARGS];
	size_t n;

	if (!modern_split(k->m, all, ',', args, &n))
		return modern_walk(k->m, all.from, all.to);
	k->alpha = n == 4;
	if (n == 3 || n == 4) {
		mend_name(k);
		mend(k, args[0], args[3], false);
	}
	return modern_walk(k->m, all.from, all.to);
}

static bool read_parts(struct color *k, struct modern_range r)
{
	struct str s = k->m->s;

	for (size_t at = r.from; (at = scss_space(s, at)) < r.to;) {
		size_t from = at;

		if (k->n == 3)
			return false;
		if (scss_number(s, at) > at)
			at = scss_number(s, at);
		while (at < r.to && !scss_is_space(s.p[at]) && !scss_is_comment(s, at))
			at = s.p[at] == '(' ? scss_close(s, at) + 1 : scss_token(s, at);
		k->parts[k->n++] = (struct modern_range){ from, at };
	}
	return k->n == 3;
}

static bool with_spaces(struct color *k)
{
	struct modern_range all = { k->c->open + 1, k->c->close }, sides[MODERN_ARGS];
	struct modern *m = k->m;
	size_t n;

	if (!modern_split(m, all, '/', sides, &n) || n > 2 || !read_parts(k, sides[0])
	    || !is_simple(m, k->parts[0]) || !is_simple(m, k->parts[1])
	    || !is_simple(m, k->parts[2]) || (n == 2 && !is_simple(m, sides[1])))
		return modern_verbatim(m, k->c);
	k->alpha = n == 2;
	k->parts[3] = sides[1];
	mend_name(k);
	for (size_t i = 0; i < 2 + n - 1; i++)
		modern_replace(m, k->parts[i].to, k->parts[i + 1].from, STR(", "));
	mend(k, k->parts[0], k->parts[3], true);
	return true;
}

bool modern_color(struct modern *m, const struct modern_call *c)
{
	struct color k = { .m = m, .c = c };
	struct str name = str_sub(m->s, c->at, c->open), args = str_sub(m->s, c->open + 1,
		c->close);
	bool comma = scss_find(m->s, c->open + 1, c->close, ",") < c->close;
	bool slash = scss_find(m->s, c->open + 1, c->close, "/") < c->close;

	if (!str_trim(args).n)
		return true;
	if (str_starts(name, STR("rgb")) || str_starts(name, STR("hsl")))
		return comma ? with_commas(&k) : with_spaces(&k);
	if (slash && !comma && (str_has_char(args, '$') || str_has_char(args, '(')))
		return modern_verbatim(m, c);
	return modern_walk(m, c->open + 1, c->close);
}
