/* loop.h - one thread of the server: its loop, connections and spare parts.
 *
 * Private to server/. Everything in a struct loop is touched by its own thread
 * only, but for the mailbox and the atomic numbers.
 */
#ifndef SERVER_LOOP_H
#define SERVER_LOOP_H

#include <uv.h>

#include "base/date.h"
#include "http/forwarded.h"
#include "server/conn.h"
#include "server/crowd.h"
#include "server/exchange.h"
#include "server/listener.h"
#include "server/mailbox.h"
#include "server/outbox.h"
#include "server/server.h"

#define LOOP_INPUT (64 * 1024)
#define LOOP_PART 16			/* heads, or pieces of bodies, of one connection a turn */
#define LOOP_SIGNALS 3
#define LOOP_LATE 1024			/* about 10 KiB each */
#define LOOP_OK 17			/* bytes of a status line */

struct loop {
	struct server *server;
	unsigned number;
	uv_loop_t uv;
	uv_thread_t thread;
	uv_timer_t tick;		/* the one timer: looks at every connection's deadline */
	uv_signal_t signals[LOOP_SIGNALS];	/* first loop only */
	struct mailbox mailbox;
	struct listener *listeners;
	size_t n_listeners;

	struct conn *first, *last;	/* all, least recently looked at first */
	unsigned n_open, max_open;	/* open: not yet closing */
	uint64_t squeezed;		/* max_open is less than configured, and until when */
	unsigned n_handles;		/* connections whose memory is still held */
	unsigned n_working;		/* exchanges with workers */
	size_t body_bytes, max_body_bytes;
	struct exchange *spare;
	unsigned n_spare;
	struct exchange *late, **last_late;	/* answers that leave with the next tick */
	unsigned n_late;
	struct conn *put_off, **last_put_off;
	unsigned n_put_off;
	uv_idle_t going_on;		/* runs while there are any */
	struct outbox out;
	struct heads *heads;

	bool holding;			/* full: somebody waits to be accepted */
	bool draining;
	atomic_bool ended;
	_Atomic uint64_t turns;		/* ticks: the loop lives */
	uint64_t seen_turns;		/* by server_has_turned */
	uint64_t ticked;		/* when the last tick was */
	uint64_t drain_until;
	uint64_t complained;		/* when we last logged that we turn connections away */
	int64_t date_of;		/* the second that `ok` says */
	char ok[LOOP_OK + DATE_HTTP_LEN + 9];	/* "HTTP/1.1 200 OK\r\nDate: ...\r\n" */

	/* As in struct server_stats; written by this thread only. */
	_Atomic uint64_t connections, closed, turned_away, evicted, errors, answers[6], handed,
		returned, bytes_in, bytes_out;
	char input[LOOP_INPUT];		/* every read of every connection lands here */
};

struct server_nets {
	struct forwarded_net *p;
	size_t n;
};

/* The file of a Unix socket is removed at the end by who has it. */
enum socket_file {
	SOCKET_FILE_NONE,	/* of no Unix socket, or systemd has it */
	SOCKET_FILE_LENT,	/* the server before us has it, until we run */
	SOCKET_FILE_OURS,
};

struct server {
	struct server_config config;
	struct server_hooks hooks;
	struct loop **loops;
	unsigned n_loops;
	char (*addresses)[LISTENER_TEXT];
	enum socket_file *files;	/* of each address */
	struct server_nets proxies, introducers;
	bool has_run;
	bool tells_once;		/* see ready.h */
	bool introduced_unix;		/* connections on Unix sockets are introduced too */
	struct str https_lines;
	struct crowd crowd;
	int fd_ceiling;			/* a connection whose descriptor is above needs room */
	atomic_bool stopping, reloading, handed_over, observed;
};

MUST_CHECK bool loop_open(struct loop *loop, struct server *s, unsigned number, struct fail *f);
void loop_run(void *loop);		/* until drained */
void loop_close(struct loop *loop);	/* after loop_run, or instead of it */

struct str loop_first_lines(struct loop *loop);	/* ready: status line of a 200, date */

/* A connection came or went. */
void loop_link(struct loop *loop, struct conn *c);
void loop_unlink(struct loop *loop, struct conn *c);
bool loop_make_room(struct loop *loop);		/* closes the longest idle; false: all are busy */
/* So many descriptors more are open than should be: takes fewer connections from now on,
 * and closes idle ones. False: all are busy. */
bool loop_squeeze(struct loop *loop, unsigned excess);
/* It has had its part of this turn: conn_go_on() comes in the next one. */
void loop_put_off(struct loop *loop, struct conn *c);
void loop_put_on(struct conn *c);		/* it is not, from now on */
void loop_accept_held(struct loop *loop);	/* there is room again */
void loop_settle(struct loop *loop);		/* ends the loop when a drain is over */

/* Adds to a number that only this thread writes. */
static inline void loop_count_by(_Atomic uint64_t *n, uint64_t by)
{
	atomic_store_explicit(n, atomic_load_explicit(n, memory_order_relaxed) + by,
			      memory_order_relaxed);
}

static inline void loop_count(_Atomic uint64_t *n)
{
	loop_count_by(n, 1);
}

static inline bool loop_is_observed(const struct loop *loop)
{
	return atomic_load_explicit(&loop->server->observed, memory_order_relaxed);
}

#endif
