/* format_svg.c - the size of an SVG: width and height of its first tag, else its
 * viewBox. Lengths in px or without a unit count, those relative to something do not.
 */
#include "image/format.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

/* The value of an attribute in the inside of a tag; empty when it has none. */
static struct str attribute(struct str tag, struct str name)
{
	while (tag.n) {
		ptrdiff_t at = str_find(tag, name);
		struct str v;
		ptrdiff_t end;

		if (at < 1)
			return STR_NONE;
		v = str_trim(str_skip(tag, (size_t)at + name.n));
		if (is_space(tag.p[at - 1]) && str_starts(v, STR("="))) {
			v = str_trim(str_skip(v, 1));
			if (v.n && (v.p[0] == '"' || v.p[0] == '\'')) {
				end = str_find_char(str_skip(v, 1), v.p[0]);
				return end < 0 ? STR_NONE : str_sub(v, 1, 1 + (size_t)end);
			}
		}
		tag = str_skip(tag, (size_t)at + name.n);
	}
	return STR_NONE;
}

/* Whole pixels at the start of *s, which moves behind the number. False: no number. */
static bool number(struct str *s, uint32_t *ret)
{
	uint64_t v = 0;
	size_t i = 0;

	while (s->n && is_space(s->p[0]))
		*s = str_skip(*s, 1);
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9' && v < 1000000; i++)
		v = v * 10 + (uint64_t)(s->p[i] - '0');
	if (i == 0)
		return false;
	if (i < s->n && s->p[i] == '.') {
		if (i + 1 < s->n && s->p[i + 1] >= '5' && s->p[i + 1] <= '9')
			v++;
		for (i++; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
			;
	}
	*s = str_skip(*s, i);
	*ret = (uint32_t)v;
	return true;
}

static bool length(struct str v, uint32_t *ret)
{
	uint32_t n;

	if (!number(&v, &n))
		return false;
	v = str_trim(v);
	if (v.n && !str_eq_nocase(v, STR("px")))
		return false;
	*ret = n;
	return true;
}

/* Four numbers, of which the first two may be negative. */
static void view_box(struct str v, struct image *ret)
{
	uint32_t n[4];
	size_t i;

	for (i = 0; i < 4; i++) {
		while (v.n && (is_space(v.p[0]) || v.p[0] == '-'))
			v = str_skip(v, 1);
		if (!number(&v, &n[i]))
			return;
	}
	ret->width = n[2];
	ret->height = n[3];
}

bool format_svg_probe(struct str s, struct image *ret)
{
	ptrdiff_t at = str_find(s, STR("<svg")), end;
	struct str tag;

	if (at < 0)
		return false;
	tag = str_sub(s, (size_t)at + 4, (size_t)at + 4 + 8192);
	end = str_find_char(tag, '>');
	if (end < 0)
		return false;
	tag = str_sub(tag, 0, (size_t)end);
	ret->has_alpha = true;
	if (length(attribute(tag, STR("width")), &ret->width) &&
	    length(attribute(tag, STR("height")), &ret->height))
		return true;
	ret->width = ret->height = 0;
	view_box(attribute(tag, STR("viewBox")), ret);
	return true;
}
