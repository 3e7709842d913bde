/* str.c - looking at text without owning it. */
#include "base/str.h"

#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && (str_eq(a, b) || str_starts_nocase(a, b));
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts_nocase(struct str s, struct str with)
{
	if (s.n < with.n)
		return false;
	for (size_t i = 0; i < with.n; i++)
		if (s.p[i] != with.p[i] && lower(s.p[i]) != lower(with.p[i]))
			return false;
	return true;
}

bool str_ends(struct str s, struct str with)
{
	return s.n >= with.n && str_eq(str_skip(s, s.n - with.n), with);
}

bool str_has_char(struct str s, char c)
{
	return s.n && memchr(s.p, c, s.n);
}

ptrdiff_t str_find_char(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? at - s.p : -1;
}

ptrdiff_t str_rfind_char(struct str s, char c)
{
	const char *at = s.n ? memrchr(s.p, c, s.n) : NULL;

	return at ? at - s.p : -1;
}

ptrdiff_t str_find(struct str s, struct str what)
{
	const char *at;

	if (what.n == 0)
		return 0;
	at = s.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
	return at ? at - s.p : -1;
}

struct str str_trim(struct str s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_cut(struct str s, char at, struct str *rest)
{
	ptrdiff_t i = str_find_char(s, at);

	if (i < 0) {
		*rest = STR_NONE;
		return s;
	}
	*rest = (struct str){ s.p + i + 1, s.n - (size_t)i - 1 };
	return (struct str){ s.p, (size_t)i };
}

bool str_item(struct str *rest, const char *between, struct str *item)
{
	size_t n;

	while (rest->n) {
		for (n = 0; n < rest->n && !str_has_char(str_of(between), rest->p[n]); n++)
			;
		*item = str_trim(str_sub(*rest, 0, n));
		*rest = str_skip(*rest, n + 1);
		if (item->n)
			return true;
	}
	return false;
}

bool str_has_item(struct str list, const char *between, struct str item)
{
	struct str one;

	while (str_item(&list, between, &one))
		if (str_eq(one, item))
			return true;
	return false;
}

bool str_line(struct str *rest, struct str *line)
{
	if (rest->n == 0)
		return false;
	*line = str_cut(*rest, '\n', rest);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool str_to_u64(struct str s, uint64_t *ret)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, 10, &v)
		    || __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
			return false;
	}
	*ret = v;
	return true;
}

bool str_to_i64(struct str s, int64_t *ret)
{
	bool minus = s.n && s.p[0] == '-';
	uint64_t v;

	if (!str_to_u64(minus ? str_skip(s, 1) : s, &v) || v > (uint64_t)INT64_MAX + minus)
		return false;
	*ret = minus ? (int64_t)(0 - v) : (int64_t)v;
	return true;
}

static uint64_t stir(uint64_t h)
{
	h *= 0xd6e8feb86659fd93u;
	return h ^ h >> 32;
}

/* Eight bytes a step. The last step of a longer text overlaps the one before it, so no byte
 * is looked at alone; the length tells texts apart that end in NUL. */
uint64_t str_hash(struct str s, uint64_t seed)
{
	uint64_t h = stir(seed ^ 0xcbf29ce484222325u) + s.n, word = 0;
	size_t i = 0;

	for (; i + 8 < s.n; i += 8) {
		memcpy(&word, s.p + i, 8);
		h = stir(h ^ word);
	}
	if (s.n >= 8) {
		memcpy(&word, s.p + s.n - 8, 8);
	} else {
		for (; i < s.n; i++)
			word = word << 8 | (unsigned char)s.p[i];
	}
	return stir(stir(h ^ word));
}
