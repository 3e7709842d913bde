/* lane.h - a busy site queues behind itself, never before others.
 *
 * Each key (a site) has a lane: first come, first served, one writer alone or a few
 * readers at a time. Jobs wait in their lane, not on a thread; at most
 * `readers_per_lane` jobs of a lane are in the pool at once, and no more than its part of the
 * threads while other lanes have jobs too, so the pool's own queue goes round the lanes. A
 * lane exists only while it has jobs.
 *
 *	           lane_submit
 *	waiting ---- lane_advance ----> in the pool ---- lane_run ----> done
 *	   ^  (a reader: no writer runs,                    |
 *	   |   fewer readers run than its share;            |
 *	   |   a writer: nothing runs)                      |
 *	   +------------- lane_advance, once more ----------+
 */
#ifndef WORK_LANE_H
#define WORK_LANE_H

#include <stdint.h>
#include "work/pool.h"

enum lane_kind { LANE_READ, LANE_WRITE };

struct lanes;

/* The pool outlives it. */
struct lanes *lanes_new(struct pool *pool, int readers_per_lane, size_t queue_max_per_lane);

/* Any thread. False: that lane or the pool is full, and run will not be called. */
MUST_CHECK bool lane_submit(struct lanes *l, uint64_t key, enum lane_kind kind,
			    void (*run)(void *), void *arg);

size_t lanes_count(struct lanes *l);		/* lanes that have jobs */
void lanes_free(struct lanes *l);		/* after pool_drain(); NULL is fine */

#endif
