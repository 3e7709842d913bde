/* code.h - the one code by which pages are packed quickly: what a Huffman tree gave for pages in
 * five languages. src/gz/code.c is written by src/gz/code.py. Bits are in the order in which
 * deflate wants them, the lowest first.
 */
#ifndef GZ_CODE_H
#define GZ_CODE_H

#include <stdint.h>

enum { CODE_BITS_MOST = 12, CODE_LONGEST = 258, CODE_NEAR = 256, CODE_FAR_STEP = 128 };

struct code {
	uint32_t bits : 20, n : 6;
	uint32_t extra : 6;		/* so many bits more, of the distance */
};

extern const struct code code_bytes[256];
extern const struct code code_end;
extern const struct code code_lengths[CODE_LONGEST + 1];	/* of a repetition of that length */
/* How far before it stood: of the distance less one, x, if that is below CODE_NEAR; behind these of
 * x / CODE_FAR_STEP. The extra bits are the lowest of x. */
extern const struct code code_distances[];

/* The head of the only block of a stream: what says which code it is. */
extern const unsigned char code_head[];
extern const struct code code_head_rest;	/* less than a byte, behind it */
extern const unsigned code_head_n;

#endif
