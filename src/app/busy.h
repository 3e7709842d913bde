/* busy.h - which sites cost the most: renderings and their time, of the last minute or so.
 *
 * A table of fixed size. Sites that cost little make room for those that cost more; every
 * few seconds all numbers fade, so that an old storm is forgotten. Any thread; touched
 * when something is rendered, never for a page from memory.
 */
#ifndef APP_BUSY_H
#define APP_BUSY_H

#include <stddef.h>
#include <stdint.h>

#include "work/mutex.h"

enum { BUSY_PLACES = 64 };

struct busy_site {
	uint64_t site;
	double renders, ns;		/* faded: half of it counts after a minute */
	int64_t slowest_ns;		/* of those that count */
};

struct busy {
	struct mutex lock;
	int64_t faded;			/* when, ns of clock_ns() */
	struct busy_site places[BUSY_PLACES];
};

void busy_init(struct busy *b);
void busy_release(struct busy *b);
/* A rendering of the site took ns and ended at `now` (ns of clock_ns()). */
void busy_note(struct busy *b, uint64_t site, int64_t ns, int64_t now);

/* The costliest first as of `now`, at most `room`; returns how many. */
size_t busy_list(struct busy *b, int64_t now, struct busy_site *ret, size_t room);

#endif
