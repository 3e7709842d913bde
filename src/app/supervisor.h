/* supervisor.h - the process that started us and watches over us, when there is one.
 *
 * It speaks as systemd does: sockets that listen already come as descriptors from 3 on
 * (LISTEN_FDS, sd_listen_fds(3)); what happens here is told in datagrams to
 * NOTIFY_SOCKET (sd_notify(3)); with WATCHDOG_USEC it starts the server anew when we have
 * not told for so long that we live. Without these variables everything here does
 * nothing. Why this is not libsystemd: doc/adr/0011-restarts.md.
 */
#ifndef APP_SUPERVISOR_H
#define APP_SUPERVISOR_H

#include <sys/socket.h>
#include <sys/un.h>

#include "base/arena.h"
#include "base/attrs.h"
#include "base/limits.h"

struct supervisor_socket {
	int fd;				/* ours to close */
	const char *name;		/* FileDescriptorName= of the socket unit */
};

struct supervisor {
	int notify;			/* -1: nobody listens */
	struct sockaddr_un to;
	socklen_t to_len;
	int64_t watchdog_ms;		/* 0: nobody waits for us */
	struct supervisor_socket sockets[LIMIT_LISTENERS];
	size_t n_sockets;
};

/* Reads the environment, and takes the variables out of it: they are not meant for
 * processes that we start. Main thread, while there is no other. Names live in the arena. */
void supervisor_init(struct supervisor *s, struct arena *a);
void supervisor_release(struct supervisor *s);	/* closes no socket that was given */

/* "READY=1", "STOPPING=1", several lines at once. Any thread. */
void supervisor_tell(const struct supervisor *s, const char *state);
/* RELOADING=1 with the time that systemd wants beside it; READY=1 ends it. */
void supervisor_tell_reloading(const struct supervisor *s);

#endif
