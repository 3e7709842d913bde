/* scss.c - the lexer of scss.h. Strings may hold interpolations that hold strings; beyond
 * SCSS_DEPTH of them a string counts as without end, so that nobody can make us recurse. */
#include "theme/scss.h"
#include <string.h>

static size_t quiet(struct str s, size_t at, int depth);

bool scss_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool scss_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
	return c == '_' || c == '\\' || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80);
}

bool scss_is_name(char c)
{
	return c == '-' || is_name_start(c) || scss_is_digit(c);
}

static char byte(struct str s, size_t at)
{
	return at < s.n ? s.p[at] : '\0';
}

static size_t comment_end(struct str s, size_t at)
{
	if (byte(s, at + 1) == '*') {
		ptrdiff_t end = str_find(str_skip(s, at + 2), STR("*/"));

		return end < 0 ? s.n : at + (size_t)end + 4;
	}
	while (at < s.n && s.p[at] != '\n')
		at++;
	return at;
}

bool scss_is_comment(struct str s, size_t at)
{
	return byte(s, at) == '/' && (byte(s, at + 1) == '*' || byte(s, at + 1) == '/');
}

static size_t close_at(struct str s, size_t at, int depth)
{
	size_t open = 0;

	while (at < s.n) {
		size_t next = quiet(s, at, depth);

		if (next > at) {
			at = next;
			continue;
		}
		if (s.p[at] == '(' || s.p[at] == '[' || s.p[at] == '{')
			open++;
		else if (s.p[at] == ')' || s.p[at] == ']' || s.p[at] == '}')
			open--;
		if (!open)
			return at;
		at += s.p[at] == '\\' ? 2 : 1;
	}
	return s.n;
}

static size_t string_end(struct str s, size_t at, int depth)
{
	char quote = s.p[at++];

	while (at < s.n && s.p[at] != quote && s.p[at] != '\n') {
		if (s.p[at] == '#' && byte(s, at + 1) == '{') {
			if (depth >= SCSS_DEPTH)
				return s.n;
			at = close_at(s, at + 1, depth + 1) + 1;
		} else {
			at += s.p[at] == '\\' ? 2 : 1;
		}
	}
	return at < s.n ? at + 1 : s.n;
}

/* url(...) whose content is not quoted. */
static size_t url_end(struct str s, size_t at, int depth)
{
	size_t from = at + 4;

	while (from < s.n && scss_is_space(s.p[from]))
		from++;
	if (byte(s, from) == '"' || byte(s, from) == '\'')
		return at;
	while (from < s.n && s.p[from] != ')') {
		if (s.p[from] == '#' && byte(s, from + 1) == '{' && depth < SCSS_DEPTH)
			from = close_at(s, from + 1, depth + 1) + 1;
		else
			from += s.p[from] == '\\' ? 2 : 1;
	}
	return from < s.n ? from + 1 : s.n;
}

static size_t quiet(struct str s, size_t at, int depth)
{
	char c = byte(s, at);

	if (c == '"' || c == '\'')
		return string_end(s, at, depth);
	if (scss_is_comment(s, at))
		return comment_end(s, at);
	if ((c | 32) == 'u' && (!at || !scss_is_name(s.p[at - 1]))
	    && str_starts_nocase(str_skip(s, at), STR("url(")))
		return url_end(s, at, depth);
	return at;
}

size_t scss_quiet(struct str s, size_t at)
{
	return quiet(s, at, 0);
}

size_t scss_space(struct str s, size_t at)
{
	while (at < s.n && (scss_is_space(s.p[at]) || scss_is_comment(s, at)))
		at = scss_is_space(s.p[at]) ? at + 1 : comment_end(s, at);
	return at;
}

size_t scss_name(struct str s, size_t at)
{
	size_t from = at;

	if (byte(s, at) == '$' || byte(s, at) == '@')
		at++;
	if (byte(s, at) == '-')
		at++;
	if (!is_name_start(byte(s, at)) && !(at > from && byte(s, at) == '-'))
		return from;
	while (at < s.n && scss_is_name(s.p[at]))
		at += s.p[at] == '\\' ? 2 : 1;
	return at < s.n ? at : s.n;
}

static size_t digits(struct str s, size_t at)
{
	while (scss_is_digit(byte(s, at)))
		at++;
	return at;
}

size_t scss_number(struct str s, size_t at)
{
	size_t from = at, end;

	if (byte(s, at) == '+' || byte(s, at) == '-')
		at++;
	end = digits(s, at);
	if (byte(s, end) == '.' && scss_is_digit(byte(s, end + 1)))
		end = digits(s, end + 1);
	if (end == at)
		return from;
	if ((byte(s, end) | 32) == 'e') {
		size_t sign = byte(s, end + 1) == '+' || byte(s, end + 1) == '-';

		if (scss_is_digit(byte(s, end + 1 + sign)))
			end = digits(s, end + 1 + sign);
	}
	if (byte(s, end) == '%')
		return end + 1;
	while (is_name_start(byte(s, end)) && byte(s, end) != '\\')
		end++;
	return end;
}

size_t scss_close(struct str s, size_t at)
{
	return close_at(s, at, 0);
}

size_t scss_token(struct str s, size_t at)
{
	size_t end = quiet(s, at, 0);

	if (end > at)
		return end;
	if (scss_is_digit(byte(s, at)) || byte(s, at) == '.')
		end = scss_number(s, at);
	if (end == at)
		end = scss_name(s, at);
	return end > at ? end : at + 1;
}

size_t scss_find(struct str s, size_t at, size_t end, const char *stops)
{
	size_t open = 0;

	while (at < end) {
		size_t next = quiet(s, at, 0);
		char c = s.p[at];

		if (next > at) {
			at = next;
			continue;
		}
		if (!open && strchr(stops, c) && c)
			return at;
		if (c == '(' || c == '[' || (c == '{' && at && s.p[at - 1] == '#'))
			open++;
		else if (open && (c == ')' || c == ']' || c == '}'))
			open--;
		at += c == '\\' ? 2 : 1;
	}
	return end;
}
