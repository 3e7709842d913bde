/* wide.c - see wide.h. */
#include "unicode/wide.h"
#include <unicode/ustring.h>
#include "base/limits.h"
#include "base/utf8.h"

#define WIDE_MAX (64 * MIB)

struct wide wide_room(struct arena *a, int32_t n)
{
	return (struct wide){ arena_array(a, (size_t)n + 1, sizeof(UChar)), n };
}

struct wide wide_of(struct arena *a, struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	struct str in = utf8_cut(s, WIDE_MAX);
	struct wide w = wide_room(a, (int32_t)in.n);	/* never more units than bytes */

	u_strFromUTF8WithSub(w.p, w.n + 1, &w.n, in.n ? in.p : "", (int32_t)in.n, 0xFFFD, NULL,
			     &status);
	if (U_FAILURE(status))
		w.n = 0;
	return w;
}

struct str wide_str(struct arena *a, struct wide w)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0, room = w.n * 3 + 1;
	char *p = arena_alloc(a, (size_t)room);

	u_strToUTF8WithSub(p, room, &n, w.p, w.n, 0xFFFD, NULL, &status);
	if (U_FAILURE(status))
		return STR("");
	return str_from(p, (size_t)n);
}

bool wide_too_small(UErrorCode *status)
{
	if (*status != U_BUFFER_OVERFLOW_ERROR)
		return false;
	*status = U_ZERO_ERROR;
	return true;
}
