/* slots.h - where a word of a list is: open addressing by its hash, for who compares words himself.
 *
 *	for (at = slots_first(s, hash); s->p[at]; at = slots_next(s, at))
 *		if (it is word number s->p[at] - 1)
 *			return it;
 *	append it; s->p[at] = how many there are; grow when they are more than half of s->n
 */
#ifndef FULLTEXT_SLOTS_H
#define FULLTEXT_SLOTS_H

#include <stddef.h>
#include <stdint.h>

struct slots {
	uint32_t *p;			/* number of a word + 1; 0: free */
	size_t n;			/* a power of two */
};

void slots_init(struct slots *s, size_t n);	/* n free ones: a power of two */
void slots_release(struct slots *s);
void slots_clear(struct slots *s);		/* all are free, and as many */
/* Twice as large, for n words; the first has its hash at *hash, the others `step` bytes behind the
 * one before. */
void slots_grow(struct slots *s, const uint64_t *hash, size_t step, size_t n);

static inline size_t slots_first(const struct slots *s, uint64_t hash)
{
	return hash & (s->n - 1);
}

static inline size_t slots_next(const struct slots *s, size_t at)
{
	return (at + 1) & (s->n - 1);
}

#endif
