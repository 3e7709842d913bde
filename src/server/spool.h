/* spool.h - a file on its way into a connection.
 *
 * The loop never waits for a disk: libuv's file threads send part after part with
 * sendfile(2). A connection has at most one. When it dies, the
 * spool stays until the piece under way comes back. Private to server/. Loop thread only.
 */
#ifndef SERVER_SPOOL_H
#define SERVER_SPOOL_H

#include <stdint.h>

struct conn;
struct spool;

/* Sends the file of c->x, whose head has left, and calls conn_sent when all is
 * sent or conn_close when it cannot be. Does nothing when it is under way. */
void spool_start(struct conn *c);
void spool_abandon(struct conn *c);		/* the connection is closing */
uint64_t spool_left(const struct spool *s);	/* bytes not read yet; NULL: 0 */

#endif
