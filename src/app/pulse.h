/* pulse.h - tells the supervisor that the server lives, as long as it really does.
 *
 * A thread that only said so would say it of a server that hangs. This one looks: every
 * loop has turned since the last time, and a page worker has answered a question that was
 * put into its queue. A loop that is stuck or workers that all wait for something that
 * never comes end the pulse, and with it, after WatchdogSec=, the process.
 */
#ifndef APP_PULSE_H
#define APP_PULSE_H

#include "app/supervisor.h"
#include "base/fail.h"
#include "server/server.h"
#include "work/pool.h"

struct pulse;

/* *ret is NULL when nobody waits for a pulse. All outlive it. */
MUST_CHECK bool pulse_start(const struct supervisor *s, struct server *server, struct pool *workers,
			    struct pulse **ret, struct fail *f);
void pulse_stop(struct pulse *p);	/* before the workers end; NULL is fine */

#endif
