/* css_space.c - see css_space.h. */
#include "check/css_space.h"

#include <math.h>

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

static const struct css_space spaces[] = {
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

const struct css_space *css_space_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(spaces); i++)
		if (str_eq_nocase(name, str_of(spaces[i].name)))
			return &spaces[i];
	return NULL;
}
