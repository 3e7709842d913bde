/* buf.c - see buf.h. Growth doubles, so adding is O(1) over time. */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>
#include "base/mem.h"

void buf_release(struct buf *b)
{
	mem_free(b->p);
	*b = (struct buf)BUF(b->max);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->over = false;
	if (b->p)
		b->p[0] = '\0';
}

bool buf_ok(const struct buf *b)
{
	return !b->over;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

bool buf_reserve(struct buf *b, size_t more)
{
	size_t cap;

	if (more > b->max - b->n) {
		b->over = true;
		return false;
	}
	if (b->p && b->n + more < b->cap)
		return true;
	cap = b->cap ? b->cap * 2 : 128;
	if (cap < b->n + more + 1)
		cap = b->n + more + 1;
	if (cap > b->max + 1)
		cap = b->max + 1;
	b->p = mem_resize(b->p, cap, 1);
	b->cap = cap;
	return true;
}

/* The usual case of buf_reserve(): cap is never more than max and its NUL. */
static inline bool has_room(const struct buf *b, size_t more)
{
	return more < b->cap - b->n;
}

void buf_add(struct buf *b, struct str s)
{
	if (s.n == 0 || (!has_room(b, s.n) && !buf_reserve(b, s.n)))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_addc(struct buf *b, char c)
{
	if (!has_room(b, 1) && !buf_reserve(b, 1))
		return;
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

/* Into the room there is; once more where that was too small. */
void buf_addv(struct buf *b, const char *fmt, va_list ap)
{
	size_t room = b->p ? b->cap - b->n : 0;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, again);
	va_end(again);
	if (n >= 0 && (size_t)n >= room && buf_reserve(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
		room = (size_t)n + 1;
	}
	if (n >= 0 && (size_t)n < room)
		b->n += (size_t)n;
	if (b->p)
		b->p[b->n] = '\0';	/* also behind what did not fit */
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(b, fmt, ap);
	va_end(ap);
}

void buf_add_i64(struct buf *b, int64_t v)
{
	char digits[24];
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + left % 10);
	while (left /= 10);
	if (v < 0)
		digits[--at] = '-';
	buf_add(b, str_from(digits + at, sizeof digits - at));
}

void buf_cut(struct buf *b, size_t n)
{
	if (n >= b->n)
		return;
	b->n = n;
	b->p[n] = '\0';
}
