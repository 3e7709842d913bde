/* mask.c - see mask.h. */
#include "check/mask.h"

#include "check/html_scan.h"

static void blank(char *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (p[i] != '\n')
			p[i] = HTML_SCAN_BLANK;
}

/* The end of the tag at `at`, behind its braces. */
static size_t tag_end(struct str text, size_t at)
{
	struct str close = str_starts(str_skip(text, at), STR("{{{")) ? STR("}}}") : STR("}}");
	ptrdiff_t end = str_find(str_skip(text, at), close);

	return end < 0 ? text.n : at + (size_t)end + close.n;
}

/* {{#t}} or {{#t context}}: its text is a message, which is looked at elsewhere. */
static bool opens_message(struct str tag)
{
	tag = str_trim(str_sub(tag, 2, tag.n - 2));
	if (!str_starts(tag, STR("#")))
		return false;
	tag = str_trim(str_skip(tag, 1));
	return str_eq(tag, STR("t")) || str_starts(tag, STR("t "));
}

struct str mask_tags(struct arena *a, struct str text)
{
	char *p = arena_cstr(a, text);

	for (size_t at = 0; at + 1 < text.n;) {
		size_t end;

		if (text.p[at] != '{' || text.p[at + 1] != '{') {
			at++;
			continue;
		}
		end = tag_end(text, at);
		if (end - at > 4 && opens_message(str_sub(text, at, end))) {
			ptrdiff_t close = str_find(str_skip(text, end), STR("{{/t}}"));

			end = close < 0 ? text.n : end + (size_t)close + 6;
		}
		blank(p, at, end);
		at = end;
	}
	return str_from(p, text.n);
}
