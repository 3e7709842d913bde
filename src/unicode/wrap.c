/* wrap.c - see wrap.h. */
#include "unicode/wrap.h"
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "unicode/wide.h"

#define TEXT_MAX (64 * KIB)

/* Units of UTF-16 to bytes of UTF-8: both are walked together. */
static void mark(bool *points, struct str text, UBreakIterator *it)
{
	int32_t unit = 0, next = ubrk_next(it);

	for (size_t at = 0; at < text.n && next != UBRK_DONE;) {
		uint32_t cp = utf8_next(text, &at);

		unit += cp > 0xFFFF ? 2 : 1;
		while (next != UBRK_DONE && next < unit)
			next = ubrk_next(it);
		points[at] = next == unit;
	}
}

const bool *wrap_points(struct arena *a, struct str text)
{
	bool *points = arena_array(a, text.n + 1, sizeof *points);
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *it;
	struct wide w;

	if (text.n == 0 || text.n > TEXT_MAX)
		return points;
	w = wide_of(a, text);
	it = ubrk_open(UBRK_LINE, "en", w.p, w.n, &status);
	if (U_SUCCESS(status)) {
		mark(points, text, it);
		ubrk_close(it);
	}
	return points;
}

unsigned wrap_width(struct str text)
{
	unsigned width = 0;

	for (size_t at = 0; at < text.n;) {
		UChar32 c = (UChar32)utf8_next(text, &at);
		int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

		if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK)
			continue;
		width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
	}
	return width;
}
