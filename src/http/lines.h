/* lines.h - where the lines of a head end: sixty-four bytes are looked at in one step.
 *
 * For http/parser. What stands in lines is no control byte, but for tabs; so the next control
 * byte is where the line ends, or what the head is refused for. Bytes above ASCII are as good
 * as letters here. Never reads a byte that is not there.
 */
#ifndef HTTP_LINES_H
#define HTTP_LINES_H

#include "http/lex.h"

#define LINES_STEP 64

struct lines {
	uint64_t odd;			/* of the last 64 bytes before `next`: where to stop */
	const char *next;		/* the lowest bit is the first of them */
	const char *head, *end;		/* a CR may stand from here to there */
};

/* Of a head; its last byte is no CR that a LF follows. */
static inline struct lines lines_of(struct str head)
{
	return (struct lines){ .head = head.p, .next = head.p,
			       .end = head.p + head.n - (head.n > 0) };
}

/* Which of 64 bytes are controls, DEL, or above ASCII. */
static inline uint64_t lines_odd(const char *p)
{
	uint32_t low = scan_text(scan_load(p)) | scan_text(scan_load(p + 16)) << 16;
	uint32_t high = scan_text(scan_load(p + 32)) | scan_text(scan_load(p + 48)) << 16;

	return ~(low | (uint64_t)high << 32);
}

/* The same of the last bytes, from `at` on, which are less than 64; they have the highest bits. */
uint64_t lines_odd_last(const char *head, const char *end, const char *at);

/* To the next block; there is one. */
static ALWAYS_INLINE void lines_step(struct lines *l)
{
	if (l->end - l->next >= LINES_STEP) {
		l->odd = lines_odd(l->next);
		l->next += LINES_STEP;
	} else {
		l->odd = lines_odd_last(l->head, l->end, l->next);
		l->next = l->end;
	}
}

static inline bool lines_is_stop(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

/* The next line is the one that begins there, in the same head. */
static inline void lines_go_to(struct lines *l, const char *line)
{
	l->odd = 0;
	l->next = line < l->end ? line : l->end;
}

/* From here on there are no more ends. */
static inline const char *lines_stop(struct lines *l)
{
	l->odd = 0;
	l->next = l->end;
	return NULL;
}

/* Whether a line feed is that of the CRLF that was given last, which ended a block. */
static inline bool lines_is_rest(const struct lines *l, const char *p)
{
	return *p == '\n' && p > l->head && p[-1] == '\r';
}

/* The CRLF that ends the line behind the last one. NULL, now and ever: the bytes end before, or
 * another control byte comes first. */
static ALWAYS_INLINE const char *lines_end(struct lines *l)
{
	const char *p;

	for (;;) {
		for (; !l->odd; lines_step(l))
			if (l->next == l->end)
				return NULL;
		p = l->next - LINES_STEP + (size_t)__builtin_ctzll(l->odd);
		l->odd &= l->odd - 1;
		if (lex_two(p) == lex_two("\r\n"))
			break;
		if (lines_is_stop(*p) && !lines_is_rest(l, p))
			return lines_stop(l);
	}
	/* The line feed is the next one, or the first of the next block. */
	l->odd &= l->odd - 1;
	return p;
}

#endif
