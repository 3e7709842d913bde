/* lex.h - the character classes of RFC 9110, and lists of words.
 *
 * For the files of http/ only.
 */
#ifndef HTTP_LEX_H
#define HTTP_LEX_H

#include "http/scan.h"

extern const bool lex_token_char[256];

/* How many token characters it begins with. Names are letters and hyphens, mostly. */
static inline size_t lex_token(struct str s)
{
	size_t i = 0;

	for (; s.n - i >= 16; i += 16) {
		struct scan b = scan_load(s.p + i);
		unsigned other = SCAN_ALL & ~(scan_between(b, 0x20, 'a', 'z') | scan_is(b, '-'));

		if (other) {
			i += scan_first(other);
			break;
		}
	}
	while (i < s.n && lex_token_char[(unsigned char)s.p[i]])
		i++;
	return i;
}

/* How many bytes it begins with that may stand in a request target: visible ASCII but "#". */
static inline size_t lex_target(struct str s)
{
	size_t i = 0;

	for (; s.n - i >= 16; i += 16) {
		struct scan b = scan_load(s.p + i);
		unsigned other = (SCAN_ALL & ~scan_between(b, 0, '!', '~')) | scan_is(b, '#');

		if (other)
			return i + scan_first(other);
	}
	while (i < s.n && s.p[i] >= '!' && s.p[i] <= '~' && s.p[i] != '#')
		i++;
	return i;
}

static inline bool lex_is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/* How many bytes it begins with that are no controls (a tab is one). */
static inline size_t lex_text(struct str s)
{
	size_t i = 0;

	for (; s.n - i >= 16; i += 16) {
		struct scan b = scan_load(s.p + i);
		unsigned control = scan_between(b, 0, 0, 0x1f) | scan_is(b, 0x7f);

		if (control)
			return i + scan_first(control);
	}
	while (i < s.n && !lex_is_control(s.p[i]))
		i++;
	return i;
}

static inline uint64_t lex_eight(const char *p, uint64_t fold)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v | fold * 0x0101010101010101u;
}

static inline uint32_t lex_four(const char *p, uint32_t fold)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v | fold * 0x01010101u;
}

static inline uint16_t lex_two(const char *p)
{
	uint16_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* Whether a text without controls is that word, which has four or more bytes, all small letters
 * and hyphens; without regard to case. Inline: the compiler knows the word, and it costs two or
 * three comparisons. */
static inline bool lex_is_word(struct str s, struct str word)
{
	size_t n = word.n;

	if (s.n != n)
		return false;
	if (n < 8)
		return lex_four(s.p, 0x20) == lex_four(word.p, 0)
			&& lex_four(s.p + n - 4, 0x20) == lex_four(word.p + n - 4, 0);
	for (size_t i = 0; i + 8 < n; i += 8)
		if (lex_eight(s.p + i, 0x20) != lex_eight(word.p + i, 0))
			return false;
	return lex_eight(s.p + n - 8, 0x20) == lex_eight(word.p + n - 8, 0);
}

bool lex_is_token(struct str s);		/* one or more token characters */

/* Without spaces and tabs at the ends (OWS). */
static inline struct str lex_trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) {
		s.p++;
		s.n--;
	}
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* The next element of a comma list: the word before its first ';' and its quality
 * (0 to 1000, 1000 when not given, 0 when it makes no sense). Empty elements are
 * skipped; false at the end. For Accept-*, where no quoted strings stand. */
bool lex_quality(struct str *rest, struct str *word, int *quality);

#endif
