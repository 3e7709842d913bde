/* handover.h - a new server takes the place of one that runs, and loses no connection.
 *
 *	new server (serve --replace)		old server
 *	handover_take	-- TAKE frame -->	control.c: handover_give
 *			<-- lock, sockets --
 *	opens, loads, warms ...			goes on serving
 *	handover_finish	-- done -->
 *			<-- going --		drains: accepts no more, ends what runs
 *
 * Over the control socket, so only the user of the server and root may. The descriptors
 * are those that the old one has open: connections that wait in a listening socket wait
 * on, for whichever process accepts; the lock of the host is never free in between. A
 * new server that dies on the way leaves the old one as it was. While the old one drains
 * both work on the host: its databases, counters and cache files are made for several
 * processes, and what is kept in memory is asked from the counters each time.
 */
#ifndef APP_HANDOVER_H
#define APP_HANDOVER_H

#include "base/arena.h"
#include "base/fail.h"

#define HANDOVER_SOCKETS 1024		/* addresses times loops */

struct handover_socket {
	int fd;
	bool is_operator;		/* of the operator's listener, not of readers */
	bool ours;			/* a Unix socket whose file we remove at the end */
};

struct handover {
	int channel;			/* to the other process; -1: there is none */
	int lock;
	struct handover_socket sockets[HANDOVER_SOCKETS];
	size_t n;
};

/* The new server. path: of the control socket. Blocking: half a minute is given for each word of
 * the other, five minutes for the start of the new one. FAIL_NOT_FOUND: no server runs. */
MUST_CHECK bool handover_take(const char *path, struct handover *ret, struct fail *f);
/* All is open: the old one may go. Returns when it accepts no more. */
MUST_CHECK bool handover_finish(struct handover *h, struct fail *f);
void handover_release(struct handover *h);	/* closes what nobody took */

/* The old server, which fills h with what it lends; fd: the control connection. True: the
 * other has all and waits for handover_going(). */
bool handover_give(int fd, const struct handover *h);
void handover_going(int fd);

#endif
