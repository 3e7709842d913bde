/* listener.h - addresses and listening sockets.
 *
 * Each loop has its own socket for each TCP address (SO_REUSEPORT spreads the
 * connections) and its own duplicate of each Unix socket.
 *
 * Private to server/. Before the loops run, and then each on the thread of its loop.
 */
#ifndef SERVER_LISTENER_H
#define SERVER_LISTENER_H

#include <sys/socket.h>
#include <uv.h>

#include "base/fail.h"
#include "server/server.h"

struct loop;

#define LISTENER_TEXT SERVER_ADDRESS_TEXT	/* room for an address as text */

struct listener_address {
	struct sockaddr_storage addr;
	socklen_t len;
	bool dual;		/* ":port": IPv6 and IPv4 */
	char path[108];		/* of a Unix socket, else "" */
	unsigned mode;		/* of that socket's file */
};

struct listener {
	union {
		uv_handle_t handle;
		uv_stream_t stream;
		uv_tcp_t tcp;
		uv_pipe_t pipe;
	};
	struct loop *loop;
	unsigned index;		/* which of the configured addresses */
	bool is_unix;
	bool held;		/* a connection waits until there is room */
};

MUST_CHECK bool listener_parse(const char *text, struct listener_address *ret, struct fail *f);

/* Binds and listens: the socket of loop number `nth` of `sharers`; to be called in
 * their order. An asked port 0 is replaced in *address by the one given, so that
 * the next loop shares it. Unix sockets are bound once (nth 0 of 1) and duplicated by the
 * caller. *ret is the caller's. */
MUST_CHECK bool listener_bind(struct listener_address *address, unsigned nth, unsigned sharers,
			      int *ret, struct fail *f);

/* What a socket that listens already listens on. FAIL_INVALID: it does not. */
MUST_CHECK bool listener_of_socket(int fd, struct listener_address *ret, struct fail *f);

/* Takes the socket into the loop. */
MUST_CHECK bool listener_start(struct listener *l, struct loop *loop, unsigned index, bool is_unix,
			       int fd, struct fail *f);
/* As it is written in the configuration. */
void listener_text(const struct listener_address *address, char out[LISTENER_TEXT]);

/* Takes waiting connections, as many as there is room for. */
void listener_accept(struct listener *l);

#endif
