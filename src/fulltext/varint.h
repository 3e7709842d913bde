/* varint.h - numbers as SQLite writes them into records and FTS5 into its index: seven bits a
 * byte, the highest first, each byte but the last with its top bit set.
 * (https://www.sqlite.org/fileformat2.html#varint) */
#ifndef FULLTEXT_VARINT_H
#define FULLTEXT_VARINT_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

enum { VARINT_MAX = 8 };		/* bytes of the numbers that are written here */

/* Below 2^56: from there on a number has another form. Returns how many bytes. */
static inline size_t varint_put(unsigned char *p, uint64_t v)
{
	size_t n = 1;

	if (v < 0x80) {				/* most are */
		p[0] = (unsigned char)v;
		return 1;
	}
	if (v < 0x4000) {
		p[0] = (unsigned char)(v >> 7 | 0x80);
		p[1] = (unsigned char)(v & 0x7f);
		return 2;
	}
	assert(v >> 56 == 0);
	for (uint64_t rest = v >> 7; rest; rest >>= 7)
		n++;
	for (size_t i = n; i-- > 0; v >>= 7)
		p[i] = (unsigned char)((v & 0x7f) | (i + 1 < n ? 0x80 : 0));
	return n;
}

/* How many bytes the number at p takes. */
static inline size_t varint_length(const unsigned char *p)
{
	size_t n = 1;

	while (n <= VARINT_MAX && p[n - 1] & 0x80)
		n++;
	return n;
}

/* Reads one; returns how many bytes it took. */
static inline size_t varint_get(const unsigned char *p, uint64_t *ret)
{
	size_t n;

	*ret = p[0];
	if (p[0] < 0x80)
		return 1;
	n = varint_length(p);
	*ret = 0;
	for (size_t i = 0; i < n; i++)
		*ret = *ret << 7 | (p[i] & 0x7f);
	return n;
}

#endif
