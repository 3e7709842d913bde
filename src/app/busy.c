/* busy.c - see busy.h. */
#include "app/busy.h"

#include <stdlib.h>
#include <string.h>

#define FADE_EVERY_NS 5000000000LL
#define FADE 0.944		/* the twelfth root of a half */
#define FORGOTTEN 0.1		/* of a rendering */

void busy_init(struct busy *b)
{
	memset(b, 0, sizeof *b);
	mutex_init(&b->lock, MUTEX_LEAF);
}

void busy_release(struct busy *b)
{
	mutex_release(&b->lock);
}

static void fade(struct busy *b, int64_t now)
{
	for (int i = 0; now - b->faded > FADE_EVERY_NS; i++) {
		b->faded += FADE_EVERY_NS;
		if (i == 1000)		/* long asleep: nothing is left to fade */
			b->faded = now;
		for (size_t k = 0; k < BUSY_PLACES; k++) {
			struct busy_site *s = &b->places[k];

			s->renders *= FADE;
			s->ns *= FADE;
			if (s->renders < FORGOTTEN)
				*s = (struct busy_site){ 0 };
		}
	}
}

static struct busy_site *place_of(struct busy *b, uint64_t site)
{
	struct busy_site *least = &b->places[0];

	for (size_t i = 0; i < BUSY_PLACES; i++) {
		if (b->places[i].renders > 0 && b->places[i].site == site)
			return &b->places[i];
		if (b->places[i].ns < least->ns)
			least = &b->places[i];
	}
	*least = (struct busy_site){ .site = site };
	return least;
}

void busy_note(struct busy *b, uint64_t site, int64_t ns, int64_t now)
{
	struct busy_site *s;

	MUTEX_HOLD(&b->lock);
	if (!b->faded)
		b->faded = now;
	fade(b, now);
	s = place_of(b, site);
	s->renders += 1;
	s->ns += (double)ns;
	if (ns > s->slowest_ns)
		s->slowest_ns = ns;
}

static int by_cost(const void *a, const void *b)
{
	const struct busy_site *x = a, *y = b;

	return x->ns < y->ns ? 1 : x->ns > y->ns ? -1 : 0;
}

size_t busy_list(struct busy *b, int64_t now, struct busy_site *ret, size_t room)
{
	struct busy_site all[BUSY_PLACES];
	size_t n = 0;

	mutex_lock(&b->lock);
	fade(b, now);
	memcpy(all, b->places, sizeof all);
	mutex_unlock(&b->lock);
	qsort(all, BUSY_PLACES, sizeof *all, by_cost);
	while (n < room && n < BUSY_PLACES && all[n].renders > 0) {
		ret[n] = all[n];
		n++;
	}
	return n;
}
