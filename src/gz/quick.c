/* quick.c - see quick.h.
 *
 * Four bytes are hashed, and what stood where that hash was seen last is compared. Where it is
 * alike, but for less than eight bytes, the next byte is tried too: often something longer begins
 * there. What was found is followed forwards, and backwards into the bytes that are still to be
 * written. Positions are kept modulo 64 KiB: what that makes of old ones is a guess like any other.
 */
#include "gz/quick.h"

#include <endian.h>
#include <string.h>
#include "gz/code.h"

enum { FARTHEST = 32768, GUARD = 16, HELD_MOST = 63, SLOT_BITS = 13 };
enum { SAMPLE = 16, QUARTERS_MOST = 25 };	/* one byte of so many; its bits, on average */

/* Bits that are being written. */
struct writer {
	unsigned char *to;		/* where the next byte goes */
	uint64_t held;			/* bits that are no byte yet */
	unsigned n;
};

/* Up to 56 bits after a flush. */
static inline void add(struct writer *w, uint64_t bits, unsigned n)
{
	w->held |= bits << w->n;
	w->n += n;
}

static inline void add_code(struct writer *w, struct code c)
{
	add(w, c.bits, c.n);
}

static inline void flush(struct writer *w)
{
	uint64_t bytes = htole64(w->held);

	memcpy(w->to, &bytes, sizeof bytes);
	w->to += w->n / 8;
	w->held >>= w->n & ~7u;
	w->n %= 8;
}

static inline void add_bytes(struct writer *w, const char *p, const char *end)
{
	while (p < end) {
		add_code(w, code_bytes[(unsigned char)*p++]);
		if (w->n > HELD_MOST - CODE_BITS_MOST)
			flush(w);
	}
	flush(w);
}

static inline void add_match(struct writer *w, size_t n, size_t distance)
{
	size_t x = distance - 1;
	struct code c = code_distances[x < CODE_NEAR ? x : CODE_NEAR + x / CODE_FAR_STEP];

	add_code(w, code_lengths[n]);
	add(w, c.bits, c.n);
	add(w, x & ((1u << c.extra) - 1), c.extra);
	flush(w);
}

/* Eight bytes, the first of them lowest. */
static inline uint64_t load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return le64toh(v);
}

/* The first byte of eight that is not nothing. */
static inline size_t first_of(uint64_t differ)
{
	return (unsigned)__builtin_ctzll(differ) / 8;
}

static inline size_t slot_of(uint32_t four)
{
	return four * 0x9e3779b1u >> (32 - SLOT_BITS);
}

/* What a run looks things up in. */
struct lookup {
	const char *text;
	uint16_t *last;
};

/* A repetition: n bytes at p stand so far before. */
struct match {
	const char *p;
	size_t n, distance;
};

static inline void note(struct lookup l, const char *p)
{
	l.last[slot_of((uint32_t)load8(p))] = (uint16_t)(p - l.text);
}

/* What the eight bytes at p differ in from where such four stood last. Notes p. */
static inline uint64_t look_up(struct lookup l, const char *p, size_t *distance)
{
	uint64_t eight = load8(p);
	size_t slot = slot_of((uint32_t)eight);
	uint16_t at = (uint16_t)(p - l.text);

	*distance = (uint16_t)(at - l.last[slot]);
	l.last[slot] = at;
	return eight ^ load8(p - *distance);
}

static inline bool is_match(uint64_t differ, size_t distance)
{
	return (uint32_t)differ == 0 && distance - 1 < FARTHEST;
}

/* How many bytes are alike, when the first eight are. */
static size_t follow(const char *p, size_t distance, const char *stop)
{
	const char *at = p + 8, *from = at - distance;

	if (stop - p > CODE_LONGEST)
		stop = p + CODE_LONGEST;
	for (; stop - at >= 8; at += 8, from += 8) {
		uint64_t differ = load8(at) ^ load8(from);

		if (differ)
			return (size_t)(at - p) + first_of(differ);
	}
	while (at < stop && *at == *from)
		at++, from++;
	return (size_t)(at - p);
}

static inline size_t length_of(uint64_t differ, const char *p, size_t distance, const char *stop)
{
	return differ ? first_of(differ) : follow(p, distance, stop);
}

/* What begins one byte later, if it is longer. */
static inline void look_on(struct lookup l, const char *stop, struct match *m)
{
	const char *p = m->p + 1;
	size_t distance, n;
	uint64_t differ = look_up(l, p, &distance);

	if (!is_match(differ, distance))
		return;
	n = length_of(differ, p, distance, stop);
	if (n > m->n)
		*m = (struct match){ p, n, distance };
}

/* Begins earlier, where what stands before both is alike, but not before from. */
static inline void extend_back(const char *from, const char *text, struct match *m)
{
	while (m->p > from && m->p - text > (ptrdiff_t)m->distance && m->n < CODE_LONGEST
	       && m->p[-1] == *(m->p - m->distance - 1)) {
		m->p--;
		m->n++;
	}
}

static void run(struct writer *to, struct lookup l, const char *stop)
{
	const char *p = l.text, *todo = p, *last = stop - p > GUARD ? stop - GUARD : p;
	struct writer w = *to;		/* by itself it stays in registers */

	while (p < last) {
		struct match m = { p, 0, 0 };
		uint64_t differ = look_up(l, p, &m.distance);

		if (!is_match(differ, m.distance)) {
			p++;
			continue;
		}
		m.n = length_of(differ, p, m.distance, stop);
		if (differ)
			look_on(l, stop, &m);
		if (todo < m.p) {
			extend_back(todo, l.text, &m);
			add_bytes(&w, todo, m.p);
		}
		add_match(&w, m.n, m.distance);
		todo = p = m.p + m.n;
		if (p < last) {
			note(l, p - 2);
			note(l, p - 1);
		}
	}
	add_bytes(&w, todo, stop);
	*to = w;
}

bool quick_suits(struct str text)
{
	size_t bits = 0, n = 0;

	for (size_t i = 0; i < text.n; i += SAMPLE, n++)
		bits += code_bytes[(unsigned char)text.p[i]].n;
	return bits * 4 <= n * QUARTERS_MOST;
}

/* A repetition has no more bits than the four bytes of which it has at least: 12 for each. */
size_t quick_room(size_t n)
{
	return n + n / 2 + code_head_n + 4 * sizeof(uint64_t);
}

size_t quick_pack(struct str text, unsigned char *to)
{
	uint16_t last[1 << SLOT_BITS] = { 0 };
	struct writer w = { to + code_head_n, 0, 0 };

	memcpy(to, code_head, code_head_n);
	add_code(&w, code_head_rest);
	run(&w, (struct lookup){ text.p, last }, text.p + text.n);
	add_code(&w, code_end);
	flush(&w);
	return (size_t)(w.to - to) + (w.n > 0);
}
