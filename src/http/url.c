/* url.c - see url.h. */
#include <arpa/inet.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "http/lex.h"
#include "http/url.h"

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
	high = lex_hex(s.p[i + 1]);
	low = lex_hex(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Nothing to decode, to fold or to refuse: the usual path. A dot at the start of a
 * segment is looked at more closely. */
static bool is_simple(struct str raw)
{
	char before = 0;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];

		if (c == '%' || (unsigned char)c >= 0x7f || (unsigned char)c < 0x20 ||
		    (before == '/' && (c == '/' || c == '.')))
			return false;
		before = c;
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
		if (!lex_is_digit(s.p[i]))
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

static bool is_name(struct str s, bool *upper)
{
	unsigned seen = 0, label = 0;

	if (s.n > LIMIT_HOST)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned kind = name_char[(unsigned char)s.p[i]];

		if (kind) {
			seen |= kind;
			label++;
		} else {
			if (s.p[i] != '.' || label == 0 || label > 63)
				return false;
			label = 0;
		}
	}
	*upper = seen & CAPITAL;
	return label > 0 && label <= 63;
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
	struct str name = authority;
	ptrdiff_t colon = str_rfind_char(authority, ':');
	bool upper = false;

	*port = 0;
	if (colon >= 0 && !(authority.n && authority.p[authority.n - 1] == ']')) {
		name = str_sub(authority, 0, (size_t)colon);
		if (!parse_port(str_skip(authority, (size_t)colon + 1), port))
			return false;
	}
	if (name.n && name.p[0] == '[') {
		if (!is_ipv6_literal(name))
			return false;
		*host = lower_case(a, name);
		return true;
	}
	if (str_ends(name, STR(".")))
		name.n--;
	if (!is_name(name, &upper))
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
