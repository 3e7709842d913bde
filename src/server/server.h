/* server.h - the sockets: bytes in, struct request out, struct reply in, bytes out.
 *
 * N threads, each with its own loop and its own SO_REUSEPORT listeners; a
 * connection stays with the loop that accepted it. The server frames every
 * message, so that the application cannot get it wrong: a request reaches a hook
 * only when its body is whole, and what cannot be framed is answered with 4xx and
 * closed. Malformed input, time-outs and limits are answered here; everything else
 * is the application's, through struct server_hooks.
 *
 * Signals: with config.signals, SIGTERM and SIGINT drain and SIGHUP reloads.
 * SIGPIPE is ignored for the process by server_new.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "base/fail.h"
#include "http/forwarded.h"
#include "http/reply.h"
#include "http/request.h"

struct server;
struct exchange;	/* one request on its way to an answer */

/* What the server asks of the application. Only `work` must be there. All but the
 * worker's own part run on loop threads, several at a time, and must not block. */
struct server_hooks {
	void *app;

	/* Answers from memory: true when *reply (given as REPLY(200)) was filled in. What
	 * it points to must not be the request's own bytes, but for the head. */
	bool (*fast)(void *app, struct request *rq, struct reply *reply);

	/* Hands the request on, to a lane say. From then on it belongs to the worker,
	 * which calls server_answer() exactly once, from any thread, at any time. */
	void (*work)(void *app, struct request *rq, struct exchange *x);

	/* How large a body this request may have (its head is known, its body not yet).
	 * NULL: LIMIT_BODY. */
	int64_t (*body_limit)(void *app, const struct request *rq);

	/* A request was answered, `ns` after its head had come; only while server_observe() is
	 * on. Loop threads. */
	void (*done)(void *app, struct request *rq, const struct reply *reply, int64_t ns);

	/* SIGHUP or server_reload(), on the first loop's thread. */
	void (*reload)(void *app);

	/* It is told to stop, on the first loop's thread; may be NULL. */
	void (*stopping)(void *app);

	/* The page for an error that the server itself answers: fills head and body from
	 * the arena. NULL: one plain line. rq may be half read: only its arena, host and
	 * fields are to be looked at, and they may be empty. */
	void (*error_page)(void *app, int status, const struct request *rq, struct reply *reply);
};

/* A socket that listens already: of systemd, or of the server before us. */
struct server_socket {
	int fd;			/* the server's from server_new on, also when that fails */
	bool ours;		/* a Unix socket whose file we remove at the end, once we ran */
};

struct server_config {
	const char *const *listen;	/* "127.0.0.1:8080" "[::1]:8080" ":8080" "unix:/path" */
	size_t n_listen;
	const struct server_socket *given;	/* used for the addresses they listen on; those
						   of none are closed */
	size_t n_given;
	unsigned socket_mode;		/* of Unix sockets */
	unsigned loops;			/* 0: one per core */
	const char *const *proxies;	/* addresses and networks: see http/forwarded.h */
	size_t n_proxies;
	enum forwarded_kind forwarded;	/* what these proxies set */
	const char *const *introducers;	/* the same, and "unix": who has to introduce the reader
					   by the PROXY protocol (http/introduction.h) */
	size_t n_introducers;
	const char *https_lines;	/* header lines for answers that go over https, or NULL */
	unsigned max_connections;	/* in all; the longest idle is closed for a new one, and
					   also when the process runs out of descriptors */
	unsigned max_per_address;	/* connections; more are closed at once; 0: any number */
	size_t max_body_memory;		/* bytes of bodies being read, in all; more is 503 */
	bool signals;

	unsigned idle_ms;		/* between requests */
	unsigned head_ms;		/* from the first byte of a head to its last */
	unsigned body_ms;		/* without a byte of a body; and see min_rate */
	unsigned write_ms;		/* a reader that takes less than min_rate so long */
	unsigned linger_ms;		/* after our last byte, for the other end to close */
	unsigned drain_ms;		/* after server_stop(), for what is under way */
	unsigned grace_ms;		/* then, for a request of who was just active */
	unsigned min_rate;		/* bytes a second, both ways, in the long run */
};

#define SERVER_CONFIG { \
	.socket_mode = 0660, .max_connections = 10000, .max_body_memory = 256u * 1024 * 1024, \
	.idle_ms = 60000, .head_ms = 10000, .body_ms = 20000, .write_ms = 20000, \
	.linger_ms = 2000, .drain_ms = 15000, .grace_ms = 1000, .min_rate = 1024 }

/* Opens all addresses: when it returns true, connections are queued for
 * server_run. The config's strings must stay until then only, but for https_lines.
 * Connections on a Unix socket and from a proxy of the list are believed what they
 * say of the reader, and not counted by their address. */
MUST_CHECK bool server_new(const struct server_config *config, const struct server_hooks *hooks,
			   struct server **ret, struct fail *f);

/* Serves until server_stop() and the drain are over. The caller's thread is the
 * first loop. Every exchange is answered before it returns. */
void server_run(struct server *s);
void server_free(struct server *s);		/* NULL is fine; not while it runs */

/* Any thread or signal handler. Stop accepts no more, closes idle connections and
 * lets the others finish: who was active a moment ago may be about to ask again, and has
 * grace_ms for it; the answer says that it was the last. */
void server_stop(struct server *s);

/* The sockets that listen, lent, for another process to accept from: connections that
 * wait in them are lost to nobody. Returns how many, at most `room`. Any thread, while
 * the server is not stopped. After server_hand_over() the files of Unix sockets are not
 * ours to remove any more. */
size_t server_sockets(const struct server *s, struct server_socket *ret, size_t room);
void server_hand_over(struct server *s);

/* Has every loop turned since the last time that this was true? One thread asks. */
bool server_has_turned(struct server *s);

/* What a listening socket that was given listens on, as config.listen would say it. */
#define SERVER_ADDRESS_TEXT 120
MUST_CHECK bool server_socket_address(int fd, char ret[SERVER_ADDRESS_TEXT], struct fail *f);
void server_reload(struct server *s);

/* The address that config.listen[i] became: "127.0.0.1:41234" where port 0 was asked. */
const char *server_address(const struct server *s, size_t i);

/* The worker's answer; any thread. The reply is copied; its slices must be as
 * reply.h says. After this call the request, its arena and the exchange belong to
 * the server again and must not be touched. */
void server_answer(struct exchange *x, const struct reply *reply);
struct request *server_request(struct exchange *x);	/* what `work` was given */

void server_observe(struct server *s, bool on);		/* hooks.done is called; any thread */

/* Numbers for an operator, since the start. Each loop counts for itself; they are summed
 * when they are asked for. Approximate while it runs. */
struct server_stats {
	uint64_t connections, closed;	/* accepted, and gone again */
	uint64_t turned_away;		/* too many of one address, or no descriptors */
	uint64_t evicted;		/* idle ones that made room */
	uint64_t requests, errors;	/* answered; by the server itself, with an error */
	uint64_t answers[6];		/* by the first digit of their status */
	uint64_t handed, returned;	/* given to workers, and answered by them */
	uint64_t bytes_in, bytes_out;
};
struct server_stats server_stats(const struct server *s);
struct server_stats server_loop_stats(const struct server *s, unsigned loop);
unsigned server_loops(const struct server *s);

#endif
