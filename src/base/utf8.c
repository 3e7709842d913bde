/* utf8.c - RFC 3629, decoded by hand and strictly. */
#include "base/utf8.h"

#include <string.h>

static bool tail(struct str s, size_t at, uint32_t *cp)
{
	if (at >= s.n || ((unsigned char)s.p[at] & 0xc0) != 0x80)
		return false;
	*cp = *cp << 6 | ((unsigned char)s.p[at] & 0x3f);
	return true;
}

/* Length of the valid sequence at s[at], 0 if there is none. */
static size_t sequence(struct str s, size_t at, uint32_t *ret)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)s.p[at];
	size_t n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
	uint32_t cp;

	if (n == 0)
		return 0;
	cp = n == 1 ? c : c & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++)
		if (!tail(s, at + i, &cp))
			return 0;
	if (cp < least[n] || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return 0;
	*ret = cp;
	return n;
}

/* Eight bytes at once while they are ASCII, as most are. */
static size_t skip_ascii(struct str s, size_t at)
{
	uint64_t eight;

	for (; s.n - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, s.p + at, sizeof eight);
		if (eight & UINT64_C(0x8080808080808080))
			return at;
	}
	return at;
}

bool utf8_valid(struct str s)
{
	uint32_t cp;
	size_t n;

	for (size_t at = skip_ascii(s, 0); at < s.n; at = skip_ascii(s, at + n))
		if ((n = sequence(s, at, &cp)) == 0)
			return false;
	return true;
}

uint32_t utf8_next(struct str s, size_t *at)
{
	uint32_t cp = 0xfffd;
	size_t n = sequence(s, *at, &cp);

	*at += n ? n : 1;
	return cp;
}

void utf8_put(struct buf *b, uint32_t cp)
{
	char c[4];
	size_t n;

	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff) || cp == 0)
		cp = 0xfffd;
	if (cp < 0x80) {
		c[0] = (char)cp;
		n = 1;
	} else if (cp < 0x800) {
		c[0] = (char)(0xc0 | cp >> 6);
		c[1] = (char)(0x80 | (cp & 0x3f));
		n = 2;
	} else if (cp < 0x10000) {
		c[0] = (char)(0xe0 | cp >> 12);
		c[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		c[2] = (char)(0x80 | (cp & 0x3f));
		n = 3;
	} else {
		c[0] = (char)(0xf0 | cp >> 18);
		c[1] = (char)(0x80 | (cp >> 12 & 0x3f));
		c[2] = (char)(0x80 | (cp >> 6 & 0x3f));
		c[3] = (char)(0x80 | (cp & 0x3f));
		n = 4;
	}
	buf_add(b, str_from(c, n));
}

size_t utf8_length(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n; n++)
		utf8_next(s, &at);
	return n;
}

struct str utf8_cut(struct str s, size_t bytes)
{
	if (bytes >= s.n)
		return s;
	while (bytes && ((unsigned char)s.p[bytes] & 0xc0) == 0x80)
		bytes--;
	return str_sub(s, 0, bytes);
}
