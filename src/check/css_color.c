/* css_color.c - see css_color.h. A colour space is a row of a table: how its three channels
 * are written, and the way to sRGB and back. */
#include "check/css_color.h"

#include <math.h>
#include <stdlib.h>

#include "check/css_scan.h"

typedef void to_fn(const double in[3], double out[3]);

/* --- spaces --- */

static double linear(double x)
{
	double v = fabs(x);

	return copysign(v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4), x);
}

static double gamma_of(double x)
{
	double v = fabs(x);

	return copysign(v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055, x);
}

static void multiply(const double m[9], const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = m[i * 3] * in[0] + m[i * 3 + 1] * in[1] + m[i * 3 + 2] * in[2];
}

static void same(const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = in[i];
}

static void from_linear(const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = gamma_of(in[i]);
}

static void to_linear(const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = linear(in[i]);
}

/* Ottosson's OKLab, by way of linear sRGB. */
static void oklab_to(const double in[3], double out[3])
{
	static const double to_lms[] = { 1, 0.3963377774, 0.2158037573, 1, -0.1055613458,
					 -0.0638541728, 1, -0.0894841775, -1.2914855480 };
	static const double to_rgb[] = { 4.0767416621, -3.3077115913, 0.2309699292,
					 -1.2684380046, 2.6097574011, -0.3413193965,
					 -0.0041960863, -0.7034186147, 1.7076147010 };
	double lms[3], rgb[3];

	multiply(to_lms, in, lms);
	for (int i = 0; i < 3; i++)
		lms[i] = lms[i] * lms[i] * lms[i];
	multiply(to_rgb, lms, rgb);
	from_linear(rgb, out);
}

static void oklab_from(const double in[3], double out[3])
{
	static const double to_lms[] = { 0.4122214708, 0.5363325363, 0.0514459929,
					 0.2119034982, 0.6806995451, 0.1073969566,
					 0.0883024619, 0.2817188376, 0.6299787005 };
	static const double to_lab[] = { 0.2104542553, 0.7936177850, -0.0040720468,
					 1.9779984951, -2.4285922050, 0.4505937099,
					 0.0259040371, 0.7827717662, -0.8086757660 };
	double rgb[3], lms[3];

	to_linear(in, rgb);
	multiply(to_lms, rgb, lms);
	for (int i = 0; i < 3; i++)
		lms[i] = cbrt(lms[i]);
	multiply(to_lab, lms, out);
}

/* CIE Lab with the white of D50, as CSS has it. */
static const double white[3] = { 0.9642956764, 1, 0.8251046025 };

static void lab_to(const double in[3], double out[3])
{
	static const double to_rgb[] = { 3.1341359569, -1.6173863321, -0.4906619460,
					 -0.9787955030, 1.9162543773, 0.0334427312,
					 0.0719553738, -0.2289768265, 1.4053860351 };
	double f[3], xyz[3], rgb[3];

	f[1] = (in[0] + 16) / 116;
	f[0] = in[1] / 500 + f[1];
	f[2] = f[1] - in[2] / 200;
	for (int i = 0; i < 3; i++)
		xyz[i] = white[i] * (f[i] > 6.0 / 29 ? f[i] * f[i] * f[i]
				     : 3 * (6.0 / 29) * (6.0 / 29) * (f[i] - 4.0 / 29));
	multiply(to_rgb, xyz, rgb);
	from_linear(rgb, out);
}

static void lab_from(const double in[3], double out[3])
{
	static const double to_xyz[] = { 0.4360657469, 0.3851514688, 0.1430784385,
					 0.2224931619, 0.7168870134, 0.0606198248,
					 0.0139239200, 0.0970812345, 0.7140993584 };
	double rgb[3], xyz[3], f[3];

	to_linear(in, rgb);
	multiply(to_xyz, rgb, xyz);
	for (int i = 0; i < 3; i++) {
		double t = xyz[i] / white[i];

		f[i] = t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
	}
	out[0] = 116 * f[1] - 16;
	out[1] = 500 * (f[0] - f[1]);
	out[2] = 200 * (f[1] - f[2]);
}

static void polar_to(const double in[3], double out[3])
{
	out[0] = in[0];
	out[1] = in[1] * cos(in[2] * M_PI / 180);
	out[2] = in[1] * sin(in[2] * M_PI / 180);
}

static void polar_from(const double in[3], double out[3])
{
	double h = atan2(in[2], in[1]) * 180 / M_PI;

	out[0] = in[0];
	out[1] = hypot(in[1], in[2]);
	out[2] = h < 0 ? h + 360 : h;
}

static void oklch_to(const double in[3], double out[3])
{
	double lab[3];

	polar_to(in, lab);
	oklab_to(lab, out);
}

static void oklch_from(const double in[3], double out[3])
{
	double lab[3];

	oklab_from(in, lab);
	polar_from(lab, out);
}

static void lch_to(const double in[3], double out[3])
{
	double lab[3];

	polar_to(in, lab);
	lab_to(lab, out);
}

static void lch_from(const double in[3], double out[3])
{
	double lab[3];

	lab_from(in, lab);
	polar_from(lab, out);
}

static void hsl_to(const double in[3], double out[3])
{
	double s = in[1] / 100, l = in[2] / 100, a = s * fmin(l, 1 - l);
	static const double at[] = { 0, 8, 4 };

	for (int i = 0; i < 3; i++) {
		double k = fmod(at[i] + in[0] / 30, 12);

		k = k < 0 ? k + 12 : k;
		out[i] = l - a * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
	}
}

static void hsl_from(const double in[3], double out[3])
{
	double max = fmax(in[0], fmax(in[1], in[2])), min = fmin(in[0], fmin(in[1], in[2]));
	double d = max - min, l = (max + min) / 2, h = 0;

	if (d > 0 && max == in[0])
		h = fmod((in[1] - in[2]) / d + 6, 6);
	else if (d > 0 && max == in[1])
		h = (in[2] - in[0]) / d + 2;
	else if (d > 0)
		h = (in[0] - in[1]) / d + 4;
	out[0] = h * 60;
	out[1] = l <= 0 || l >= 1 ? 0 : (max - l) / fmin(l, 1 - l) * 100;
	out[2] = l * 100;
}

static void hwb_to(const double in[3], double out[3])
{
	double w = in[1] / 100, b = in[2] / 100, pure[3] = { in[0], 100, 50 };

	if (w + b >= 1) {
		out[0] = out[1] = out[2] = w / (w + b);
		return;
	}
	hsl_to(pure, out);
	for (int i = 0; i < 3; i++)
		out[i] = out[i] * (1 - w - b) + w;
}

static void hwb_from(const double in[3], double out[3])
{
	hsl_from(in, out);
	out[1] = fmin(in[0], fmin(in[1], in[2])) * 100;
	out[2] = (1 - fmax(in[0], fmax(in[1], in[2]))) * 100;
}

/* rgb() counts to 255. */
static void rgb_to(const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = in[i] / 255;
}

static void rgb_from(const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = in[i] * 255;
}

struct space {
	const char *name;		/* of the function, and for color-mix() */
	const char *words[3];		/* of the channels */
	double percent[3];		/* what 100% of each stands for */
	int hue;			/* which channel turns round; -1: none */
	to_fn *to, *from;
};

static const struct space spaces[] = {
	{ "rgb", { "r", "g", "b" }, { 255, 255, 255 }, -1, rgb_to, rgb_from },
	{ "rgba", { "r", "g", "b" }, { 255, 255, 255 }, -1, rgb_to, rgb_from },
	{ "srgb", { "r", "g", "b" }, { 1, 1, 1 }, -1, same, same },
	{ "srgb-linear", { "r", "g", "b" }, { 1, 1, 1 }, -1, from_linear, to_linear },
	{ "hsl", { "h", "s", "l" }, { 360, 100, 100 }, 0, hsl_to, hsl_from },
	{ "hsla", { "h", "s", "l" }, { 360, 100, 100 }, 0, hsl_to, hsl_from },
	{ "hwb", { "h", "w", "b" }, { 360, 100, 100 }, 0, hwb_to, hwb_from },
	{ "lab", { "l", "a", "b" }, { 100, 125, 125 }, -1, lab_to, lab_from },
	{ "lch", { "l", "c", "h" }, { 100, 150, 360 }, 2, lch_to, lch_from },
	{ "oklab", { "l", "a", "b" }, { 1, 0.4, 0.4 }, -1, oklab_to, oklab_from },
	{ "oklch", { "l", "c", "h" }, { 1, 0.4, 360 }, 2, oklch_to, oklch_from },
};

static const struct space *space_of(struct str name)
{
	for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
		if (str_eq_nocase(name, str_of(spaces[i].name)))
			return &spaces[i];
	return NULL;
}

static double bound(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

static struct css_color color_in(const struct space *s, const double channels[3], double alpha)
{
	double rgb[3];

	s->to(channels, rgb);
	return (struct css_color){ bound(rgb[0]), bound(rgb[1]), bound(rgb[2]), bound(alpha) };
}

static void channels_in(const struct space *s, struct css_color c, double ret[3])
{
	const double rgb[3] = { c.r, c.g, c.b };

	s->from(rgb, ret);
}

/* --- functions --- */

/* "l c h / a" or "r, g, b, a", perhaps with "from COLOUR" before. */
static bool function_color(const struct space *s, struct str inside,
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

static struct css_color mix(const struct space *s, struct css_color a, struct css_color b, double p)
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
	const struct space *s = space_of(STR("oklab"));
	double p, q, total;
	struct css_color a, b;
	struct str part, word;

	if (!css_scan_part(&inside, ',', &part))
		return false;
	if (str_starts(part, STR("in "))) {
		part = str_skip(part, 3);
		if (!css_scan_part(&part, ' ', &word) || !(s = space_of(word))
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
	const struct space *s = space_of(name);
	struct str light, dark, word;

	if (s)
		return function_color(s, inside, env, ret);
	if (str_eq_nocase(name, STR("color-mix")))
		return mix_color(inside, env, ret);
	if (str_eq_nocase(name, STR("light-dark")))
		return css_scan_part(&inside, ',', &light) && css_scan_part(&inside, ',', &dark)
		       && css_color_parse(env->dark ? dark : light, env, ret);
	if (str_eq_nocase(name, STR("color")) && css_scan_part(&inside, ' ', &word)
	    && (s = space_of(word)))
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
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double css_color_contrast(struct css_color a, struct css_color b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}
