/* fuzz_markup.c - any bytes as a finished page: its pieces are the page, its attributes lie in
 * their tags, and no frame of a translator's mark stays. */
#include <stdlib.h>

#include "base/utf8.h"
#include "lang/marks.h"
#include "web/markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tag(struct str tag)
{
	struct markup_attribute at;
	size_t pos = 0, last = 0;

	while (markup_attribute(tag, &pos, &at)) {
		if (pos <= last || pos > tag.n || at.name.n == 0)
			abort();
		if (at.value.p && (at.value.p < tag.p || at.value.p + at.value.n > tag.p + tag.n))
			abort();
		last = pos;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str page = str_from((const char *)data, size);
	struct markup m = MARKUP(page);
	struct markup_piece p;
	const char *at = page.p;

	while (markup_next(&m, &p)) {
		if (p.all.p != at || p.all.n == 0)
			abort();
		at += p.all.n;
		if (p.kind == MARKUP_TAG)
			check_tag(p.all);
	}
	if (at != page.p + page.n)
		abort();
	/* Half a character may become a whole one, but pages are text. */
	if (utf8_valid(page) && marks_are_in(marks_strip(a, page)))
		abort();
	return 0;
}
