/* An index of where lines start. */
#include "markdown/md_lines.h"

struct md_lines md_lines_of(struct arena *a, struct str text)
{
	struct md_lines l = { .text = text };
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		l.n += text.p[i] == '\n';
	l.n += text.n > 0 && text.p[text.n - 1] != '\n';
	l.starts = arena_array(a, l.n + 1, sizeof *l.starts);
	for (size_t i = 0; i < text.n && n < l.n; i++)
		if (text.p[i] == '\n')
			l.starts[++n] = i + 1;
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
