/* histogram.h - how often pages have each symbol of deflate (RFC 1951 3.2.5): of that the code
 * is made by which they are packed. src/gz/histogram.c is written by src/gz/histogram.py.
 */
#ifndef GZ_HISTOGRAM_H
#define GZ_HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_SYMBOLS = 286, HISTOGRAM_DISTANCES = 30 };

extern const uint16_t histogram_symbols[HISTOGRAM_SYMBOLS];	/* bytes, the end, lengths */
extern const uint16_t histogram_distances[HISTOGRAM_DISTANCES];

#endif
