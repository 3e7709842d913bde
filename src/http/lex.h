/* lex.h - the character classes of RFC 9110, and lists of words.
 *
 * For the files of http/ only.
 */
#ifndef HTTP_LEX_H
#define HTTP_LEX_H

#include "base/str.h"

extern const bool lex_token_char[256];

/* How many token characters it begins with. */
static inline size_t lex_token(struct str s)
{
	size_t i = 0;

	while (i < s.n && lex_token_char[(unsigned char)s.p[i]])
		i++;
	return i;
}

extern const bool lex_target_char[256];

/* How many bytes it begins with that may stand in a request target: visible ASCII but "#". */
static inline size_t lex_target(struct str s)
{
	size_t i = 0;

	while (i < s.n && lex_target_char[(unsigned char)s.p[i]])
		i++;
	return i;
}

bool lex_is_token(struct str s);		/* one or more token characters */

static inline bool lex_is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

static inline bool lex_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The value of a hexadecimal digit, or -1. */
static inline int lex_hex(char c)
{
	if (lex_is_digit(c))
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

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
