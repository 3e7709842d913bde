/* css_number.c - the arithmetic of CSS: numbers, lengths as words' multiples, calc(), min(),
 * max(), clamp(). Declared in css_color.h, where it is needed most. */
#include "check/css_color.h"

#include <math.h>
#include <stdlib.h>

#include "check/css_scan.h"

enum { DEPTH = 16 };

struct sum {
	struct str rest;
	double percent;
	const struct css_color_word *words;
	int depth;
};

static bool expression(struct sum *s, double *ret);

static void skip_space(struct sum *s)
{
	while (s->rest.n && (s->rest.p[0] == ' ' || s->rest.p[0] == '\n' || s->rest.p[0] == '\t'))
		s->rest = str_skip(s->rest, 1);
}

static bool is_name(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || x == '-' || x == '_';
}

static struct str take_name(struct sum *s)
{
	struct str all = s->rest;
	size_t n = 0;

	while (n < all.n && is_name(all.p[n]))
		n++;
	s->rest = str_skip(all, n);
	return str_sub(all, 0, n);
}

static const struct css_color_word *word_of(const struct sum *s, struct str name)
{
	for (const struct css_color_word *w = s->words; w && w->name; w++)
		if (str_eq_nocase(name, str_of(w->name)))
			return w;
	return NULL;
}

/* The unit behind a number: %, deg, or a word that is its value ("rem"). */
static bool unit(struct sum *s, double *number)
{
	const struct css_color_word *w;
	struct str name;

	if (s->rest.n && s->rest.p[0] == '%') {
		s->rest = str_skip(s->rest, 1);
		*number *= s->percent / 100;
		return true;
	}
	if (!s->rest.n || !is_name(s->rest.p[0]) || s->rest.p[0] == '-')
		return true;
	name = take_name(s);
	w = word_of(s, name);
	if (w)
		*number *= w->value;
	else if (str_eq_nocase(name, STR("turn")))
		*number *= 360;
	else if (str_eq_nocase(name, STR("rad")))
		*number *= 180 / M_PI;
	else if (!str_eq_nocase(name, STR("deg")))
		return false;
	return true;
}

static bool number(struct sum *s, double *ret)
{
	char digits[64];
	size_t n = 0;
	char *end;

	while (n < s->rest.n && n < sizeof digits - 1) {
		char x = s->rest.p[n];

		if (!(x >= '0' && x <= '9') && x != '.' && !(n == 0 && (x == '-' || x == '+')))
			break;
		digits[n++] = x;
	}
	digits[n] = '\0';
	*ret = strtod(digits, &end);
	if (end == digits)
		return false;
	s->rest = str_skip(s->rest, (size_t)(end - digits));
	return isfinite(*ret) && unit(s, ret);
}

/* min(a, b), clamp(a, b, c) ...: each argument is a sum of its own. */
static bool function(struct sum *s, struct str name, double *ret)
{
	struct str inside, part;
	double v[3] = { 0, 0, 0 };
	size_t n = 0, at = 0;
	int open = 1;

	for (at = 1; at < s->rest.n && open; at++)
		open += (s->rest.p[at] == '(') - (s->rest.p[at] == ')');
	if (open)
		return false;
	inside = str_sub(s->rest, 1, at - 1);
	s->rest = str_skip(s->rest, at);
	while (css_scan_part(&inside, ',', &part) && n < 3) {
		struct sum arg = { part, s->percent, s->words, s->depth + 1 };

		if (!expression(&arg, &v[n]) || str_trim(arg.rest).n)
			return false;
		if (n && str_eq_nocase(name, STR("min")))
			v[0] = fmin(v[0], v[n]);
		else if (n && str_eq_nocase(name, STR("max")))
			v[0] = fmax(v[0], v[n]);
		else
			n++;
		n = n ? n : 1;
	}
	*ret = v[0];
	if (str_eq_nocase(name, STR("clamp")))
		*ret = n == 3 ? fmax(v[0], fmin(v[1], v[2])) : v[0];
	return n > 0;
}

static bool factor(struct sum *s, double *ret)
{
	const struct css_color_word *w;
	struct str name;

	skip_space(s);
	if (!s->rest.n || s->depth > DEPTH)
		return false;
	if (s->rest.p[0] == '(')
		return function(s, STR("calc"), ret);
	if (!is_name(s->rest.p[0]) || (s->rest.p[0] == '-' && s->rest.n > 1
				       && !is_name(s->rest.p[1])))
		return number(s, ret);
	name = take_name(s);
	if (s->rest.n && s->rest.p[0] == '(')
		return function(s, name, ret);
	w = word_of(s, name);
	*ret = w ? w->value : 0;
	return w || str_eq_nocase(name, STR("none"));
}

static bool term(struct sum *s, double *ret)
{
	double next;

	if (!factor(s, ret))
		return false;
	for (;;) {
		char op;

		skip_space(s);
		op = s->rest.n ? s->rest.p[0] : '\0';
		if (op != '*' && op != '/')
			return true;
		s->rest = str_skip(s->rest, 1);
		if (!factor(s, &next) || (op == '/' && next == 0))
			return false;
		*ret = op == '*' ? *ret * next : *ret / next;
	}
}

static bool expression(struct sum *s, double *ret)
{
	double next;

	if (!term(s, ret))
		return false;
	for (;;) {
		char op;

		skip_space(s);
		op = s->rest.n ? s->rest.p[0] : '\0';
		if (op != '+' && op != '-')
			return true;
		s->rest = str_skip(s->rest, 1);
		if (!term(s, &next))
			return false;
		*ret = op == '+' ? *ret + next : *ret - next;
	}
}

bool css_color_number(struct str text, double percent, const struct css_color_word *words,
		      double *ret)
{
	struct sum s = { str_trim(text), percent, words, 0 };

	return expression(&s, ret) && !str_trim(s.rest).n;
}
