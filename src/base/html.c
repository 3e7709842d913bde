/* html.c - escaping, and text back out of markup. */
#include "base/html.h"

#include "base/utf8.h"

static const char *entity_of(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void html_escape_to(struct buf *b, struct str raw)
{
	size_t from = 0;

	for (size_t i = 0; i < raw.n; i++) {
		const char *entity = entity_of(raw.p[i]);

		if (!entity)
			continue;
		buf_add(b, str_sub(raw, from, i));
		buf_adds(b, entity);
		from = i + 1;
	}
	buf_add(b, str_skip(raw, from));
}

struct html html_escape(struct arena *a, struct str raw)
{
	CLEANUP(buf_release) struct buf b = BUF(SIZE_MAX / 2);

	html_escape_to(&b, raw);
	return (struct html){ arena_str(a, buf_str(&b)) };
}

struct html html_trusted(struct str s)
{
	return (struct html){ s };
}

/* One character reference at s[0] == '&'; returns its length, 0 when it is none. */
static size_t reference(struct str s, struct buf *out)
{
	static const struct { struct str name; char c; } known[] = {
		{ STR_INIT("&amp;"), '&' }, { STR_INIT("&lt;"), '<' }, { STR_INIT("&gt;"), '>' },
		{ STR_INIT("&quot;"), '"' }, { STR_INIT("&#39;"), '\'' },
	};
	uint32_t cp = 0;
	size_t i = 2;

	for (size_t k = 0; k < ARRAY_LEN(known); k++)
		if (str_starts(s, known[k].name)) {
			buf_addc(out, known[k].c);
			return known[k].name.n;
		}
	if (!str_starts(s, STR("&#")))
		return 0;
	while (i < s.n && i < 9 && s.p[i] >= '0' && s.p[i] <= '9')
		cp = cp * 10 + (uint32_t)(s.p[i++] - '0');
	if (i == 2 || i >= s.n || s.p[i] != ';')
		return 0;
	utf8_put(out, cp);
	return i + 1;
}

struct str html_text(struct arena *a, struct html h)
{
	CLEANUP(buf_release) struct buf b = BUF(SIZE_MAX / 2);
	struct str s = h.s;
	bool tag = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		size_t n;

		if (tag) {
			tag = c != '>';
		} else if (c == '<') {
			tag = true;
		} else if (c == '&' && (n = reference(str_skip(s, i), &b)) > 0) {
			i += n - 1;
		} else if (c == ' ' || (c >= '\t' && c <= '\r')) {
			if (b.n && b.p[b.n - 1] != ' ')
				buf_addc(&b, ' ');
		} else {
			buf_addc(&b, c);
		}
	}
	return arena_str(a, str_trim(buf_str(&b)));
}
