/* modern_query.c - what stands between @media or @supports and its block. libsass reads media
 * queries itself and knows those of CSS 3: a bracket with more in it becomes an interpolation
 * of its text, "or" between brackets a comma and "not (" a "not all and (", which mean the
 * same. */
#include <string.h>
#include "theme/modern_impl.h"

static char byte(const struct modern *m, size_t at)
{
	return at < m->s.n ? m->s.p[at] : '\0';
}

static bool is_delimiter(char c)
{
	return c && strchr("()<>=:", c);
}

/* "(hover)", "(width: 1px)", "(not (hover))", "((a) and (b))": a condition and no sum. */
static bool is_condition(const struct modern *m, size_t open, int depth)
{
	size_t first = scss_space(m->s, open + 1), name = scss_name(m->s, first);
	size_t next = scss_space(m->s, name), close;
	struct str word = str_sub(m->s, first, name);

	if (str_eq(word, STR("not")))
		return true;
	if (word.n)
		return next < m->s.n && strchr("):<>=", byte(m, next));
	if (byte(m, first) != '(' || depth == MODERN_DEPTH || !is_condition(m, first, depth + 1))
		return false;
	close = scss_close(m->s, first);
	next = scss_space(m->s, close + 1);
	return byte(m, next) == ')' || scss_name(m->s, next) > next;
}

/* A range, a bracket in the bracket, or "not": more than a feature and its value. */
static bool is_more(const struct modern *m, size_t open, size_t close)
{
	size_t first = scss_space(m->s, open + 1), name = scss_name(m->s, first);
	struct str text = str_sub(m->s, open, close);

	if (str_has_char(text, '"') || str_has_char(text, '\'') || str_has_char(text, '\\'))
		return false;
	return (byte(m, first) == '(' && is_condition(m, first, 0)) || str_eq(str_sub(m->s, first,
		name), STR("not"))
		|| scss_find(m->s, open + 1, close, "<>=") < close;
}

static size_t part_end(const struct modern *m, size_t at, size_t end)
{
	while (at < end && !is_delimiter(byte(m, at))) {
		size_t name = scss_name(m->s, at);

		if (byte(m, at) == '#' && byte(m, at + 1) == '{')
			at = scss_close(m->s, at + 1) + 1;
		else if (name > at && byte(m, name) == '(' && !str_eq(str_sub(m->s, at, name),
			STR("not")))
			at = scss_close(m->s, name) + 1;
		else
			at = scss_token(m->s, at);
	}
	return at < end ? at : end;
}

/* One side of a comparison, trimmed: Sass where it has variables, else text. */
static bool part(struct modern *m, size_t from, size_t to)
{
	size_t dot;
	bool sass = false;

	for (size_t at = from; at < to && !sass; at = scss_token(m->s, at))
		sass = byte(m, at) == '$' || modern_is_module(m, at, &dot)
			|| (byte(m, at) == '#' && byte(m, at + 1) == '{');
	if (!sass)
		return modern_raw(m, from, to, true);
	if (!modern_walk(m, from, to))
		return false;
	if (byte(m, from) == '#' && scss_close(m->s, from + 1) + 1 == to)
		return true;
	modern_open(m, from, STR("#{"));
	modern_close(m, to, STR("}"));
	return true;
}

static void one_line(struct modern *m, size_t from, size_t to)
{
	for (size_t at = from; at < to; at++)
		if (m->s.p[at] == '\n')
			modern_replace(m, at, at + 1, STR(" "));
}

static bool group(struct modern *m, size_t open, size_t close)
{
	for (size_t at = open; at <= close && !m->broken;) {
		size_t end = part_end(m, at, close + 1), word = scss_space(m->s, at);

		if (end == at) {
			at++;
			continue;
		}
		one_line(m, at, word < end ? word : end);
		at = end;
		while (end > word && scss_is_space(m->s.p[end - 1]))
			end--;
		one_line(m, end, end > word ? at : end);
		if (word < end && !part(m, word, end))
			return false;
	}
	modern_open(m, open, STR("#{\""));
	modern_close(m, close + 1, STR("\"}"));
	return true;
}

static bool query_word(struct modern *m, size_t *at, size_t end, bool first)
{
	size_t name = scss_name(m->s, *at), next = scss_space(m->s, name), dot;
	struct str word = str_sub(m->s, *at, name);

	if (modern_is_module(m, *at, &dot))
		return modern_member(m, *at, dot, at);
	if (byte(m, name) == '(' && name < end && !str_eq(word, STR("not"))) {
		size_t from = *at, close = scss_close(m->s, name);

		*at = close < end ? close + 1 : end;
		return modern_walk(m, from, *at);
	}
	if (next < end && byte(m, next) == '(' && first && str_eq(word, STR("not")))
		modern_replace(m, *at, name, STR("not all and"));
	else if (next < end && !first && str_eq(word, STR("or")))
		modern_replace(m, *at, name, STR(","));
	*at = name;
	return true;
}

static bool query(struct modern *m, size_t at, size_t end)
{
	bool first = true;

	while ((at = scss_space(m->s, at)) < end && !m->broken) {
		size_t close = byte(m, at) == '(' ? scss_close(m->s, at) : at;

		if (byte(m, at) == '(') {
			if (close >= end)
				return modern_walk(m, at, end);
			if (is_more(m, at, close) ? !group(m, at, close) : !modern_walk(m, at,
				close))
				return false;
			at = close + 1;
		} else if (byte(m, at) == '#' && byte(m, at + 1) == '{') {
			close = scss_close(m->s, at + 1);
			if (!modern_walk(m, at, close < end ? close : end))
				return false;
			at = close + 1;
		} else if (scss_name(m->s, at) > at && byte(m, at) != '$') {
			if (!query_word(m, &at, end, first))
				return false;
		} else {
			at = scss_token(m->s, at);
		}
		first = byte(m, at - 1) == ',';
	}
	return true;
}

bool modern_media(struct modern *m, size_t from, size_t to)
{
	return query(m, from, to);
}

/* selector(...) and the like are functions of conditions that libsass has never heard of. */
bool modern_supports(struct modern *m, size_t at, size_t to)
{
	static const char names[] = " selector font-tech font-format ";

	while (at < to && !m->broken) {
		struct modern_call c = { .at = at, .open = scss_name(m->s, at) };
		struct str word = arena_printf(m->arena, " %.*s ", STR_ARG(str_sub(m->s, at,
			c.open)));
		bool call = c.open > at && byte(m, c.open) == '(';

		c.close = call ? scss_close(m->s, c.open) : at;
		if (call && c.close < to && str_find(str_of(names), word) >= 0
		    && !str_has_char(str_sub(m->s, at, c.close), '"')) {
			if (!modern_raw(m, c.open + 1, c.close, true))
				return false;
			modern_open(m, at, STR("#{\""));
			modern_close(m, c.close + 1, STR("\"}"));
			at = c.close + 1;
			continue;
		}
		if (call && c.close < to && !str_eq(word, STR(" not "))) {
			if (!modern_walk(m, at, c.close + 1))
				return false;
			at = c.close + 1;
			continue;
		}
		c.open = scss_token(m->s, at);
		if (!modern_inner(m, at, c.open < to ? c.open : to))
			return false;
		at = byte(m, at) == '#' && byte(m, at + 1) == '{' ? scss_close(m->s, at + 1)
			: c.open;
	}
	return true;
}
