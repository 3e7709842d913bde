/* operator.h - what a server tells the machine it runs on: numbers, and which domains are
 * its own.
 *
 *	GET /metrics			for Prometheus (metrics.h)
 *	GET /ask?domain=anna.org	200 when a site has that name, else 404: what a proxy
 *					that gets certificates on demand asks before (Caddy's `ask`)
 *	GET /health			200, as long as the server serves
 *
 * An HTTP server of its own, on a loop and addresses of its own ([host] metrics: loopback,
 * a private network or a Unix socket), so that nothing of it can be reached through the
 * readers' addresses, and a slow database delays nobody but the asker.
 */
#ifndef APP_OPERATOR_H
#define APP_OPERATOR_H

#include "app/metrics.h"

struct operator;

/* like: addresses, given sockets and times; *ret is NULL when it names no address. */
MUST_CHECK bool operator_open(struct metrics *m, const struct server_config *like,
			      struct operator **ret, struct fail *f);
MUST_CHECK bool operator_start(struct operator *o, struct fail *f);	/* NULL is fine */
void operator_stop(struct operator *o);		/* and waits for its end; NULL is fine */
void operator_free(struct operator *o);		/* NULL is fine */
void operator_hand_over(struct operator *o);	/* another process has its sockets; NULL is fine */
struct server *operator_server(struct operator *o);	/* NULL for NULL */

#endif
