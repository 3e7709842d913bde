/* buf.h - a growing byte buffer that was born with its ceiling.
 *
 * Every buffer knows how large it may become. Adding past that adds nothing and
 * is remembered in `over`, so callers write a whole page and ask once at the end
 * (buf_ok). The bytes are NUL-terminated whenever p is not NULL. One owner; not
 * for sharing between threads. Out of memory ends the process.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include "base/str.h"

struct buf {
	char *p;
	size_t n;	/* bytes used */
	size_t cap;	/* bytes held */
	size_t max;	/* n never grows past this */
	bool over;	/* something did not fit and was left out */
};

#define BUF(ceiling) { NULL, 0, 0, (ceiling), false }

void buf_release(struct buf *b);			/* frees; b is empty and usable after */
void buf_clear(struct buf *b);				/* keeps the memory */
bool buf_ok(const struct buf *b);			/* nothing was left out */
struct str buf_str(const struct buf *b);		/* lent until the next change */
bool buf_reserve(struct buf *b, size_t more);		/* room for so many; false: over */
void buf_add(struct buf *b, struct str s);
void buf_addc(struct buf *b, char c);
static inline void buf_adds(struct buf *b, const char *cstr)
{
	buf_add(b, str_of(cstr));
}
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_addv(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);
void buf_add_i64(struct buf *b, int64_t v);
void buf_cut(struct buf *b, size_t n);			/* keep the first n bytes */

#endif
