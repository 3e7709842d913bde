/* po_write.c - see po_write.h. */
#include "lang/po_write.h"

#include <string.h>
#include "unicode/wrap.h"

#define COLUMNS 79

/* ---- strings ---- */

/* The text of a line as it stands between quotes. */
static void put_escaped(struct buf *b, struct str s)
{
	static const char bytes[] = "\n\t\r\\\"\a\b\f\v", letters[] = "ntr\\\"abfv";

	for (size_t i = 0; i < s.n; i++) {
		const char *special = s.p[i] ? strchr(bytes, s.p[i]) : NULL;

		if (special) {
			buf_addc(b, '\\');
			buf_addc(b, letters[special - bytes]);
		} else if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f) {
			buf_addf(b, "\\%03o", (unsigned)(unsigned char)s.p[i]);
		} else {
			buf_addc(b, s.p[i]);
		}
	}
}

/* Up to and with the newline; *rest is what follows. */
static struct str cut_line(struct str s, struct str *rest)
{
	ptrdiff_t end = str_find_char(s, '\n');

	if (end < 0) {
		*rest = STR("");
		return s;
	}
	*rest = str_skip(s, (size_t)end + 1);
	return str_sub(s, 0, (size_t)end + 1);
}

static void put_quoted(struct buf *b, const char *prefix, struct str s)
{
	buf_addf(b, "%s\"", prefix);
	put_escaped(b, s);
	buf_adds(b, "\"\n");
}

static unsigned escaped_width(struct str s)
{
	CLEANUP(buf_release) struct buf b = BUF(PO_MESSAGE_MAX * 4);

	put_escaped(&b, s);
	return wrap_width(buf_str(&b));
}

/* One line of the text on as many lines as it needs. The points are those of what is
 * written, so a backslash is looked at as the letter that it is. */
static void put_wrapped(struct buf *b, const char *prefix, struct str line)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const bool *points = wrap_points(a, line);
	size_t from = 0, good = 0;
	unsigned room = COLUMNS - 2 - (unsigned)strlen(prefix);

	for (size_t i = 1; i <= line.n; i++) {
		if (i < line.n && (!points[i] || (line.p[i] == '\n' && i + 1 == line.n)))
			continue;
		if (good > from && escaped_width(str_sub(line, from, i)) > room) {
			put_quoted(b, prefix, str_sub(line, from, good));
			from = good;
		}
		good = i;
	}
	put_quoted(b, prefix, str_skip(line, from));
}

void po_write_string(struct buf *b, const char *prefix, const char *keyword, struct str text)
{
	struct str rest, line = cut_line(text, &rest);
	unsigned taken = (unsigned)(strlen(prefix) + strlen(keyword)) + 3;

	buf_addf(b, "%s%s ", prefix, keyword);
	if (rest.n == 0 && taken + escaped_width(line) <= COLUMNS) {
		put_quoted(b, "", line);
		return;
	}
	buf_adds(b, "\"\"\n");
	for (; line.n; line = cut_line(rest, &rest))
		put_wrapped(b, prefix, line);
}

/* ---- messages ---- */

static void put_key(struct buf *b, const char *prefix, const struct po_message *m)
{
	if (m->context.p)
		po_write_string(b, prefix, "msgctxt", m->context);
	po_write_string(b, prefix, "msgid", m->id);
	if (m->id_plural.p)
		po_write_string(b, prefix, "msgid_plural", m->id_plural);
}

void po_write_body(struct buf *b, const struct po_message *m)
{
	const char *prefix = m->obsolete ? "#~ " : "";

	put_key(b, prefix, m);
	for (unsigned i = 0; i < (m->texts ? m->texts : 1); i++) {
		char keyword[] = "msgstr[0]";

		keyword[7] = (char)('0' + i);
		po_write_string(b, prefix, m->id_plural.p ? keyword : "msgstr", m->text[i]);
	}
}

void po_write_previous(struct buf *b, const struct po_message *was)
{
	put_key(b, "#| ", was);
}

/* ---- comments ---- */

static char kind_of(struct str line)
{
	char c = line.n > 1 ? line.p[1] : ' ';

	return c && strchr(".:,|~", c) ? c : ' ';
}

bool po_comment_next(struct str *rest, char kind, struct str *line)
{
	while (str_line(rest, line)) {
		*line = str_trim(*line);	/* a comment may be indented */
		if (line->n && line->p[0] == '#' && kind_of(*line) == kind)
			return true;
	}
	return false;
}
