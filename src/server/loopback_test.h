/* loopback_test.h - a real server on a loopback port, and a client of blocking sockets.
 *
 * The application of these tests: "/fast..." is answered on the loop ("fast\n"), "/fast/who" with
 * "http ADDRESS\n", "/fast/number" with how many such were answered so far, "/fast/gate" when the
 * test has called loopback_open_gate(), "/big" with a large body, "/file" from a file, "/slow..."
 * by another thread after 150 ms, "/held..." by it when the gate is open, "/thread..." by it at
 * once, "/late..." late, "/none..." with 404, everything else by the work hook itself. Those
 * answers say "METHOD path bytes-of-body\n".
 */
#ifndef SERVER_LOOPBACK_TEST_H
#define SERVER_LOOPBACK_TEST_H

#include "base/buf.h"
#include "base/test.h"
#include "server/server.h"

#define LOOPBACK_BIG (3 * 1024 * 1024)
#define LOOPBACK_FILE 300000

struct loopback;

struct loopback *loopback_start(const struct server_config *config);	/* listens on 127.0.0.1:0 */
struct loopback *loopback_start_at(const struct server_config *config, const char *address);
void loopback_stop(struct loopback *k);			/* drains, waits, frees */
struct server *loopback_server(struct loopback *k);
int loopback_reloads(struct loopback *k);
void loopback_wait_at_gate(struct loopback *k);		/* until the loop does */
void loopback_open_gate(struct loopback *k);
void loopback_wait_at_work(struct loopback *k);	/* until the other thread has one more to do */
/* Until the first loop has looked at all that was sent, or has begun to drain. */
void loopback_wait_for_look(struct loopback *k);
void loopback_wait_for_drain(struct loopback *k);
/* Answers to "/late..." that left with a later tick of the first loop, while server_observe();
 * -1: one left at once. */
int loopback_late(struct loopback *k);
struct server_config loopback_config(void);		/* one loop, short times */

int loopback_connect(struct loopback *k);
/* Sends in steps of so many bytes (0: random ones) and does not mind being cut off. */
void loopback_send(int fd, struct str bytes, size_t step);
void loopback_read_all(int fd, struct buf *out);	/* to the end */
void loopback_read_some(int fd, struct buf *out, size_t n);	/* at least n, or to the end */
/* One connection: sends, reads to the end. */
void loopback_talk(struct loopback *k, struct str bytes, size_t step, struct buf *out);
int loopback_status(struct str answer);
size_t loopback_count(struct str haystack, const char *needle);
int64_t loopback_ms(void);

#endif
