/* ready.h - that a busy connection is ready is told once for each thing that came.
 *
 * libuv asks epoll who is ready again and again (level-triggered). The kernel then keeps who was
 * told of at the head of its list until it has looked once more; so of a page that everybody asks
 * for, all readers who have asked again by the next turn come before somebody who asked for
 * another page in the midst of this one, and each costs a look in vain. Told once
 * (edge-triggered), all come in the order in which they asked.
 *
 * libuv has no word for that, so it is said to its epoll behind its back, for connections that ask
 * often. It is true as long as libuv says nothing else of them: a connection whose reading is
 * stopped and begun again, or whose writes wait, is told of as before, and has to ask often again.
 * What is told once has to be used: a read takes all that is there (less came than fitted in) or
 * stops reading. Only the end of input may come unnoticed, together with the last bytes; so who
 * rests is told of as before (loop.c's tick), and then it shows.
 *
 * Private to server/. Loop thread only, but for ready_probe().
 */
#ifndef SERVER_READY_H
#define SERVER_READY_H

#include <stdbool.h>

struct conn;

#define READY_STREAK 8		/* requests that are often: a call for each such number of them */

/* Whether this libuv tells its epoll what we believe. False also where there is no epoll. */
bool ready_probe(void);

void ready_once(struct conn *c);	/* it asks often */
void ready_always(struct conn *c);	/* it rests, or ends; when it was told of once */

#endif
