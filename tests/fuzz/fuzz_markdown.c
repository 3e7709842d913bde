/* fuzz_markdown.c - any bytes as a post, then as a comment.
 *
 * Beside crashes it looks for what must never leave: private marks, elements left
 * open, a script. Links libmarkdown, libunicode, libbase.
 */
#include <stdlib.h>
#include <string.h>
#include "markdown/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define OPEN_MAX 1024

/* Every element that is opened is closed in order. What we write has no ">" in
 * attributes, so a tag ends at the next one. */
static void check_balanced(struct str s)
{
	struct str open[OPEN_MAX];
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str name = str_skip(s, i + 1);
		bool closes = str_starts(name, STR("/"));
		size_t end = 0;

		if (s.p[i] != '<')
			continue;
		name = str_skip(name, closes);
		while (end < name.n && !strchr(" >\n", name.p[end]))
			end++;
		name = str_sub(name, 0, end);
		if (str_eq(name, STR("script")) || !end)
			abort();
		if (closes && (!n || !str_eq(open[--n], name)))
			abort();
		if (!closes && !(str_eq(name, STR("br")) || str_eq(name, STR("hr"))
				 || str_eq(name, STR("img")) || str_eq(name, STR("input"))
				 || str_eq(name, STR("col")) || str_eq(name, STR("source"))
				 || str_eq(name, STR("wbr")))) {
			if (n == OPEN_MAX)
				abort();
			open[n++] = name;
		}
	}
	if (n)
		abort();
}

static void check(struct str html)
{
	for (size_t i = 0; i + 2 < html.n; i++)
		if (!memcmp(html.p + i, "\xef\xb7", 2) && (uint8_t)html.p[i + 2] >= 0x90
		    && (uint8_t)html.p[i + 2] <= 0xaf)
			abort();
	check_balanced(html);
}

static void render(struct str source, const struct markdown_options *o)
{
	struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct markdown made;

	if (markdown_render(a, source, o, &made, &f)) {
		check(made.html.s);
		check(made.toc.s);
		check(made.excerpt.s);
	}
	arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct markdown_options post = { .lang = STR("fr"), .words.anchor = STR("#") };
	struct markdown_options comment = { .lang = STR("en"), .comment = true };
	struct str source = str_from((const char *)data, size);

	render(source, &post);
	render(source, &comment);
	return 0;
}
