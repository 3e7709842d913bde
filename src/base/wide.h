/* wide.h - thirty-two bytes looked at in one step, where the processor can.
 *
 * For the few loops that each byte of each request goes through, and only behind a way that any
 * processor can go (base/scan.h), with the same result; unit tests and the fuzz target go both. A
 * function that is marked WIDE may have AVX2, BMI and BMI2, and is called if wide_is_used alone.
 * Without WIDE there is no such function.
 */
#ifndef BASE_WIDE_H
#define BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

/* The processor has all three. Set before main(); only a test may change it, to false. */
extern bool wide_is_used;

#if defined(__x86_64__) && defined(__LP64__) && defined(__GNUC__)

#include <immintrin.h>

#define WIDE __attribute__((target("avx2,bmi,bmi2")))

static WIDE inline __m256i wide_load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* How text is told: made once for all that is to be looked at. */
struct wide_texts {
	__m256i one, space;
};

static WIDE inline struct wide_texts wide_texts(void)
{
	struct wide_texts k = { _mm256_set1_epi8(1), _mm256_set1_epi8(' ') };

	/* Where the compiler knows what they are, it makes them anew for each block. */
	__asm__("" : "+x" (k.one), "+x" (k.space));
	return k;
}

/* Which of 64 bytes are controls, DEL, or above ASCII. */
static WIDE inline uint64_t wide_odd_64(const struct wide_texts *k, const char *p)
{
	/* Plus one, and with a sign, they are less than '!'. */
	__m256i low = _mm256_add_epi8(wide_load(p), k->one);
	__m256i high = _mm256_add_epi8(wide_load(p + 32), k->one);

	low = _mm256_cmpgt_epi8(low, k->space);
	high = _mm256_cmpgt_epi8(high, k->space);
	return ~((uint32_t)_mm256_movemask_epi8(low)
		 | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32);
}

/* Whether 64 bytes are the same. */
static WIDE inline bool wide_same_64(const char *a, const char *b)
{
	__m256i v = _mm256_cmpeq_epi8(wide_load(a), wide_load(b));
	__m256i w = _mm256_cmpeq_epi8(wide_load(a + 32), wide_load(b + 32));

	return _mm256_movemask_epi8(_mm256_and_si256(v, w)) == -1;
}

/* Which of 64 bytes are not the same. */
static WIDE inline uint64_t wide_other_64(const char *a, const char *b)
{
	__m256i v = _mm256_cmpeq_epi8(wide_load(a), wide_load(b));
	__m256i w = _mm256_cmpeq_epi8(wide_load(a + 32), wide_load(b + 32));

	return ~((uint32_t)_mm256_movemask_epi8(v)
		 | (uint64_t)(uint32_t)_mm256_movemask_epi8(w) << 32);
}

/* Four numbers of 64 bits: of four that have 16 each, or two that come twice. */
static WIDE inline __m256i wide_four(const void *p)
{
	return _mm256_cvtepu16_epi64(_mm_loadl_epi64((const __m128i *)p));
}

static WIDE inline __m256i wide_pairs(uint64_t first, uint64_t second)
{
	return _mm256_set_epi64x((long long)second, (long long)first, (long long)second,
				 (long long)first);
}

static WIDE inline __m256i wide_add(__m256i a, __m256i b)
{
	return _mm256_add_epi64(a, b);
}

static WIDE inline void wide_store(void *to, __m256i four)
{
	_mm256_storeu_si256((__m256i *)to, four);
}

#endif
#endif
