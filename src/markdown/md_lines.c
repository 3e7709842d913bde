/* md_lines.c - an index of where lines start. */
#include "markdown/md_lines.h"

/* Where the line behind that of p starts; NULL: there is none. */
static const char *next_line(struct str text, const char *p)
{
	const char *end = memchr(p, '\n', text.n - (size_t)(p - text.p));

	return end && end + 1 < text.p + text.n ? end + 1 : NULL;
}

struct md_lines md_lines_of(struct arena *a, struct str text)
{
	const char *first = text.n ? text.p : NULL;
	struct md_lines l = { .text = text };
	size_t n = 0;

	for (const char *p = first; p; p = next_line(text, p))
		l.n++;
	l.starts = arena_array(a, l.n + 1, sizeof *l.starts);
	for (const char *p = first; p; p = next_line(text, p))
		l.starts[n++] = (size_t)(p - text.p);
	l.starts[l.n] = text.n;
	return l;
}

struct str md_lines_get(const struct md_lines *l, size_t line)
{
	struct str s = str_sub(l->text, l->starts[line], l->starts[line + 1]);

	return str_ends(s, STR("\n")) ? str_sub(s, 0, s.n - 1) : s;
}

bool md_lines_blank(const struct md_lines *l, size_t line)
{
	return str_trim(md_lines_get(l, line)).n == 0;
}
