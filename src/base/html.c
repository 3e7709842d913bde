/* html.c - escaping, and text back out of markup. */
#include "base/html.h"

#include <string.h>
#include "base/scan.h"
#include "base/utf8.h"

/* What stands for a byte; n 0: it may stand itself. */
static const struct entity {
	char s[7];
	unsigned char n;
} entities[256] = {
	['&'] = { "&amp;", 5 }, ['<'] = { "&lt;", 4 }, ['>'] = { "&gt;", 4 },
	['"'] = { "&quot;", 6 }, ['\''] = { "&#39;", 5 },
};

static inline struct scan is_special(struct scan b)
{
	struct scan quotes = scan_or(scan_char(b, 0, '"'), scan_char(b, 1, '&'));	/* and ' */

	return scan_or(quotes, scan_char(b, 2, '<'));					/* and > */
}

/* An entity is copied with what lies behind it, and a block with what stays of it. */
enum { ENTITY_MAX = sizeof(struct entity), PIECE = 256 };

static char *put_one(char *to, char c)
{
	const struct entity *e = &entities[(unsigned char)c];

	if (e->n)
		memcpy(to, e, sizeof *e);
	else
		*to = c;
	return to + (e->n ? e->n : 1);
}

/* There is room for the worst of it, and a block more. */
static void escape_piece(struct buf *b, struct str raw)
{
	char *to = b->p + b->n;
	size_t i = 0;

	while (raw.n - i >= SCAN_BYTES) {
		struct scan block = scan_load(raw.p + i);
		unsigned bits = scan_bits(is_special(block));
		size_t n = bits ? scan_first(bits) : SCAN_BYTES;

		memcpy(to, raw.p + i, SCAN_BYTES);
		to += n;
		i += n;
		if (bits)
			to = put_one(to, raw.p[i++]);
	}
	while (i < raw.n)
		to = put_one(to, raw.p[i++]);
	b->n = (size_t)(to - b->p);
	*to = '\0';
}

/* Near the end of a buffer it counts, byte by byte. */
static void escape_bytes(struct buf *b, struct str raw)
{
	for (size_t i = 0; i < raw.n; i++) {
		const struct entity *e = &entities[(unsigned char)raw.p[i]];

		if (e->n)
			buf_add(b, str_from(e->s, e->n));
		else
			buf_addc(b, raw.p[i]);
	}
}

/* Most texts are short and stay as they are; others, of HTML above all, do so for a few bytes. */
void html_escape_to(struct buf *b, struct str raw)
{
	size_t plain = scan_next(raw, 0, is_special);

	if (plain == raw.n && raw.n <= b->max - b->n) {
		buf_add(b, raw);
		return;
	}
	while (raw.n) {
		struct str piece = str_sub(raw, 0, PIECE);
		size_t worst = piece.n * ENTITY_MAX + SCAN_BYTES;

		if (b->max - b->n < worst)
			escape_bytes(b, piece);
		else if (buf_reserve(b, worst))
			escape_piece(b, piece);
		raw = str_skip(raw, piece.n);
	}
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

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Behind the '>' of the tag that s[i] stands in; a tag without an end takes all. */
static size_t behind_tag(struct str s, size_t i)
{
	ptrdiff_t end = str_find_char(str_skip(s, i), '>');

	return end < 0 ? s.n : i + (size_t)end + 1;
}

/* Never longer than what it is made from, so one reservation is enough for the characters. */
struct str html_text_begin(struct arena *a, struct html h, size_t most)
{
	CLEANUP(buf_release) struct buf b = BUF(SIZE_MAX / 2);
	struct str s = h.s;
	size_t n;

	buf_reserve(&b, s.n < most ? s.n : most + UTF8_MAX);
	for (size_t i = 0; i < s.n && b.n < most;) {
		char c = s.p[i];

		if (c == '<') {
			i = behind_tag(s, i);
			continue;
		}
		if (c == '&' && (n = reference(str_skip(s, i), &b)) > 0) {
			i += n;
			continue;
		}
		i++;
		if (!is_space(c))
			b.p[b.n++] = c;
		else if (b.n && b.p[b.n - 1] != ' ')
			b.p[b.n++] = ' ';
	}
	return arena_str(a, str_trim(buf_str(&b)));
}

struct str html_text(struct arena *a, struct html h)
{
	return html_text_begin(a, h, SIZE_MAX);
}
