/* scan.h - sixteen bytes looked at in one step.
 *
 * For the files of http/ only, where each byte of each request comes by. A question about such
 * a block is answered by 16 bits, the lowest for its first byte. SSE2 where the processor has it
 * (every x86-64 does), else byte by byte.
 */
#ifndef HTTP_SCAN_H
#define HTTP_SCAN_H

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/str.h"

#define SCAN_ALL 0xffffu

struct scan {
#ifdef __SSE2__
	__m128i v;
#else
	unsigned char v[16];
#endif
};

static inline struct scan scan_load(const char *p)
{
	struct scan b;

#ifdef __SSE2__
	b.v = _mm_loadu_si128((const __m128i *)(const void *)p);
#else
	memcpy(b.v, p, sizeof b.v);
#endif
	return b;
}

/* The block of s that begins at i < s.n, with NULs behind the end of s. */
static inline struct scan scan_at(struct str s, size_t i)
{
	char copy[16] = { 0 };

	if (s.n - i >= 16)
		return scan_load(s.p + i);
	memcpy(copy, s.p + i, s.n - i);
	return scan_load(copy);
}

/* Which of them are bytes of s. */
static inline unsigned scan_there(struct str s, size_t i)
{
	return s.n - i >= 16 ? SCAN_ALL : (1u << (s.n - i)) - 1;
}

/* Which bytes are that one. */
static inline unsigned scan_is(struct scan b, char c)
{
#ifdef __SSE2__
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(b.v, _mm_set1_epi8(c)));
#else
	unsigned bits = 0;

	for (unsigned i = 0; i < 16; i++)
		bits |= (unsigned)(b.v[i] == (unsigned char)c) << i;
	return bits;
#endif
}

/* Which bytes are the same in both. */
static inline unsigned scan_same(struct scan a, struct scan b)
{
#ifdef __SSE2__
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a.v, b.v));
#else
	unsigned bits = 0;

	for (unsigned i = 0; i < 16; i++)
		bits |= (unsigned)(a.v[i] == b.v[i]) << i;
	return bits;
#endif
}

/* Whether 64 bytes are the same. */
static inline bool scan_same_64(const char *a, const char *b)
{
#ifdef __SSE2__
	__m128i v = _mm_cmpeq_epi8(scan_load(a).v, scan_load(b).v);
	__m128i w = _mm_cmpeq_epi8(scan_load(a + 16).v, scan_load(b + 16).v);

	v = _mm_and_si128(v, _mm_cmpeq_epi8(scan_load(a + 32).v, scan_load(b + 32).v));
	w = _mm_and_si128(w, _mm_cmpeq_epi8(scan_load(a + 48).v, scan_load(b + 48).v));
	return _mm_movemask_epi8(_mm_and_si128(v, w)) == SCAN_ALL;
#else
	return !memcmp(a, b, 64);
#endif
}

/* Which bytes are at least `low` and at most `high`; `fold` is set in each of them first (0x20
 * makes capitals small). */
static inline unsigned scan_between(struct scan b, unsigned char fold, unsigned char low,
				    unsigned char high)
{
#ifdef __SSE2__
	__m128i v = _mm_or_si128(b.v, _mm_set1_epi8((char)fold));
	__m128i above = _mm_sub_epi8(v, _mm_set1_epi8((char)low));
	__m128i most = _mm_set1_epi8((char)(high - low));

	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(above, most), above));
#else
	unsigned bits = 0;

	for (unsigned i = 0; i < 16; i++) {
		unsigned char c = b.v[i] | fold;

		bits |= (unsigned)(c >= low && c <= high) << i;
	}
	return bits;
#endif
}

/* Which bytes are visible ASCII or a space. */
static inline unsigned scan_text(struct scan b)
{
#ifdef __SSE2__
	/* Plus one, and with a sign, all others are less than '!'. */
	__m128i v = _mm_add_epi8(b.v, _mm_set1_epi8(1));

	return (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, _mm_set1_epi8(' ')));
#else
	return scan_between(b, 0, ' ', '~');
#endif
}

/* Which bytes are neither ASCII letters nor hyphens. */
static inline unsigned scan_no_name(struct scan b)
{
#ifdef __SSE2__
	__m128i letter = _mm_sub_epi8(_mm_or_si128(b.v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
	__m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
	__m128i is_hyphen = _mm_cmpeq_epi8(b.v, _mm_set1_epi8('-'));

	return SCAN_ALL ^ (unsigned)_mm_movemask_epi8(_mm_or_si128(is_letter, is_hyphen));
#else
	return SCAN_ALL & ~(scan_between(b, 0x20, 'a', 'z') | scan_is(b, '-'));
#endif
}

/* Which bytes are no visible ASCII, or mean something in a target: '#', '%' and '?'. */
static inline unsigned scan_no_path(struct scan b)
{
#ifdef __SSE2__
	__m128i v = _mm_add_epi8(b.v, _mm_set1_epi8(1));
	__m128i odd = _mm_cmpgt_epi8(_mm_set1_epi8('"'), v);

	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(b.v, _mm_set1_epi8('#')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(b.v, _mm_set1_epi8('%')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(b.v, _mm_set1_epi8('?')));
	return (unsigned)_mm_movemask_epi8(odd);
#else
	return (SCAN_ALL & ~scan_between(b, 0, '!', '~')) | scan_is(b, '#') | scan_is(b, '%')
		| scan_is(b, '?');
#endif
}

/* The place of the lowest bit; bits is not 0. */
static inline unsigned scan_first(unsigned bits)
{
	return (unsigned)__builtin_ctz(bits);
}

#endif
