/* url.c - see url.h. */
#include "http/url.h"
#include <arpa/inet.h>
#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "http/lex.h"

/* Letters, digits, and what else may stand for itself: U everywhere, P in paths. */
enum { U = 1, P = 2 };
static const unsigned char plain_char[256] = {
	['0' ... '9'] = U, ['A' ... 'Z'] = U, ['a' ... 'z'] = U,
	['-'] = U, ['.'] = U, ['_'] = U, ['~'] = U,
	['/'] = P, ['!'] = P, ['$'] = P, ['&'] = P, ['\''] = P, ['('] = P, [')'] = P, ['*'] = P,
	['+'] = P, [','] = P, [';'] = P, ['='] = P, [':'] = P, ['@'] = P,
};

/* The byte that %XX at s[i] stands for, or -1. */
static int escape_at(struct str s, size_t i)
{
	int high, low;

	if (i + 2 >= s.n)
		return -1;
	high = ascii_hex(s.p[i + 1]);
	low = ascii_hex(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* A path of the usual kind; all else is looked at more closely: what has to be decoded or
 * refused, and a dot or a slash behind a slash. */
static bool is_simple(struct str raw)
{
	unsigned before = 0;			/* 1: the last block ended with a slash */

	for (size_t i = 0; i < raw.n; i += 16) {
		struct scan b = scan_at(raw, i);
		unsigned slash = scan_is(b, '/'), visible = scan_between(b, 0, ' ', '~');
		unsigned odd = (scan_there(raw, i) & ~visible) | scan_is(b, '%');

		if (odd | ((slash << 1 | before) & (slash | scan_is(b, '.'))))
			return false;
		before = slash >> 15;
	}
	return true;
}

/* Decodes into out (as large as raw), folding slashes; returns the length or -1. */
static ptrdiff_t decode_path(struct str raw, char *out, bool *folded)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		int c = (unsigned char)raw.p[i];

		if (c == '%') {
			c = escape_at(raw, i);
			i += 2;
		}
		if (c < 0 || lex_is_control((char)c))
			return -1;
		if (c == '/' && n && out[n - 1] == '/')
			*folded = true;
		else
			out[n++] = (char)c;
	}
	return (ptrdiff_t)n;
}

static bool has_dot_segment(struct str path)
{
	struct str rest = path, segment;

	while (rest.n) {
		segment = str_cut(rest, '/', &rest);
		if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
			return true;
	}
	return false;
}

bool url_path(struct arena *a, struct str raw, struct str *ret, bool *folded)
{
	struct str path;
	ptrdiff_t n;
	char *out;

	*folded = false;
	if (is_simple(raw)) {
		*ret = raw;
		return true;
	}
	out = arena_alloc(a, raw.n + 1);
	n = decode_path(raw, out, folded);
	if (n < 0)
		return false;
	path = str_from(out, (size_t)n);
	if (!utf8_valid(path) || has_dot_segment(path))
		return false;
	*ret = path;
	return true;
}

static bool parse_port(struct str s, uint16_t *port)
{
	unsigned value = 0;

	if (s.n > 5)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
		value = value * 10 + (unsigned)(s.p[i] - '0');
	}
	*port = (uint16_t)value;
	return value <= 65535;
}

static bool is_ipv6_literal(struct str s)
{
	char text[64];
	unsigned char address[16];

	if (s.n < 4 || s.n > sizeof text || s.p[0] != '[' || s.p[s.n - 1] != ']')
		return false;
	memcpy(text, s.p + 1, s.n - 2);
	text[s.n - 2] = '\0';
	/* What follows a NUL would not be looked at. */
	if (strlen(text) != s.n - 2)
		return false;
	return inet_pton(AF_INET6, text, address) == 1;
}

/* Letters, digits, "-" and "_"; capitals are told apart. */
enum { NAME = 1, CAPITAL = 2 };
static const unsigned char name_char[256] = {
	['0' ... '9'] = NAME, ['a' ... 'z'] = NAME, ['-'] = NAME, ['_'] = NAME,
	['A' ... 'Z'] = CAPITAL,
};

/* The name that s begins with, without the dot that may stand at its end; returns what
 * stands behind it. An empty name is none. */
static struct str take_name(struct str s, struct str *name, bool *upper)
{
	unsigned seen = 0;
	size_t i = 0, label = 0;	/* where the label begins */

	*name = STR_NONE;
	for (;; i++) {
		unsigned kind;

		while (i < s.n && (kind = name_char[(unsigned char)s.p[i]])) {
			seen |= kind;
			i++;
		}
		if (i == s.n || s.p[i] != '.' || i == label)
			break;
		if (i - label > 63)
			return s;
		label = i + 1;
	}
	if (i - label > 63 || i == 0 || i > LIMIT_HOST + (label == i))
		return s;
	*name = str_sub(s, 0, label == i ? i - 1 : i);
	*upper = seen & CAPITAL;
	return str_skip(s, i);
}

/* The same, at once for names as nearly all are: short, in small letters, and no dot where one
 * must not be. False: take_name() has to look. */
static bool take_simple_name(struct str s, struct str *name, struct str *rest)
{
	uint64_t dots = 0, names = 0;
	unsigned n;

	for (unsigned i = 0; i < 64 && i < s.n; i += 16) {
		struct scan b = scan_at(s, i);

		dots |= (uint64_t)scan_is(b, '.') << i;
		names |= (uint64_t)(scan_between(b, 0, 'a', 'z') | scan_between(b, 0, '0', '9')
				    | scan_is(b, '-') | scan_is(b, '_')) << i;
	}
	if (!~(names | dots))
		return false;
	n = (unsigned)__builtin_ctzll(~(names | dots));
	if (n == 0 || (n < s.n && s.p[n] != ':'))
		return false;
	if (dots & (dots << 1 | 1 | (uint64_t)1 << (n - 1)))
		return false;
	*name = str_sub(s, 0, n);
	*rest = str_skip(s, n);
	return true;
}

/* The same for an address in brackets. */
static struct str take_literal(struct str s, struct str *name, bool *upper)
{
	size_t n = (size_t)(str_find_char(s, ']') + 1);

	*name = is_ipv6_literal(str_sub(s, 0, n)) ? str_sub(s, 0, n) : STR_NONE;
	*upper = true;			/* or not: looked at by whoever makes it lower case */
	return str_skip(s, n);
}

static struct str lower_case(struct arena *a, struct str s)
{
	char *p = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] |= 0x20;
	return str_from(p, s.n);
}

bool url_host(struct arena *a, struct str authority, struct str *host, uint16_t *port)
{
	struct str name, rest;
	bool upper = false;

	*port = 0;
	if (str_starts(authority, STR("[")))
		rest = take_literal(authority, &name, &upper);
	else if (!take_simple_name(authority, &name, &rest))
		rest = take_name(authority, &name, &upper);
	if (!name.n || (rest.n && (rest.p[0] != ':' || !parse_port(str_skip(rest, 1), port))))
		return false;
	*host = upper ? lower_case(a, name) : name;
	return true;
}

struct str url_decode(struct arena *a, struct str raw, bool plus_is_space)
{
	size_t n = 0;
	char *out;

	if (!str_has_char(raw, '%') && !(plus_is_space && str_has_char(raw, '+')))
		return raw;
	out = arena_alloc(a, raw.n + 1);
	for (size_t i = 0; i < raw.n; i++) {
		int c = raw.p[i] == '%' ? escape_at(raw, i) : -1;

		if (c >= 0)
			i += 2;
		else
			c = plus_is_space && raw.p[i] == '+' ? ' ' : raw.p[i];
		out[n++] = (char)c;
	}
	return str_from(out, n);
}

static void encode(struct buf *b, struct str raw, unsigned plain)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < raw.n; i++) {
		unsigned char c = (unsigned char)raw.p[i];

		if (plain_char[c] & plain) {
			buf_addc(b, (char)c);
			continue;
		}
		buf_addc(b, '%');
		buf_addc(b, digits[c >> 4]);
		buf_addc(b, digits[c & 15]);
	}
}

void url_encode(struct buf *b, struct str raw)
{
	encode(b, raw, U);
}

void url_encode_path(struct buf *b, struct str path)
{
	encode(b, path, U | P);
}
