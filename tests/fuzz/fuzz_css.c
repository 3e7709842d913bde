/* fuzz_css.c - stylesheets as check/ reads them: the items come in order and lie in the text,
 * and it ends; and whatever they say of a small page, its colours are colours. */
#include <assert.h>

#include "check/css_cascade.h"
#include "check/css_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void scan(struct str text, bool plain)
{
	struct css_scan s = { .text = text, .plain = plain };
	struct css_item item;
	size_t last = 0, n = 0;

	while (css_scan_next(&s, &item)) {
		struct str rest = item.value, part;

		assert(item.at >= last && item.at < text.n && s.at > item.at);
		assert(item.value_at <= text.n);
		last = item.at;
		assert(++n <= text.n);
		while (css_scan_part(&rest, ',', &part))
			assert(part.n <= item.value.n);
	}
}

static void cascade(struct str css)
{
	static const char text[] = "<html class=a><body><p id=b><a href=c>d</a></p></body></html>";
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct css_reader reader = { true, 1280 };
	const struct html_tree *page = html_tree_make(a, str_of(text));
	const struct css_style *styles;

	styles = css_cascade_page(a, css_cascade_sheet(a, css, &reader), page);
	for (int i = 1; i <= page->count; i++)
		assert(styles[i].color.r >= 0 && styles[i].color.r <= 1
		       && styles[i].ground.g >= 0 && styles[i].ground.g <= 1.001);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 8192)
		cascade(str_from((const char *)data, size));
	scan(str_from((const char *)data, size), false);
	scan(str_from((const char *)data, size), true);
	return 0;
}
