/* conn.h - one connection: from bytes to requests, from answers to bytes.
 *
 * Private to server/. Loop thread only.
 *
 *	 INTRODUCTION (from some proxies) -- take_introduction --> IDLE
 *
 *	                  first bytes of a head         head whole, a body follows
 *	       .--> IDLE ----------------------> HEAD -----------------------> BODY
 *	       |     |  '-> IDLE (head whole and   |                            |
 *	       |     |       answered from memory) |         take_head, take_body, dispatch
 *	       |     '--------------------+--------+----------------------------'
 *	       |                          |
 *	       |   not answered from memory          answered, but not all bytes have left
 *	       |                          v                          (a file, a slow reader)
 *	       |                        WORK ---- conn_answered ----------------> SEND
 *	       |                                                                  |
 *	       '------------------------- all sent: conn_sent --------------------+
 *	                                                                          | last answer
 *	   CLOSED <--- conn_close: the other end closed, or had its time --- LINGER
 *
 * Who has sent many requests at once is answered some of them in a turn of the loop, and others
 * come before the next ones (loop_put_off, conn_go_on): meanwhile what was read waits in `in`.
 *
 * From every state conn_close leads to CLOSED (errors, time-outs); conn_timeout in
 * HEAD and BODY answers 408 first. While a connection is in WORK or SEND nothing is
 * read from it: what it sends waits in the kernel, and what had been read with the
 * request waits in `in`.
 */
#ifndef SERVER_CONN_H
#define SERVER_CONN_H

#include <netinet/in.h>
#include <uv.h>

#include "http/introduction.h"
#include "http/parser.h"
#include "server/exchange.h"

struct listener;
struct loop;
struct spool;

enum conn_state {
	CONN_INTRODUCTION,	/* a proxy has yet to say who comes (PROXY protocol) */
	CONN_IDLE,		/* between requests */
	CONN_HEAD,		/* part of a head is there */
	CONN_BODY,		/* part of a body is there */
	CONN_WORK,		/* a worker has the request */
	CONN_SEND,		/* the answer is on its way */
	CONN_LINGER,		/* all said; waiting for the other end to close */
	CONN_CLOSED,		/* waiting for libuv to let go */
};

struct conn {
	union {
		uv_handle_t handle;
		uv_stream_t stream;
		uv_tcp_t tcp;
		uv_pipe_t pipe;
	};
	struct loop *loop;
	struct conn *prev, *next;	/* in the loop's list */
	struct conn *after, **before;	/* among those that are put off */
	enum conn_state state;
	bool reading;			/* libuv reads for us */
	bool ending;			/* the answer on its way is the last */
	bool put_off;			/* it had its part of this turn of the loop */
	bool once;			/* epoll tells of it once (ready.h), or did */
	unsigned streak;		/* requests since libuv told epoll of it */
	bool believed;			/* a proxy of ours: what it says of the reader is true */
	bool told_tls, tls;		/* said by its introduction */
	unsigned listener;
	uint64_t crowd;			/* for crowd_leave */
	unsigned sendings;		/* writes that libuv has queued */
	uint64_t deadline;		/* ms of the loop's clock; 0: none */
	uint64_t active;		/* when the last request came */
	uint64_t touched;		/* when the list was last put in order for it */

	struct parser parser;
	struct buf in;			/* bytes of requests not yet begun or whole */
	struct exchange *x;		/* the request in BODY and WORK, the file in SEND */
	struct spool *spool;		/* the file being sent */
	uint64_t body_began, body_got;	/* of the body being read */
	uint64_t unsent;		/* when the reader was last looked at */
	size_t discarded;		/* in LINGER */
	uv_shutdown_t shutdown;
	char peer[INET6_ADDRSTRLEN];
	size_t peer_n;			/* its length */
};

/* The events. Each may end in conn_close; the memory stays until libuv lets go. */
void conn_accept(struct listener *l);
void conn_input(struct conn *c, struct str bytes);
void conn_answered(struct conn *c, struct exchange *x);		/* x->reply is filled in */
void conn_sent(struct conn *c);			/* one queued write, or the file, has left */
void conn_go_on(struct conn *c);		/* it is no longer put off */
void conn_timeout(struct conn *c);
void conn_close(struct conn *c);

/* Between conn.c, conn_accept.c and conn_read.c. */
bool conn_introduce(struct conn *c, const struct introduction *in);	/* false: not welcome */
void conn_to(struct conn *c, enum conn_state state);	/* the only way to change it */
size_t conn_take(struct conn *c, struct str bytes);	/* works off input; returns bytes used */
void conn_reply(struct conn *c, struct exchange *x);	/* x->reply is filled in */
void conn_refuse(struct conn *c, struct exchange *x, int status);	/* and end; x may be NULL */
void conn_set_reading(struct conn *c);	/* as its state wants it */
bool conn_flush(struct conn *c);		/* sends the outbox; false: it is in the queue */

#endif
