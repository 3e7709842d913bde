/* scan.h - sixteen bytes looked at in one step.
 *
 * For where each byte of much text comes by: requests, Markdown. A question about such a block
 * is answered by another block, whose bytes are 0xff where it is so and else 0; scan_bits() makes
 * 16 bits of it, the lowest for its first byte. SSE2 where the processor has it (every x86-64
 * does), else byte by byte.
 */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/str.h"

#define SCAN_BYTES 16
#define SCAN_ALL 0xffffu

struct scan {
#ifdef __SSE2__
	__m128i v;
#else
	unsigned char v[SCAN_BYTES];
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

/* The block of s that begins at i <= s.n, with NULs behind the end of s. */
static inline struct scan scan_at(struct str s, size_t i)
{
	char copy[SCAN_BYTES] = { 0 };

	if (s.n - i >= SCAN_BYTES)
		return scan_load(s.p + i);
	memcpy(copy, s.p + i, s.n - i);
	return scan_load(copy);
}

/* Which of them are bytes of s. */
static inline unsigned scan_there(struct str s, size_t i)
{
	return s.n - i >= SCAN_BYTES ? SCAN_ALL : (1u << (s.n - i)) - 1;
}

/* The high bits of its bytes: of an answer, or of text, where they say what is not ASCII. */
static inline unsigned scan_bits(struct scan b)
{
#ifdef __SSE2__
	return (unsigned)_mm_movemask_epi8(b.v);
#else
	unsigned bits = 0;

	for (unsigned i = 0; i < SCAN_BYTES; i++)
		bits |= (unsigned)(b.v[i] >> 7) << i;
	return bits;
#endif
}

static inline struct scan scan_or(struct scan a, struct scan b)
{
#ifdef __SSE2__
	a.v = _mm_or_si128(a.v, b.v);
#else
	for (unsigned i = 0; i < SCAN_BYTES; i++)
		a.v[i] |= b.v[i];
#endif
	return a;
}

static inline struct scan scan_and(struct scan a, struct scan b)
{
#ifdef __SSE2__
	a.v = _mm_and_si128(a.v, b.v);
#else
	for (unsigned i = 0; i < SCAN_BYTES; i++)
		a.v[i] &= b.v[i];
#endif
	return a;
}

static inline struct scan scan_not(struct scan b)
{
#ifdef __SSE2__
	b.v = _mm_xor_si128(b.v, _mm_set1_epi8(-1));
#else
	for (unsigned i = 0; i < SCAN_BYTES; i++)
		b.v[i] = (unsigned char)~b.v[i];
#endif
	return b;
}

/* For each byte the answer for the one behind it. The last one has none: perhaps. */
static inline struct scan scan_behind(struct scan b)
{
#ifdef __SSE2__
	b.v = _mm_or_si128(_mm_srli_si128(b.v, 1), _mm_slli_si128(_mm_set1_epi8(-1), 15));
#else
	memmove(b.v, b.v + 1, SCAN_BYTES - 1);
	b.v[SCAN_BYTES - 1] = 0xff;
#endif
	return b;
}

/* Which bytes are at least `low` and at most `high`; `fold` is set in each of them first (0x20
 * makes capitals small). */
static inline struct scan scan_range(struct scan b, unsigned char fold, unsigned char low,
				     unsigned char high)
{
#ifdef __SSE2__
	__m128i v = _mm_or_si128(b.v, _mm_set1_epi8((char)fold));
	__m128i above = _mm_sub_epi8(v, _mm_set1_epi8((char)low));
	__m128i most = _mm_set1_epi8((char)(high - low));

	b.v = _mm_cmpeq_epi8(_mm_min_epu8(above, most), above);
#else
	for (unsigned i = 0; i < SCAN_BYTES; i++) {
		unsigned char c = b.v[i] | fold;

		b.v[i] = c >= low && c <= high ? 0xff : 0;
	}
#endif
	return b;
}

/* Which bytes are c when the bits of `fold` are set in both: 0 asks for c alone, 0x20 for both
 * cases of a letter, 0x04 for '[' and '_'. */
static inline struct scan scan_char(struct scan b, unsigned char fold, char c)
{
#ifdef __SSE2__
	__m128i v = _mm_or_si128(b.v, _mm_set1_epi8((char)fold));

	b.v = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)(c | fold)));
#else
	for (unsigned i = 0; i < SCAN_BYTES; i++)
		b.v[i] = (b.v[i] | fold) == (unsigned char)(c | fold) ? 0xff : 0;
#endif
	return b;
}

/* Each of its bytes with the bits of `fold` set, as the questions above ask them. */
static inline void scan_store(struct scan b, unsigned char fold, char *to)
{
#ifdef __SSE2__
	_mm_storeu_si128((__m128i *)(void *)to, _mm_or_si128(b.v, _mm_set1_epi8((char)fold)));
#else
	for (unsigned i = 0; i < SCAN_BYTES; i++)
		to[i] = (char)(b.v[i] | fold);
#endif
}

/* The two questions that are asked alone, in bits. */
static inline unsigned scan_is(struct scan b, char c)
{
	return scan_bits(scan_char(b, 0, c));
}

static inline unsigned scan_between(struct scan b, unsigned char fold, unsigned char low,
				    unsigned char high)
{
	return scan_bits(scan_range(b, fold, low, high));
}

/* The place of the lowest bit; bits is not 0. */
static inline unsigned scan_first(unsigned bits)
{
	return (unsigned)__builtin_ctz(bits);
}

/* The first place from `at` <= s.n on that has the high bit in the answer of `ask`; s.n: there
 * is none. The last block overlaps the one before it where s is long enough. `ask` is a
 * function that the compiler sees, and becomes a part of the loop. */
static ALWAYS_INLINE size_t scan_next(struct str s, size_t at, struct scan (*ask)(struct scan))
{
	size_t left;
	unsigned bits;

	for (; (left = s.n - at) >= SCAN_BYTES; at += SCAN_BYTES)
		if ((bits = scan_bits(ask(scan_load(s.p + at)))) != 0)
			return at + scan_first(bits);
	if (left == 0)
		return s.n;
	if (s.n >= SCAN_BYTES)
		bits = scan_bits(ask(scan_load(s.p + s.n - SCAN_BYTES))) >> (SCAN_BYTES - left);
	else
		bits = scan_bits(ask(scan_at(s, at))) & scan_there(s, at);
	return bits ? at + scan_first(bits) : s.n;
}

#endif
