/* css_color.c - see css_color.h. */
#include "check/css_color.h"

#include <math.h>
#include <stdlib.h>

#include "check/css_scan.h"
#include "check/css_space.h"

static double bound(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

static struct css_color color_in(const struct css_space *s, const double channels[3], double alpha)
{
	double rgb[3];

	s->to(channels, rgb);
	return (struct css_color){ bound(rgb[0]), bound(rgb[1]), bound(rgb[2]), bound(alpha) };
}

static void channels_in(const struct css_space *s, struct css_color c, double ret[3])
{
	const double rgb[3] = { c.r, c.g, c.b };

	s->from(rgb, ret);
}

/* --- functions --- */

/* "l c h / a" or "r, g, b, a", perhaps with "from COLOUR" before. */
static bool function_color(const struct css_space *s, struct str inside,
			   const struct css_color_env *env, struct css_color *ret)
{
	struct css_color_word words[5] = { { NULL, 0 } };
	double v[4] = { 0, 0, 0, 1 }, from[3];
	char sep = str_has_char(inside, ',') && !str_starts(inside, STR("from ")) ? ',' : ' ';
	struct css_color base;
	struct str part;
	size_t n = 0;

	if (str_starts(inside, STR("from "))) {
		inside = str_skip(inside, 5);
		if (!css_scan_part(&inside, ' ', &part) || !css_color_parse(part, env, &base))
			return false;
		channels_in(s, base, from);
		for (int i = 0; i < 3; i++)
			words[i] = (struct css_color_word){ s->words[i], from[i] };
		words[3] = (struct css_color_word){ "alpha", base.a };
		v[3] = base.a;
	}
	while (n < 4 && css_scan_part(&inside, sep, &part)) {
		if (str_eq(part, STR("/")))
			continue;
		if (!css_color_number(part, n < 3 ? s->percent[n] : 1, words, &v[n]))
			return false;
		n++;
	}
	*ret = color_in(s, v, v[3]);
	return n >= 3;
}

/* "#fff 30%": the share, or a negative number where it is not said. */
static bool share_color(struct str text, const struct css_color_env *env, struct css_color *color,
			double *share)
{
	struct str first, second;

	*share = -1;
	if (!css_scan_part(&text, ' ', &first))
		return false;
	if (css_scan_part(&text, ' ', &second)) {
		bool number_first = css_color_number(first, 1, NULL, share);

		if (!number_first && !css_color_number(second, 1, NULL, share))
			return false;
		return css_color_parse(number_first ? second : first, env, color);
	}
	return css_color_parse(first, env, color);
}

static double mix_hue(double a, double b, double p)
{
	double d = b - a;

	if (d > 180)
		d -= 360;
	if (d < -180)
		d += 360;
	return a + d * (1 - p);
}

static struct css_color mix(const struct css_space *s, struct css_color a, struct css_color b,
			    double p)
{
	double alpha = a.a * p + b.a * (1 - p), x[3], y[3], v[3];

	channels_in(s, a, x);
	channels_in(s, b, y);
	for (int i = 0; i < 3; i++)
		if (i == s->hue)
			v[i] = mix_hue(x[i], y[i], p);
		else
			v[i] = alpha > 0 ? (x[i] * a.a * p + y[i] * b.a * (1 - p)) / alpha : 0;
	return color_in(s, v, alpha);
}

static bool mix_color(struct str inside, const struct css_color_env *env, struct css_color *ret)
{
	const struct css_space *s = css_space_find(STR("oklab"));
	double p, q, total;
	struct css_color a, b;
	struct str part, word;

	if (!css_scan_part(&inside, ',', &part))
		return false;
	if (str_starts(part, STR("in "))) {
		part = str_skip(part, 3);
		if (!css_scan_part(&part, ' ', &word) || !(s = css_space_find(word))
		    || !css_scan_part(&inside, ',', &part))
			return false;
	}
	if (!share_color(part, env, &a, &p) || !css_scan_part(&inside, ',', &part)
	    || !share_color(part, env, &b, &q))
		return false;
	p = p < 0 ? (q < 0 ? 0.5 : 1 - q) : p;
	q = q < 0 ? 1 - p : q;
	total = p + q;
	if (total <= 0)
		return false;
	*ret = mix(s, a, b, p / total);
	if (total < 1)
		ret->a *= total;
	return true;
}

static bool call_color(struct str name, struct str inside, const struct css_color_env *env,
		       struct css_color *ret)
{
	const struct css_space *s = css_space_find(name);
	struct str light, dark, word;

	if (s)
		return function_color(s, inside, env, ret);
	if (str_eq_nocase(name, STR("color-mix")))
		return mix_color(inside, env, ret);
	if (str_eq_nocase(name, STR("light-dark")))
		return css_scan_part(&inside, ',', &light) && css_scan_part(&inside, ',', &dark)
		       && css_color_parse(env->dark ? dark : light, env, ret);
	if (str_eq_nocase(name, STR("color")) && css_scan_part(&inside, ' ', &word)
	    && (s = css_space_find(word)))
		return function_color(s, inside, env, ret);
	return false;
}

/* --- words and numbers --- */

static bool hex_color(struct str digits, struct css_color *ret)
{
	double v[4] = { 0, 0, 0, 1 };
	size_t each = digits.n >= 6 ? 2 : 1, n = digits.n / each;
	char text[9];
	char *end;

	if (digits.n != 3 && digits.n != 4 && digits.n != 6 && digits.n != 8)
		return false;
	for (size_t i = 0; i < n; i++) {
		text[0] = digits.p[i * each];
		text[1] = digits.p[i * each + each - 1];
		text[2] = '\0';
		v[i] = (double)strtoul(text, &end, 16) / 255;
		if (*end)
			return false;
	}
	*ret = (struct css_color){ v[0], v[1], v[2], v[3] };
	return true;
}

static const struct { const char *name; uint32_t light, dark; } systems[] = {
	{ "canvas", 0xffffff, 0x121212 }, { "canvastext", 0x000000, 0xffffff },
	{ "linktext", 0x0000ee, 0x9e9eff }, { "visitedtext", 0x551a8b, 0xd0adf0 },
	{ "buttonface", 0xefefef, 0x6b6b6b }, { "buttontext", 0x000000, 0xffffff },
	{ "buttonborder", 0x000000, 0xffffff }, { "field", 0xffffff, 0x3b3b3b },
	{ "fieldtext", 0x000000, 0xffffff }, { "graytext", 0x808080, 0x808080 },
	{ "highlight", 0x0078d7, 0x0078d7 }, { "highlighttext", 0xffffff, 0xffffff },
	{ "mark", 0xffff00, 0xffff00 }, { "marktext", 0x000000, 0x000000 },
	{ "accentcolor", 0x0075ff, 0x0075ff }, { "accentcolortext", 0xffffff, 0xffffff },
};

static bool word_color(struct str word, const struct css_color_env *env, struct css_color *ret)
{
	uint32_t rgb;
	bool found = css_color_named(word, &rgb);

	for (size_t i = 0; !found && i < sizeof systems / sizeof systems[0]; i++) {
		found = str_eq_nocase(word, str_of(systems[i].name));
		rgb = env->dark ? systems[i].dark : systems[i].light;
	}
	if (!found)
		return false;
	*ret = (struct css_color){ (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0,
				   (rgb & 255) / 255.0, 1 };
	return true;
}

bool css_color_parse(struct str text, const struct css_color_env *env, struct css_color *ret)
{
	ptrdiff_t open;

	text = str_trim(text);
	open = str_find_char(text, '(');
	if (text.n > 1 && text.p[0] == '#')
		return hex_color(str_skip(text, 1), ret);
	if (open > 0 && text.n < 2000 && text.p[text.n - 1] == ')')
		return call_color(str_sub(text, 0, (size_t)open),
				  str_trim(str_sub(text, (size_t)open + 1, text.n - 1)), env, ret);
	if (str_eq_nocase(text, STR("transparent"))) {
		*ret = (struct css_color){ 0, 0, 0, 0 };
		return true;
	}
	if (str_eq_nocase(text, STR("currentcolor"))) {
		*ret = env->current;
		return true;
	}
	return word_color(text, env, ret);
}

/* --- measuring --- */

struct css_color css_color_over(struct css_color top, struct css_color ground)
{
	return (struct css_color){ top.r * top.a + ground.r * (1 - top.a),
				   top.g * top.a + ground.g * (1 - top.a),
				   top.b * top.a + ground.b * (1 - top.a), 1 };
}

static double luminance(struct css_color c)
{
	double v[3];

	channels_in(css_space_find(STR("srgb-linear")), c, v);
	return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
}

double css_color_contrast(struct css_color a, struct css_color b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}
