/* exchange.h - one request, its arena, and the reply that will come.
 *
 * Made for each request from the loop's spare ones (so no memory is asked for on
 * the usual path), given to the worker, and back. It outlives its connection: when
 * that dies first, `conn` is NULL and the answer is thrown away when it comes. Private to server/.
 */
#ifndef SERVER_EXCHANGE_H
#define SERVER_EXCHANGE_H

#include "http/chunked.h"
#include "http/reply.h"
#include "http/request.h"

struct conn;
struct loop;

struct exchange {
	struct exchange *next;		/* in the mailbox, or among the spare ones */
	struct loop *loop;
	struct conn *conn;		/* whose answer this will be; loop thread only */
	struct arena *arena;
	int64_t began;			/* when its head was there, ns of clock_ns(); 0: nobody
					   wants to know */
	struct request rq;
	struct reply reply;
	struct buf body;
	struct chunked chunked;
	struct field fields[REQUEST_FIELDS];	/* the first ones of rq; not cleared */
};

/* Loop thread only. */
struct exchange *exchange_take(struct loop *loop);
void exchange_done(struct exchange *x);		/* releases the reply; the exchange is spare */
void exchange_free(struct exchange *x);

/* The head lies in a buffer that will be used again: copies it into the arena and
 * points the request there. */
void exchange_keep(struct exchange *x, struct str head);

#endif
