/* option.c - checks of option values. They decide what may stand in a stylesheet, so each type
 * lists what it lets through, never what it keeps out. */
#include "theme/option.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/ascii.h"
#include "base/conf.h"
#include "base/utf8.h"

#define OPTION_TEXT_MAX 2000

static const char *const type_names[] = { "bool", "select", "color", "text", "markdown", "image",
					  "number", "font" };

bool option_type_find(struct str name, enum option_type *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(type_names); i++) {
		if (!str_eq(name, str_of(type_names[i])))
			continue;
		*ret = (enum option_type)i;
		return true;
	}
	return false;
}

const char *option_type_name(enum option_type type)
{
	return type_names[type];
}

bool option_name_is_good(struct str name)
{
	if (!name.n || name.n > 40 || !ascii_is_letter(name.p[0]))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_letter(name.p[i]) && !ascii_is_digit(name.p[i]) && name.p[i] != '_'
		    && name.p[i] != '-')
			return false;
	return true;
}

/* Letters, digits and these others only. */
static bool only(struct str s, bool letters, const char *others)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || (!(letters && ascii_is_letter(s.p[i])) && !ascii_is_digit(s.p[i])
				&& !strchr(others, s.p[i])))
			return false;
	return true;
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]) && !((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'f'))
			return false;
	return s.n == 3 || s.n == 4 || s.n == 6 || s.n == 8;
}

static bool color_is_good(struct str v)
{
	static const char *const functions[] = { "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(",
						 "lch(", "oklab(", "oklch(" };

	if (str_starts(v, STR("#")))
		return is_hex(str_skip(v, 1));
	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		struct str open = str_of(functions[i]);

		if (str_starts_nocase(v, open) && str_ends(v, STR(")")) && v.n < 80)
			return only(str_sub(v, open.n, v.n - 1), true, " .,%/+-");
	}
	return v.n > 0 && v.n <= 30 && only(v, true, "") && ascii_is_letter(v.p[0]);
}

static bool font_is_good(struct str v)
{
	char quote = '\0';

	if (!v.n || v.n > 300 || !only(v, true, " ,-_'\""))
		return false;
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] != '\'' && v.p[i] != '"')
			continue;
		if (!quote)
			quote = v.p[i];
		else if (quote == v.p[i])
			quote = '\0';
		else
			return false;
	}
	return !quote;
}

/* Addresses of the site itself, and https ones. */
static bool image_is_good(struct str v)
{
	if (v.n > 2000 || str_has_char(v, '\\'))
		return false;
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] <= ' ' || strchr("\"'()<>", v.p[i]))
			return false;
	if (!v.n || str_starts(v, STR("assets/")) || str_starts(v, STR("https://")))
		return true;
	return v.p[0] == '/' && !str_starts(v, STR("//"));
}

static bool check_number(struct arena *a, const struct option *o, struct str v, struct str *ret,
			 struct fail *f)
{
	char *end;
	char text[32];
	double d;

	if (!v.n || v.n >= sizeof(text) || !only(v, false, ".-"))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a number", STR_ARG(v));
	memcpy(text, v.p, v.n);
	text[v.n] = '\0';
	d = strtod(text, &end);
	if (*end || !isfinite(d))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a number", STR_ARG(v));
	if (d < o->min || d > o->max)
		return fail(f, FAIL_INVALID, "%g is not between %g and %g", d, o->min, o->max);
	*ret = arena_printf(a, "%.10g", d);
	return true;
}

static bool check_select(struct arena *a, const struct option *o, struct str v, struct str *ret,
			 struct fail *f)
{
	CLEANUP(buf_release) struct buf list = BUF(400);

	for (size_t i = 0; i < o->n_choices; i++) {
		if (str_eq(v, o->choices[i])) {
			*ret = arena_str(a, v);
			return true;
		}
		buf_addf(&list, "%s%.*s", i ? ", " : "", STR_ARG(o->choices[i]));
	}
	return fail(f, FAIL_INVALID, "\"%.*s\" is none of %.*s", STR_ARG(v),
		    STR_ARG(buf_str(&list)));
}

static bool check_text(struct arena *a, const struct option *o, struct str v, struct str *ret,
		       struct fail *f)
{
	size_t max = o->max > 0 && o->max < OPTION_TEXT_MAX ? (size_t)o->max : OPTION_TEXT_MAX;

	if (!utf8_valid(v))
		return fail(f, FAIL_INVALID, "the text is not UTF-8");
	if (utf8_length(v) > max)
		return fail(f, FAIL_TOO_LARGE, "the text has more than %zu characters", max);
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] < ' '
		    && (o->type == OPTION_TEXT || !strchr("\t\r\n", v.p[i]) || !v.p[i]))
			return fail(f, FAIL_INVALID, "the text holds a control character");
	*ret = arena_str(a, v);
	return true;
}

static bool check_bool(struct str v, struct str *ret, struct fail *f)
{
	bool b;

	if (!conf_bool(v, &b, f))
		return false;
	*ret = b ? STR("true") : STR("false");
	return true;
}

bool option_check(struct arena *a, const struct option *o, struct str value, struct str *ret,
		  struct fail *f)
{
	struct str v = str_trim(value);

	switch (o->type) {
	case OPTION_BOOL:
		return check_bool(v, ret, f);
	case OPTION_SELECT:
		return check_select(a, o, v, ret, f);
	case OPTION_NUMBER:
		return check_number(a, o, v, ret, f);
	case OPTION_TEXT:
	case OPTION_MARKDOWN:
		return check_text(a, o, v, ret, f);
	case OPTION_COLOR:
		if (!color_is_good(v))
			return fail(f, FAIL_INVALID, "\"%.*s\" is not a color; write #26a, a name"
				" or oklch(60%% 0.1 250)", STR_ARG(v));
		break;
	case OPTION_FONT:
		if (!font_is_good(v))
			return fail(f, FAIL_INVALID, "\"%.*s\" is not a list of fonts; write"
				    " \"Gentium Book\", Georgia, serif", STR_ARG(v));
		break;
	case OPTION_IMAGE:
		if (!image_is_good(v))
			return fail(f, FAIL_INVALID, "\"%.*s\" is not the address of a picture; it"
				    " begins with / or https://", STR_ARG(v));
		break;
	}
	*ret = arena_str(a, v);
	return true;
}

/* A CSS string. "<" is written as an escape, so that </style> cannot end the element. */
static void put_string(struct buf *out, struct str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < ' ' || strchr("\"\\<>&", c))
			buf_addf(out, "\\%x ", c);
		else
			buf_addc(out, s.p[i]);
	}
	buf_addc(out, '"');
}

bool option_css(const struct option *o, struct str checked, struct buf *out)
{
	switch (o->type) {
	case OPTION_MARKDOWN:
		return false;
	case OPTION_BOOL:
		buf_addc(out, str_eq(checked, STR("true")) ? '1' : '0');
		return true;
	case OPTION_TEXT:
		put_string(out, checked);
		return true;
	case OPTION_IMAGE:
		if (!checked.n) {
			buf_adds(out, "none");
			return true;
		}
		buf_adds(out, "url(");
		put_string(out, checked);
		buf_addc(out, ')');
		return true;
	case OPTION_NUMBER:
		buf_add(out, checked);
		buf_add(out, o->unit);
		return true;
	default:
		buf_add(out, checked);
		return true;
	}
}
