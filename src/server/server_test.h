/* server_test.h - a real server on a loopback port, and a client of blocking sockets.
 *
 * The application of these tests: "/fast..." is answered on the loop ("fast\n"),
 * "/fast/who" with "http ADDRESS\n", "/fast/number" with how many such were answered so far,
 * "/fast/gate" when the test has called kit_open_gate(),
 * "/big" with a large body, "/file" from a file, "/slow..." by another thread after
 * 150 ms, "/thread..." by it at once, "/late..." late, "/none..." with 404, everything else by the
 * work hook itself. Those answers say "METHOD path bytes-of-body\n".
 */
#ifndef SERVER_SERVER_TEST_H
#define SERVER_SERVER_TEST_H

#include "base/buf.h"
#include "base/test.h"
#include "server/server.h"

#define KIT_BIG (3 * 1024 * 1024)
#define KIT_FILE 300000

struct kit;

struct kit *kit_start(const struct server_config *config);	/* listens on 127.0.0.1:0 */
struct kit *kit_start_at(const struct server_config *config, const char *address);
void kit_stop(struct kit *k);			/* drains, waits, frees */
struct server *kit_server(struct kit *k);
int kit_reloads(struct kit *k);
void kit_wait_at_gate(struct kit *k);		/* until the loop does */
void kit_open_gate(struct kit *k);
/* Answers to "/late..." that left with a later tick of the first loop, while server_observe();
 * -1: one left at once. */
int kit_late(struct kit *k);
struct server_config kit_config(void);		/* one loop, short times */

int kit_connect(struct kit *k);
/* Sends in steps of so many bytes (0: random ones) and does not mind being cut off. */
void kit_send(int fd, struct str bytes, size_t step);
void kit_read_all(int fd, struct buf *out);	/* to the end, or five seconds */
void kit_read_some(int fd, struct buf *out, size_t n);	/* at least n, or to the end */
/* One connection: sends, reads to the end. */
void kit_talk(struct kit *k, struct str bytes, size_t step, struct buf *out);
int kit_status(struct str answer);
size_t kit_count(struct str haystack, const char *needle);
int64_t kit_ms(void);

#endif
