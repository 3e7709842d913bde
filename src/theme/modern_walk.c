/* modern_walk.c - the walk over a source: statements, then the expressions in them. What is
 * quoted, a comment or plain CSS for libsass (custom properties, preludes of rules that it does
 * not know) is passed by, but for the interpolations in it. */
#include <string.h>
#include "theme/modern_impl.h"

enum own { OWN_MIN = 1, OWN_MAX = 2, OWN_CLAMP = 4, OWN_ROUND = 8, OWN_COLOR = 16 };

static bool round_call(struct modern *m, const struct modern_call *c);
static bool calc_call(struct modern *m, const struct modern_call *c);

static const struct known {
	const char *name;
	bool (*rewrite)(struct modern *m, const struct modern_call *c);
	enum own own;
} known[] = {
	{ "min", modern_math, OWN_MIN }, { "max", modern_math, OWN_MAX },
	{ "clamp", modern_math, OWN_CLAMP }, { "round", round_call, OWN_ROUND },
	{ "calc", calc_call, 0 }, { "-webkit-calc", calc_call, 0 }, { "-moz-calc", calc_call, 0 },
	{ "rgb", modern_color, OWN_COLOR }, { "rgba", modern_color, OWN_COLOR },
	{ "hsl", modern_color, OWN_COLOR }, { "hsla", modern_color, OWN_COLOR },
	{ "hwb", modern_color, OWN_COLOR }, { "lab", modern_color, OWN_COLOR },
	{ "lch", modern_color, OWN_COLOR }, { "oklab", modern_color, OWN_COLOR },
	{ "oklch", modern_color, OWN_COLOR }, { "color", modern_color, OWN_COLOR },
};

static const struct known *find_known(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq(name, str_of(known[i].name)))
			return &known[i];
	return NULL;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static char byte(const struct modern *m, size_t at)
{
	return at < m->s.n ? m->s.p[at] : '\0';
}

unsigned modern_own(struct str s)
{
	unsigned own = 0;

	for (size_t at = 0; at < s.n; at = scss_token(s, at)) {
		const struct known *k;
		size_t from;

		if (s.p[at] != '@' || !str_starts(str_skip(s, at), STR("@function")))
			continue;
		from = scss_space(s, at + 9);
		k = find_known(str_sub(s, from, scss_name(s, from)));
		own |= k ? k->own : 0;
	}
	return own;
}

/* --- interpolations --- */

/* At "#{": rewrites what is in it and moves behind it. */
static bool interpolation(struct modern *m, size_t *at, size_t end)
{
	size_t close = scss_close(m->s, *at + 1);

	if (close >= m->s.n)
		m->broken = true;
	if (close >= m->s.n || !modern_walk(m, *at + 2, least(close, end)))
		return m->broken;
	*at = close + 1;
	return true;
}

static bool is_interpolation(const struct modern *m, size_t at)
{
	return byte(m, at) == '#' && byte(m, at + 1) == '{';
}

/* In a string or an address: there, "//" begins no comment. */
static bool in_quotes(struct modern *m, size_t at, size_t end)
{
	while (at < end && !m->broken) {
		if (is_interpolation(m, at)) {
			if (!interpolation(m, &at, end))
				return false;
		} else {
			at += byte(m, at) == '\\' ? 2 : 1;
		}
	}
	return true;
}

static bool quiet(struct modern *m, size_t *at, size_t end)
{
	size_t from = *at;

	*at = least(scss_quiet(m->s, from), end);
	return *at == from || scss_is_comment(m->s, from) || in_quotes(m, from, *at);
}

bool modern_inner(struct modern *m, size_t at, size_t end)
{
	while (at < end && !m->broken) {
		size_t from = at;

		if (!quiet(m, &at, end))
			return false;
		if (at > from)
			continue;
		if (!is_interpolation(m, at))
			at++;
		else if (!interpolation(m, &at, end))
			return false;
	}
	return true;
}

/* --- expressions --- */

bool modern_function(struct modern *m, const struct modern_call *c)
{
	const struct known *k = find_known(str_sub(m->s, c->at, c->open));

	if (k && !(m->own & k->own))
		return k->rewrite(m, c);
	return modern_walk(m, c->open + 1, c->close);
}

/* A name: of a variable, a member of a module, a function that is called, or just a word. */
static bool word(struct modern *m, size_t *at, size_t end)
{
	struct modern_call c = { .at = *at, .open = scss_name(m->s, *at) };
	size_t dot;

	if (byte(m, *at) != '$' && modern_is_module(m, *at, &dot))
		return modern_member(m, *at, dot, at);
	*at = c.open;
	if (byte(m, c.at) == '$' || c.open >= end || byte(m, c.open) != '(')
		return true;
	c.close = scss_close(m->s, c.open);
	m->broken = m->broken || c.close >= m->s.n;
	*at = c.close + 1;
	return c.close >= end || modern_function(m, &c);
}

static bool step(struct modern *m, size_t *at, size_t end)
{
	size_t from = *at, name = scss_name(m->s, from);

	if (!quiet(m, at, end) || *at > from)
		return *at > from;
	if (is_interpolation(m, from))
		return interpolation(m, at, end);
	if (byte(m, from) == '#' || byte(m, from) == '.') {	/* #1e3, .min, .5 */
		*at = from + 1;
		while (scss_is_name(byte(m, *at)))
			*at += byte(m, *at) == '\\' ? 2 : 1;
		return true;
	}
	if (name > from)
		return word(m, at, end);
	*at = scss_token(m->s, from);
	return true;
}

bool modern_walk(struct modern *m, size_t at, size_t end)
{
	size_t from = at;
	bool ok = true;

	if (m->depth == MODERN_DEPTH)
		return fail(m->f, FAIL_INVALID, "functions are nested more than %d deep",
			MODERN_DEPTH) || modern_refuse(m, from);
	m->depth++;
	while (ok && at < end && !m->broken)
		ok = step(m, &at, end);
	m->depth--;
	return ok;
}

bool modern_split(const struct modern *m, struct modern_range all, char at,
		  struct modern_range ret[MODERN_ARGS], size_t *n)
{
	const char stops[2] = { at, '\0' };
	size_t from = all.from;

	for (*n = 0; *n < MODERN_ARGS; from++) {
		size_t end = scss_find(m->s, from, all.to, stops), to = end;

		from = least(scss_space(m->s, from), end);
		while (to > from && scss_is_space(m->s.p[to - 1]))
			to--;
		ret[(*n)++] = (struct modern_range){ from, to };
		from = end;
		if (end >= all.to)
			return true;
	}
	return false;
}

/* --- text for the browser --- */

static bool is_browsers(struct str name)
{
	static const char *const names[] = {
		"calc", "-webkit-calc", "-moz-calc", "min", "max", "clamp", "var", "env", "attr",
		"sin", "cos", "tan", "asin", "acos", "atan", "atan2", "pow", "sqrt", "hypot", "log",
		"exp", "abs", "sign", "mod", "rem", "round", "anchor", "anchor-size",
		"sibling-index",
		"sibling-count", "progress",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

/* $x, module.member or call(): as an interpolation. */
static bool raw_word(struct modern *m, size_t *at, size_t end)
{
	size_t from = *at, name = scss_name(m->s, from), dot;
	bool call = byte(m, name) == '(' && byte(m, from) != '$';

	if (byte(m, from) != '$' && !call && !modern_is_module(m, from, &dot)) {
		*at = name;
		return true;
	}
	if (call && is_browsers(str_sub(m->s, from, name))) {
		*at = name + 1;
		return true;
	}
	if (!word(m, at, end))
		return false;
	if (m->broken || *at > end)
		return true;
	modern_open(m, from, STR("#{"));
	modern_close(m, *at, STR("}"));
	return true;
}

static bool raw_step(struct modern *m, size_t *at, size_t end, bool quoted)
{
	size_t from = *at;

	if (quoted && (byte(m, from) == '\n' || scss_is_comment(m->s, from))) {
		*at = byte(m, from) == '\n' ? from + 1 : least(scss_quiet(m->s, from), end);
		modern_replace(m, from, *at, STR(" "));
		return true;
	}
	if (!quiet(m, at, end) || *at > from)
		return *at > from;
	if (is_interpolation(m, from))
		return interpolation(m, at, end);
	if (scss_name(m->s, from) > from)
		return raw_word(m, at, end);
	*at = scss_token(m->s, from);
	return true;
}

bool modern_raw(struct modern *m, size_t from, size_t to, bool quoted)
{
	bool ok = true;

	while (ok && from < to && !m->broken)
		ok = raw_step(m, &from, to, quoted);
	return ok;
}

static bool has_quote(struct str s)
{
	return str_has_char(s, '"') || str_has_char(s, '\'') || str_has_char(s, '\\');
}

bool modern_verbatim(struct modern *m, const struct modern_call *c)
{
	if (has_quote(str_sub(m->s, c->open, c->close)))
		return modern_walk(m, c->open + 1, c->close);
	if (!modern_raw(m, c->open + 1, c->close, true))
		return false;
	modern_open(m, c->at, STR("unquote(\""));
	modern_close(m, c->close + 1, STR("\")"));
	return true;
}

static bool calc_call(struct modern *m, const struct modern_call *c)
{
	return modern_raw(m, c->open + 1, c->close, false);
}

/* round($x) is Sass's; round(up, 1.5px, 1px) the browser's. */
static bool round_call(struct modern *m, const struct modern_call *c)
{
	if (scss_find(m->s, c->open + 1, c->close, ",") < c->close)
		return modern_verbatim(m, c);
	return modern_walk(m, c->open + 1, c->close);
}

/* --- statements --- */

/* Where the value of a custom property ends, whatever is in it. */
static size_t custom_end(struct str s, size_t at)
{
	while (at < s.n && s.p[at] != ';' && s.p[at] != '}') {
		size_t next = scss_quiet(s, at);

		if (next > at)
			at = next;
		else if (s.p[at] == '(' || s.p[at] == '[' || s.p[at] == '{')
			at = least(scss_close(s, at) + 1, s.n);
		else
			at++;
	}
	return at;
}

/* "@include min(1px)" calls no function. */
static bool named_rule(struct modern *m, size_t at, size_t end)
{
	at = scss_space(m->s, at);
	return modern_walk(m, least(scss_name(m->s, at), end), end);
}

static bool nothing(struct modern *m, size_t at, size_t end)
{
	(void)m;
	return at <= end;
}

static bool at_rule(struct modern *m, size_t at, size_t end)
{
	static const struct {
		const char *names;
		bool (*walk)(struct modern *m, size_t at, size_t end);
	} rules[] = {
		{ " @media ", modern_media },
		{ " @supports ", modern_supports },
		{ " @function @mixin @include ", named_rule },
		{ " @import @charset ", nothing },
		{ " @if @else @elseif @each @for @while @return @debug @warn @error @extend"
		  " @at-root @content ", modern_walk },
	};
	size_t name = least(scss_name(m->s, at), end);
	struct str word = arena_printf(m->arena, " %.*s ", STR_ARG(str_sub(m->s, at, name)));

	if (str_eq(word, STR(" @use ")) || str_eq(word, STR(" @forward ")))
		return modern_use(m, at, end);
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (str_find(str_of(rules[i].names), word) >= 0)
			return rules[i].walk(m, name, end);
	return modern_inner(m, name, end);
}

static bool statement(struct modern *m, size_t *at)
{
	size_t from = *at, end = scss_find(m->s, from, m->s.n, "{;}"), colon;

	*at = end;
	if (byte(m, from) == '@')
		return at_rule(m, from, end);
	if (!str_starts(str_skip(m->s, from), STR("--")))
		return modern_walk(m, from, end);
	colon = scss_find(m->s, from, end, ":");
	if (colon < end)
		*at = custom_end(m->s, colon);
	return modern_inner(m, from, *at);
}

bool modern_statements(struct modern *m)
{
	size_t at = 0;

	while (!m->broken && (at = scss_space(m->s, at)) < m->s.n) {
		if (strchr("{};", m->s.p[at]) && m->s.p[at])
			at++;
		else if (!statement(m, &at))
			return false;
	}
	return true;
}
