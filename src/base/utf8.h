/* utf8.h - the encoding itself (RFC 3629); what characters mean is unicode/'s. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

enum { UTF8_MAX = 4 };					/* bytes of a code point */

bool utf8_valid(struct str s);				/* shortest form, no surrogates */
/* Decodes one code point at s[*at] and moves *at behind it. Invalid bytes give
 * U+FFFD and move by one. *at must be < s.n. */
uint32_t utf8_next(struct str s, size_t *at);
void utf8_put(struct buf *b, uint32_t cp);
size_t utf8_length(struct str s);			/* code points */
struct str utf8_cut(struct str s, size_t bytes); /* at most so many bytes, whole code points */

#endif
