/* dispatch.h - a request and its answer: from memory at once, or by a worker.
 *
 * dispatch_fast() runs on loop threads and never blocks; what it cannot answer goes
 * through a lane (work/lane.h) to dispatch_work(), which may open databases and
 * render. Readers who ask for a page while it is being rendered wait for that one
 * rendering.
 */
#ifndef APP_DISPATCH_H
#define APP_DISPATCH_H

#include "app/engine.h"
#include "app/metrics.h"
#include "http/reply.h"
#include "http/request.h"
#include "work/flight.h"
#include "work/lane.h"

struct exchange;

struct dispatch {
	struct engine *engine;
	struct lanes *lanes;
	struct flights *flights;
	struct metrics *metrics;	/* NULL: nobody counts */
};

/* True: *ret is filled in. */
bool dispatch_fast(struct dispatch *d, struct request *rq, struct reply *ret);
/* Takes the exchange; answers it now or later, also when all is full (503). Loop threads. */
void dispatch_work(struct dispatch *d, struct request *rq, struct exchange *x);

#endif
