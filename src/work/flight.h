/* flight.h - a thousand readers of one stale page cost one rendering.
 *
 * The first who asks for a key leads: does the work, then lands. Whoever asks
 * meanwhile is called when the leader lands, on the leader's thread, with the
 * leader's result; `done` therefore only hands on. The result is lent for the call
 * (an entry: take a reference). A leader that failed lands with NULL and each one
 * decides for himself.
 *
 * A follower may get a result whose work began before he asked. Who must see his
 * own write does not follow: he renders for himself. Any thread; keys are copied.
 */
#ifndef WORK_FLIGHT_H
#define WORK_FLIGHT_H

#include "base/str.h"

struct flights;

struct flights *flights_new(void);
void flights_free(struct flights *fs);		/* nothing may be in the air; NULL is fine */

/* True: you lead and must call flight_land(). False: done(arg, result) will be called. */
MUST_CHECK bool flight_lead(struct flights *fs, struct str key,
			    void (*done)(void *arg, void *result), void *arg);
void flight_land(struct flights *fs, struct str key, void *result);
size_t flights_count(struct flights *fs);	/* in the air now: for tests */

#endif
