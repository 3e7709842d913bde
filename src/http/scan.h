/* scan.h - what a reader of requests asks of sixteen bytes (base/scan.h), in bits.
 *
 * For the files of http/ only, where each byte of each request comes by.
 */
#ifndef HTTP_SCAN_H
#define HTTP_SCAN_H

#include "base/scan.h"

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
	/* Small letters become the lowest numbers with a sign. */
	__m128i small = _mm_or_si128(b.v, _mm_set1_epi8(0x20));
	__m128i letter = _mm_cmpgt_epi8(_mm_set1_epi8(26 - 0x80),
					_mm_add_epi8(small, _mm_set1_epi8(0x80 - 'a')));
	__m128i hyphen = _mm_cmpeq_epi8(b.v, _mm_set1_epi8('-'));

	return SCAN_ALL ^ (unsigned)_mm_movemask_epi8(_mm_or_si128(letter, hyphen));
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

#endif
