/* metrics.h - what a running server counts, for Prometheus and for `hameau top`.
 *
 * Loops count for themselves and caches for theirs; all of it is summed here when somebody
 * asks. What only dispatch knows (renderings) is counted here, with atomics.
 */
#ifndef APP_METRICS_H
#define APP_METRICS_H

#include <stdatomic.h>

#include "app/access_log.h"
#include "app/busy.h"
#include "app/engine.h"
#include "server/server.h"
#include "work/lane.h"
#include "work/pool.h"

enum { METRICS_BUCKETS = 11 };		/* the last one is for all that takes longer */

struct metrics {
	/* What is asked; set before anything runs, lent. */
	struct engine *engine;
	struct server *server;
	struct pool *pages;
	struct lanes *lanes;
	struct access_log *log;

	int64_t began;			/* seconds, wall clock */
	_Atomic uint64_t failures;	/* renderings that failed */
	_Atomic uint64_t waited;	/* requests that waited for the rendering of another */
	_Atomic uint64_t buckets[METRICS_BUCKETS], render_ns;
	struct busy busy;
};

void metrics_init(struct metrics *m);
void metrics_release(struct metrics *m);

/* Any thread: a page of this site was rendered, or could not be, within ns. */
void metrics_rendered(struct metrics *m, uint64_t site, bool ok, int64_t ns);
void metrics_waited(struct metrics *m);		/* a request that another's rendering answers */

/* Everything in Prometheus' text format, version 0.0.4. Blocking (host.db): not for loops
 * that serve readers. */
void metrics_text(struct metrics *m, struct buf *b);
#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* What `hameau top` shows, as one JSON object. Blocking. */
void metrics_json(struct metrics *m, struct buf *b);

/* What both ask for; private to metrics*.c. */
struct metrics_process {
	int64_t rss, fds, max_fds, uptime;
	double cpu_s;
};
void metrics_process(const struct metrics *m, struct metrics_process *ret);
/* Seconds for which the longest overdue post has waited to be published; 0: none waits. */
int64_t metrics_publish_lag(const struct metrics *m);
uint64_t metrics_renders(const struct metrics *m);

#endif
