/* marks.c - see marks.h. */
#include "lang/marks.h"

#include <string.h>
#include "base/buf.h"

#define BEGIN "\xee\x80\x80"
#define MIDDLE "\xee\x80\x81"
#define END "\xee\x80\x82"
#define LEN 3

struct marks {
	struct arena *arena;
	struct mark *at;
	size_t n, cap;
};

struct marks *marks_new(struct arena *a)
{
	struct marks *m = ARENA_NEW(a, struct marks);

	m->arena = a;
	return m;
}

size_t marks_count(const struct marks *m)
{
	return m->n;
}

const struct mark *marks_at(const struct marks *m, size_t i)
{
	return &m->at[i];
}

static const char *keep(struct marks *m, const char *s)
{
	return s ? arena_cstr(m->arena, str_of(s)) : NULL;
}

static size_t number_of(struct marks *m, const struct mark *of)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(str_of(m->at[i].context), str_of(of->context))
		    && str_eq(str_of(m->at[i].id), str_of(of->id)))
			return i;
	if (m->n == m->cap) {
		struct mark *grown;

		m->cap = m->cap ? 2 * m->cap : 64;
		grown = arena_array(m->arena, m->cap, sizeof *grown);
		if (m->n)
			memcpy(grown, m->at, m->n * sizeof *grown);
		m->at = grown;
	}
	m->at[m->n] = (struct mark){ keep(m, of->context), keep(m, of->id), keep(m, of->id_plural),
				     of->translated };
	return m->n++;
}

const char *marks_frame(struct marks *m, const struct mark *of, const char *sentence)
{
	return arena_printf(m->arena, BEGIN "%zu" MIDDLE "%s" END, number_of(m, of), sentence).p;
}

/* Where the next of the three stands; s.n: nowhere. */
static size_t next_sign(struct str s)
{
	for (size_t i = 0; i + LEN <= s.n; i++)
		if (memcmp(s.p + i, BEGIN, LEN - 1) == 0 && (unsigned char)s.p[i + 2] >= 0x80
		    && (unsigned char)s.p[i + 2] <= 0x82)
			return i;
	return s.n;
}

bool marks_are_in(struct str text)
{
	return next_sign(text) < text.n;
}

/* "12" and the middle sign: the number; leaves *rest behind them. */
static bool read_number(struct str *rest, size_t *ret)
{
	size_t i = 0, n = 0;

	while (i < rest->n && i < 7 && rest->p[i] >= '0' && rest->p[i] <= '9')
		n = n * 10 + (size_t)(rest->p[i++] - '0');
	if (i == 0 || !str_starts(str_skip(*rest, i), STR(MIDDLE)))
		return false;
	*rest = str_skip(*rest, i + LEN);
	*ret = n;
	return true;
}

bool marks_next(struct str *rest, struct marks_piece *ret)
{
	while (rest->n) {
		size_t at = next_sign(*rest);
		bool begins;

		if (at) {
			*ret = (struct marks_piece){ .kind = MARKS_TEXT,
						     .text = str_sub(*rest, 0, at) };
			*rest = str_skip(*rest, at);
			return true;
		}
		begins = str_starts(*rest, STR(BEGIN));
		*ret = (struct marks_piece){ .kind = begins ? MARKS_BEGIN : MARKS_END };
		at = str_starts(*rest, STR(END));
		*rest = str_skip(*rest, LEN);
		if (at || (begins && read_number(rest, &ret->number)))
			return true;
	}
	return false;
}

struct str marks_strip(struct arena *a, struct str text)
{
	CLEANUP(buf_release) struct buf b = BUF(text.n + 1);
	struct marks_piece p;

	if (!marks_are_in(text))
		return text;
	while (marks_next(&text, &p))
		if (p.kind == MARKS_TEXT)
			buf_add(&b, p.text);
	return arena_str(a, buf_str(&b));
}
