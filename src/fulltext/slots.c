/* slots.c - see slots.h: what is not done for each word. */
#include "fulltext/slots.h"

#include <string.h>
#include "base/mem.h"

void slots_init(struct slots *s, size_t n)
{
	*s = (struct slots){ mem_array(n, sizeof *s->p), n };
}

void slots_release(struct slots *s)
{
	mem_free(s->p);
}

void slots_clear(struct slots *s)
{
	memset(s->p, 0, s->n * sizeof *s->p);
}

void slots_grow(struct slots *s, const uint64_t *hash, size_t step, size_t n)
{
	const char *next = (const char *)hash;

	slots_release(s);
	slots_init(s, s->n * 2);
	for (uint32_t i = 1; i <= n; i++, next += step) {
		size_t at = slots_first(s, *(const uint64_t *)next);

		while (s->p[at])
			at = slots_next(s, at);
		s->p[at] = i;
	}
}
