/* parse_lines.c - the front matter that nearly everybody writes: on each line a key and a
 * word, a quoted string, or a list of those in brackets.
 *
 * libyaml takes some 150 instructions for each byte of it. Whatever is not as plain as that,
 * and all that is wrong, is left to libyaml, so this says nothing of its own: what it accepts
 * it reads as libyaml does, which the tests and the fuzz target compare.
 */
#include "frontmatter/parse.h"

enum {
	KEY = 1, BLOCK = 2, FLOW = 4,	/* in a key; in a word; in a word of a list */
	DOUBLE = 8, SINGLE = 16,	/* between quotes of that kind */
	BEGIN = 32,			/* begins a word */
	TEXT = BLOCK | DOUBLE | SINGLE, WORD = KEY | TEXT | FLOW | BEGIN,
};

/* Not here: brackets, which are counted; # and the colon, which may end a word. */
static const unsigned char kinds[256] = {
	['0' ... '9'] = WORD, ['A' ... 'Z'] = WORD, ['a' ... 'z'] = WORD,
	['_'] = KEY | TEXT | FLOW, ['-'] = KEY | TEXT | FLOW,
	[' '] = TEXT | FLOW, ['.'] = TEXT | FLOW, ['/'] = TEXT | FLOW, ['+'] = TEXT | FLOW,
	['('] = TEXT | FLOW, [')'] = TEXT | FLOW,
	['!'] = TEXT, ['$'] = TEXT, ['%'] = TEXT, ['&'] = TEXT, ['*'] = TEXT, [','] = TEXT,
	[';'] = TEXT, ['<'] = TEXT, ['='] = TEXT, ['>'] = TEXT, ['?'] = TEXT, ['@'] = TEXT,
	['^'] = TEXT, ['`'] = TEXT, ['|'] = TEXT, ['~'] = TEXT,
	[':'] = DOUBLE | SINGLE, ['#'] = DOUBLE | SINGLE,
	['\''] = BLOCK | DOUBLE, ['"'] = BLOCK | SINGLE, ['\\'] = BLOCK | SINGLE,
};

/* Bytes of the character at s[at], not of ASCII, or 0 where it is a line break, a control
 * character or nothing that a text has. The text is valid UTF-8. */
static size_t wide_length(struct str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];
	unsigned char next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	if (c < 0xc2 || c == 0xef || (c == 0xc2 && next < 0xa0))
		return 0;
	if (str_starts(str_skip(s, at), STR("\xe2\x80\xa8"))
	    || str_starts(str_skip(s, at), STR("\xe2\x80\xa9")))
		return 0;
	return c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* Where characters of that kind end that begin at s[at]. */
static size_t run_end(struct str s, size_t at, unsigned kind)
{
	while (at < s.n) {
		unsigned char c = (unsigned char)s.p[at];
		size_t n = c < 0x80 ? (kinds[c] & kind) != 0 : kind == KEY ? 0 : wide_length(s, at);

		if (!n)
			break;
		at += n;
	}
	return at;
}

static struct str skip_spaces(struct str s)
{
	while (s.n && s.p[0] == ' ')
		s = str_skip(s, 1);
	return s;
}

/* A colon with something behind it is a part of a word, but not in a list. */
static size_t word_end(struct str s, unsigned kind)
{
	size_t end = run_end(s, 0, kind);

	while (kind == BLOCK && end + 1 < s.n && s.p[end] == ':' && s.p[end + 1] != ' ')
		end = run_end(s, end + 1, kind);
	return end;
}

struct value {
	struct str text;
	bool is_null;
};

static bool take_quoted(struct str *s, struct value *ret)
{
	size_t end = run_end(*s, 1, s->p[0] == '"' ? DOUBLE : SINGLE);

	if (end >= s->n || s->p[end] != s->p[0])
		return false;
	*ret = (struct value){ str_sub(*s, 1, end), false };
	*s = str_skip(*s, end + 1);
	return true;
}

static bool take_value(struct str *s, unsigned kind, struct value *ret)
{
	size_t end;

	if (!s->n)
		return false;
	if (s->p[0] == '"' || s->p[0] == '\'')
		return take_quoted(s, ret);
	if ((unsigned char)s->p[0] < 0x80 && !(kinds[(unsigned char)s->p[0]] & BEGIN))
		return false;
	end = word_end(*s, kind);
	if (!end || s->p[end - 1] == ' ')
		return false;
	ret->text = str_sub(*s, 0, end);
	ret->is_null = str_eq_nocase(ret->text, STR("null"));
	*s = str_skip(*s, end);
	return true;
}

/* Behind the opening bracket. */
static bool take_list(struct pairs *ps, struct str *s, int line)
{
	size_t pair = ps->n - 1;
	struct value v;

	*s = skip_spaces(*s);
	if (s->n && s->p[0] == ']') {
		*s = str_skip(*s, 1);
		return true;
	}
	for (bool more = true; more;) {
		if (!take_value(s, FLOW, &v)
		    || !(v.is_null || pairs_value(ps, pair, v.text, line, NULL)))
			return false;
		*s = skip_spaces(*s);
		more = str_starts(*s, STR(","));
		if (!more && !str_starts(*s, STR("]")))
			return false;
		*s = str_skip(*s, 1);
		if (more)
			*s = skip_spaces(*s);
	}
	return true;
}

static bool take_line(struct pairs *ps, struct str s, int line)
{
	size_t end = run_end(s, 0, KEY);
	bool is_list, done;
	struct value v;

	if (!end || !(kinds[(unsigned char)s.p[0]] & BEGIN) || end + 1 >= s.n || s.p[end] != ':'
	    || s.p[end + 1] != ' ' || !pairs_enter(ps, str_sub(s, 0, end)))
		return false;
	s = skip_spaces(str_skip(s, end + 1));
	is_list = s.n && s.p[0] == '[';
	if (!pairs_begin(ps, line, is_list, NULL))
		return false;
	if (is_list) {
		s = str_skip(s, 1);
		done = take_list(ps, &s, line);
	} else {
		done = take_value(&s, BLOCK, &v)
		       && (v.is_null || pairs_value(ps, ps->n - 1, v.text, line, NULL));
	}
	pairs_leave(ps, 0);
	return done && s.n == 0;
}

bool parse_lines(struct pairs *ps, struct str block)
{
	struct pairs was = *ps;
	struct str line;

	for (int n = 1; str_line(&block, &line); n++)
		if (line.n && !take_line(ps, line, n)) {
			*ps = was;
			return false;
		}
	return ps->n > was.n;
}
