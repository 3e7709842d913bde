/* quick.h - deflate (RFC 1951) in one pass over the text, by a code that is known before.
 *
 * Who packs a page usually looks for repetitions, counts what came of it, makes a code for that
 * and then writes. Our pages are much alike: one code (gz/code.h) serves them nearly as
 * well as one of their own, and what is found can be written at once. Any thread; nothing is kept.
 */
#ifndef GZ_QUICK_H
#define GZ_QUICK_H

#include "base/str.h"

/* Whether the code is right for that text: letters of most other scripts want one of their own. By
 * a sample. */
bool quick_suits(struct str text);

/* So many bytes must be writable at `to` for n bytes of text. */
size_t quick_room(size_t n);

/* Writes text as one deflate stream, always the same; returns how many bytes it has. */
size_t quick_pack(struct str text, unsigned char *to);

#endif
