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

/* How names are told, of letters and hyphens: made once for all that are to be looked at. */
struct scan_names {
#ifdef __SSE2__
	__m128i fold, high, least, hyphen;
#else
	char none;
#endif
};

static ALWAYS_INLINE struct scan_names scan_names(void)
{
	struct scan_names k;

#ifdef __SSE2__
	k.fold = _mm_set1_epi8(0x20);
	k.high = _mm_set1_epi8((char)('a' + 127));
	k.least = _mm_set1_epi8(127 - 26);
	k.hyphen = _mm_set1_epi8('-');
	/* Where the compiler knows what they are, it makes them anew for each name. */
	__asm__("" : "+x" (k.fold), "+x" (k.high), "+x" (k.least), "+x" (k.hyphen));
#else
	k.none = 0;
#endif
	return k;
}

/* Which bytes are ASCII letters or hyphens. */
static ALWAYS_INLINE unsigned scan_name(struct scan_names k, struct scan b)
{
#ifdef __SSE2__
	/* Taken away from `high`, with a sign, small letters are the highest numbers. */
	__m128i high = _mm_sub_epi8(k.high, _mm_or_si128(b.v, k.fold));
	__m128i letter = _mm_cmpgt_epi8(high, k.least);

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(letter, _mm_cmpeq_epi8(b.v, k.hyphen)));
#else
	(void)k;
	return scan_between(b, 0x20, 'a', 'z') | scan_is(b, '-');
#endif
}

/* Which bytes are no visible ASCII, or mean something in a target: '#', '%' and '?'. */
static inline unsigned scan_no_path(struct scan b)
{
#ifdef __SSE2__
	__m128i v = _mm_add_epi8(b.v, _mm_set1_epi8(1));
	__m128i visible = _mm_cmpgt_epi8(v, _mm_set1_epi8('!'));
	__m128i other = _mm_cmpeq_epi8(b.v, _mm_set1_epi8('#'));

	other = _mm_or_si128(other, _mm_cmpeq_epi8(b.v, _mm_set1_epi8('%')));
	other = _mm_or_si128(other, _mm_cmpeq_epi8(b.v, _mm_set1_epi8('?')));
	return SCAN_ALL ^ (unsigned)_mm_movemask_epi8(_mm_andnot_si128(other, visible));
#else
	return (SCAN_ALL & ~scan_between(b, 0, '!', '~')) | scan_is(b, '#') | scan_is(b, '%')
		| scan_is(b, '?');
#endif
}

#endif
