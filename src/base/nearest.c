/* nearest.c - the optimal string alignment distance over short ASCII words. */
#include "base/nearest.h"

#define FAR 1000

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* One row of the table: row[j] is the distance of a[0..i) and b[0..j). */
static void fill_row(struct str a, struct str b, size_t i, unsigned row[3][NEAREST_MAX + 1])
{
	unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];

	now[0] = (unsigned)i;
	for (size_t j = 1; j <= b.n; j++) {
		bool same = lower(a.p[i - 1]) == lower(b.p[j - 1]);

		now[j] = least(last[j - 1] + !same, least(last[j], now[j - 1]) + 1);
		if (i > 1 && j > 1 && lower(a.p[i - 1]) == lower(b.p[j - 2])
		    && lower(a.p[i - 2]) == lower(b.p[j - 1]))
			now[j] = least(now[j], before[j - 2] + 1);
	}
}

static unsigned edits_between(struct str a, struct str b)
{
	unsigned row[3][NEAREST_MAX + 1];

	if (a.n > NEAREST_MAX || b.n > NEAREST_MAX)
		return FAR;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++)
		fill_row(a, b, i, row);
	return row[a.n % 3][b.n];
}

void nearest_init(struct nearest *n, struct str meant)
{
	/* A third of the letters may be wrong; more is another word. */
	*n = (struct nearest){ .meant = meant, .distance = (unsigned)meant.n / 3 + 1 };
	if (n->distance > 4)
		n->distance = 4;
	n->distance++;
}

void nearest_offer(struct nearest *n, struct str word)
{
	unsigned d = edits_between(n->meant, word);

	if (d >= n->distance)
		return;
	n->distance = d;
	n->best = word;
}
