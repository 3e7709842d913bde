/* wide.h - between our UTF-8 and the UTF-16 that ICU works on. Private to unicode/. */
#ifndef UNICODE_WIDE_H
#define UNICODE_WIDE_H

#include <unicode/utypes.h>
#include "base/arena.h"

struct wide {
	UChar *p;
	int32_t n;
};

/* Invalid UTF-8 becomes U+FFFD. Texts past 64 MiB are cut there. */
struct wide wide_of(struct arena *a, struct str s);
struct wide wide_room(struct arena *a, int32_t n);	/* n units, all zero */
struct str wide_str(struct arena *a, struct wide w);	/* NUL-terminated */

/* For ICU's two-step calls: true when the result did not fit and `status` only said so;
 * the status is then as new and the call may be repeated with room for what it asked. */
bool wide_too_small(UErrorCode *status);

#endif
