/* parse_toml.c - the part of TOML 1.0 that front matter is written in.
 *
 * One pass over the bytes. Values keep the text they were written with (a date is
 * its text, 1_000 is "1_000"); strings are unescaped. Not checked: that a key is
 * given only once, and the exact grammar of numbers and dates, which the reader of
 * the value checks anyway.
 */
#include <string.h>
#include "base/utf8.h"
#include "base/limits.h"
#include "frontmatter/parse.h"

struct toml {
	struct pairs *pairs;
	struct str s;
	size_t at;
	int line;
	struct fail *f;
};

static char peek(const struct toml *t)
{
	return t->at < t->s.n ? t->s.p[t->at] : '\0';
}

static bool ahead(const struct toml *t, struct str what)
{
	return str_starts(str_skip(t->s, t->at), what);
}

static bool refuse(struct toml *t)
{
	return pairs_fail(t->pairs, t->line, t->f);
}

static void skip_blank(struct toml *t)
{
	while (peek(t) == ' ' || peek(t) == '\t')
		t->at++;
}

static void skip_comment(struct toml *t)
{
	skip_blank(t);
	if (peek(t) == '#')
		while (t->at < t->s.n && peek(t) != '\n')
			t->at++;
	if (ahead(t, STR("\r\n")))
		t->at++;
}

/* White space, newlines and comments, as inside an array. */
static void skip_space(struct toml *t)
{
	for (;;) {
		skip_comment(t);
		if (peek(t) != '\n')
			return;
		t->at++;
		t->line++;
	}
}

static bool unescape_hex(struct toml *t, struct buf *out, int digits)
{
	uint32_t cp = 0;

	for (; digits > 0; digits--, t->at++) {
		char c = peek(t);

		if (c >= '0' && c <= '9')
			cp = cp << 4 | (uint32_t)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			cp = cp << 4 | (uint32_t)((c | 32) - 'a' + 10);
		else
			return false;
	}
	if (cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		return false;
	utf8_put(out, cp);
	return true;
}

/* Stands behind a backslash. In a multi-line string a backslash at the end of a
 * line swallows the white space up to the next text. */
static bool unescape(struct toml *t, struct buf *out, bool multi)
{
	static const char from[] = "btnfre\"\\", to[] = "\b\t\n\f\r\033\"\\";
	char c = peek(t);
	const char *hit;

	if (multi && (c == '\n' || c == ' ' || c == '\t' || c == '\r')) {
		while (peek(t) == ' ' || peek(t) == '\t' || peek(t) == '\r' || peek(t) == '\n') {
			t->line += peek(t) == '\n';
			t->at++;
		}
		return true;
	}
	t->at++;
	if (c == 'u' || c == 'U')
		return unescape_hex(t, out, c == 'u' ? 4 : 8);
	hit = c ? strchr(from, c) : NULL;
	if (!hit)
		return false;
	buf_addc(out, to[hit - from]);
	return true;
}

static bool open_quote(struct toml *t, struct str *quote)
{
	static const struct str quotes[] = {
		STR_INIT("\"\"\""), STR_INIT("'''"), STR_INIT("\""), STR_INIT("'"),
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(quotes); i++)
		if (ahead(t, quotes[i])) {
			*quote = quotes[i];
			t->at += quotes[i].n;
			return true;
		}
	return false;
}

static bool take_string(struct toml *t, struct str quote, struct buf *out)
{
	bool multi = quote.n == 3, done = true;

	if (multi && ahead(t, STR("\r\n")))
		t->at++;
	if (multi && peek(t) == '\n')
		t->at++, t->line++;
	while (done && t->at < t->s.n && !ahead(t, quote)) {
		char c = t->s.p[t->at++];

		if (c == '\n' && !multi)
			break;
		t->line += c == '\n';
		if (c == '\\' && quote.p[0] == '"')
			done = unescape(t, out, multi);
		else
			buf_addc(out, c);
	}
	if (!done) {
		fail(t->f, FAIL_INVALID, "the front matter has an unknown escape in a string");
		return refuse(t);
	}
	if (!ahead(t, quote)) {
		fail(t->f, FAIL_INVALID, "a string of the front matter has no closing quote");
		return refuse(t);
	}
	t->at += quote.n;
	for (; multi && peek(t) == quote.p[0]; t->at++)
		buf_addc(out, peek(t));			/* """a quote at the end"""" */
	return true;
}

static bool is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

/* key(.key)* into the path */
static bool take_key(struct toml *t)
{
	for (;;) {
		CLEANUP(buf_release) struct buf text = BUF(PAIRS_KEY_MAX);
		size_t from;
		struct str quote;

		skip_blank(t);
		from = t->at;
		if ((peek(t) == '"' || peek(t) == '\'') && open_quote(t, &quote)) {
			if (!take_string(t, quote, &text))
				return false;
		} else {
			while (is_bare(peek(t)))
				t->at++;
			buf_add(&text, str_sub(t->s, from, t->at));
			if (t->at == from) {
				fail(t->f, FAIL_INVALID,
				     "a key is expected here, as in title = \"text\"");
				return refuse(t);
			}
		}
		if (!buf_ok(&text) || !pairs_enter(t->pairs, buf_str(&text))) {
			fail(t->f, FAIL_INVALID, "a key of the front matter is too long");
			return refuse(t);
		}
		skip_blank(t);
		if (peek(t) != '.')
			return true;
		t->at++;
	}
}

/* A number, date or word: up to what ends a value. */
static bool take_bare(struct toml *t, size_t pair)
{
	size_t from = t->at;
	struct str v;

	while (t->at < t->s.n && !strchr(",]}#\r\n", peek(t)))
		t->at++;
	v = str_trim(str_sub(t->s, from, t->at));
	if (v.n == 0) {
		fail(t->f, FAIL_INVALID, "a value is missing here");
		return refuse(t);
	}
	if (str_has_char(v, '"') || !strchr("tfin+-0123456789", v.p[0])) {
		fail(t->f, FAIL_INVALID, "the value \"%.*s\" needs quotes",
		     STR_ARG(utf8_cut(v, 60)));
		return refuse(t);
	}
	return pairs_value(t->pairs, pair, v, t->line, t->f);
}

static bool take_value(struct toml *t, int depth, size_t list);

static bool take_array(struct toml *t, int depth, size_t list)
{
	t->at++;
	for (;;) {
		skip_space(t);
		if (peek(t) == ']') {
			t->at++;
			return true;
		}
		if (!take_value(t, depth + 1, list))
			return false;
		skip_space(t);
		if (peek(t) == ',')
			t->at++;
		else if (peek(t) != ']') {
			fail(t->f, FAIL_INVALID,
			     "a list of the front matter lacks a comma or its end");
			return refuse(t);
		}
	}
}

static bool take_assignment(struct toml *t, int depth)
{
	size_t path_n = t->pairs->path_n;

	if (!take_key(t))
		return false;
	if (peek(t) != '=') {
		fail(t->f, FAIL_INVALID, "there is no = behind the key, as in title = \"text\"");
		return refuse(t);
	}
	t->at++;
	skip_blank(t);
	if (!take_value(t, depth, PAIRS_ALONE))
		return false;
	pairs_leave(t->pairs, path_n);
	return true;
}

static bool take_inline_table(struct toml *t, int depth)
{
	t->at++;
	for (;;) {
		skip_space(t);
		if (peek(t) == '}') {
			t->at++;
			return true;
		}
		if (!take_assignment(t, depth + 1))
			return false;
		skip_space(t);
		if (peek(t) == ',')
			t->at++;
		else if (peek(t) != '}') {
			fail(t->f, FAIL_INVALID,
			     "a table of the front matter lacks a comma or its end");
			return refuse(t);
		}
	}
}

static bool take_text(struct toml *t, struct str quote, size_t pair)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_FRONT_MATTER);
	int line = t->line;

	return take_string(t, quote, &text) && pairs_value(t->pairs, pair, buf_str(&text), line,
							  t->f);
}

/* list: the pair of the array around, or PAIRS_ALONE. */
static bool take_value(struct toml *t, int depth, size_t list)
{
	struct str quote;

	if (depth > PAIRS_DEPTH) {
		fail(t->f, FAIL_INVALID, "the front matter is nested too deeply");
		return refuse(t);
	}
	if (peek(t) == '{')
		return take_inline_table(t, depth);
	if (list == PAIRS_ALONE) {
		if (!pairs_begin(t->pairs, t->line, peek(t) == '[', t->f))
			return false;
		list = t->pairs->n - 1;
	}
	if (peek(t) == '[')
		return take_array(t, depth, list);
	return open_quote(t, &quote) ? take_text(t, quote, list) : take_bare(t, list);
}

static bool take_header(struct toml *t)
{
	bool twice = ahead(t, STR("[["));

	t->at += twice ? 2 : 1;
	pairs_leave(t->pairs, 0);
	if (!take_key(t))
		return false;
	if (!ahead(t, twice ? STR("]]") : STR("]"))) {
		fail(t->f, FAIL_INVALID, "a [table] of the front matter is not closed");
		return refuse(t);
	}
	t->at += twice ? 2 : 1;
	return true;
}

bool parse_toml(struct pairs *ps, struct str block, struct fail *f)
{
	struct toml t = { .pairs = ps, .s = block, .line = 1, .f = f };

	for (;;) {
		skip_space(&t);
		if (t.at >= t.s.n)
			return true;
		if (!(peek(&t) == '[' ? take_header(&t) : take_assignment(&t, 1)))
			return false;
		skip_comment(&t);
		if (t.at < t.s.n && peek(&t) != '\n') {
			fail(f, FAIL_INVALID, "there is text behind the value; one key a line");
			return pairs_fail(ps, t.line, f);
		}
	}
}
