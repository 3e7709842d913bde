/* str.h - a piece of text that somebody else owns.
 *
 * A struct str is a pointer and a length, passed by value. It never owns its
 * bytes, need not end in NUL, and is UTF-8 wherever text is meant. The empty
 * string has n == 0; p may then be NULL. Nothing here allocates or fails.
 * Comparison "nocase" folds ASCII letters only: protocol words, not prose.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/attrs.h"

struct str {
	const char *p;
	size_t n;
};

/* A literal as a str; STR_INIT is the same for static initialisers. */
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_INIT(lit) { "" lit, sizeof(lit) - 1 }
#define STR_NONE ((struct str){ NULL, 0 })

/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

/* NULL gives the empty string. Of a literal the compiler knows the length. */
static inline struct str str_of(const char *cstr)
{
	return (struct str){ cstr, cstr ? strlen(cstr) : 0 };
}

static inline struct str str_from(const char *p, size_t n)
{
	return (struct str){ p, n };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* The same without a call, for names and paths: short, and equal more often than not. */
static inline bool str_same(struct str a, struct str b)
{
	uint64_t x, y;

	if (a.n != b.n || a.n < 8)
		return str_eq(a, b);
	for (size_t i = 0; i + 8 < a.n; i += 8) {
		memcpy(&x, a.p + i, 8);
		memcpy(&y, b.p + i, 8);
		if (x != y)
			return false;
	}
	memcpy(&x, a.p + a.n - 8, 8);
	memcpy(&y, b.p + a.n - 8, 8);
	return x == y;
}

static inline bool str_starts(struct str s, struct str with)
{
	return s.n >= with.n && (with.n == 0 || memcmp(s.p, with.p, with.n) == 0);
}

bool str_eq_nocase(struct str a, struct str b);
int str_cmp(struct str a, struct str b);		/* by bytes, like strcmp */
bool str_starts_nocase(struct str s, struct str with);
bool str_ends(struct str s, struct str with);
bool str_has_char(struct str s, char c);

/* Position of the first / last c, or of the first `what`; -1 when absent. */
ptrdiff_t str_find_char(struct str s, char c);
ptrdiff_t str_rfind_char(struct str s, char c);
ptrdiff_t str_find(struct str s, struct str what);

/* The part [from, to) with both ends clamped to the string. */
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from >= to)
		return (struct str){ s.p, 0 };
	return (struct str){ s.p + from, to - from };
}

/* All but the first n bytes. */
static inline struct str str_skip(struct str s, size_t n)
{
	return str_sub(s, n, s.n);
}

/* The first place from `at` on whose byte is in the set; s.n: there is none. A set is a table
 * of 256 truths: { ['<'] = true, ['&'] = true }. */
static inline size_t str_next_of(struct str s, size_t at, const bool *set)
{
	while (at < s.n && !set[(unsigned char)s.p[at]])
		at++;
	return at;
}

struct str str_trim(struct str s);			/* without ASCII white space at the ends */

/* Splits at the first `at`: returns what stands before it and leaves the rest in
 * *rest. Without an `at` the whole is returned and *rest is empty, p == NULL. */
struct str str_cut(struct str s, char at, struct str *rest);

/* The next item of a list that a person wrote, as "fr, pt-BR": up to any byte of `between`,
 * trimmed, never empty. False when there is no more. */
bool str_item(struct str *rest, const char *between, struct str *item);
/* Is it an item of such a list, to the letter? */
bool str_has_item(struct str list, const char *between, struct str item);

/* The next line of *rest without its "\n" or "\r\n"; false when nothing is left. */
bool str_line(struct str *rest, struct str *line);

/* Decimal only, whole string, no sign but a leading '-', no overflow. */
bool str_to_i64(struct str s, int64_t *ret);
bool str_to_u64(struct str s, uint64_t *ret);

/* A 64-bit hash, of this machine's byte order; not for adversarial tables without a seed. */
uint64_t str_hash(struct str s, uint64_t seed);

#endif
