/* server_bench.c - the ceiling of server/: one prepared page from memory, nothing else.
 *
 *	make src/server/server_bench && src/server/server_bench 127.0.0.1:8090 [loops]
 *	wrk -t1 -c64 -d5 http://127.0.0.1:8090/
 *
 * "/" answers on the loop with a 6 KiB page, "/work" by way of the mailbox. At its
 * end (SIGTERM) it prints requests and processor time for each of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "server/server.h"

#define PAGE 6144

static char page[PAGE];
static const struct str head = STR_INIT(
	"Content-Type: text/html; charset=utf-8\r\nContent-Length: 6144\r\n"
	"ETag: \"0123456789abcdef0123456789abcdef\"\r\nCache-Control: max-age=0\r\n"
	"Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n"
	"Content-Security-Policy: default-src 'self'\r\n\r\n");

static void fill(struct reply *reply)
{
	reply->head = head;
	reply->prepared = true;
	reply->body = str_from(page, PAGE);
}

static bool on_fast(void *app, struct request *rq, struct reply *reply)
{
	(void)app;
	if (!str_eq(rq->path, STR("/")))
		return false;
	fill(reply);
	return true;
}

static void on_work(void *app, struct request *rq, struct exchange *x)
{
	struct reply reply = REPLY(200);

	(void)app;
	(void)rq;
	fill(&reply);
	server_answer(x, &reply);
}

static void report(struct server *s)
{
	struct server_stats stats = server_stats(s);
	struct rusage use;
	double user, sys, n = stats.requests ? (double)stats.requests : 1;

	getrusage(RUSAGE_SELF, &use);
	user = (double)use.ru_utime.tv_sec * 1e6 + (double)use.ru_utime.tv_usec;
	sys = (double)use.ru_stime.tv_sec * 1e6 + (double)use.ru_stime.tv_usec;
	printf("%.0f requests, %.2f us user and %.2f us system each\n", n, user / n, sys / n);
}

int main(int argc, char **argv)
{
	const char *address = argc > 1 ? argv[1] : "127.0.0.1:8090";
	struct server_config config = SERVER_CONFIG;
	struct server_hooks hooks = { .fast = on_fast, .work = on_work };
	struct fail f = FAIL_INIT;
	struct server *s;

	for (size_t i = 0; i < PAGE; i++)
		page[i] = (char)('a' + i % 26);
	config.listen = &address;
	config.n_listen = 1;
	config.signals = true;
	config.loops = argc > 2 ? (unsigned)atoi(argv[2]) : 1;
	if (!server_new(&config, &hooks, &s, &f)) {
		fprintf(stderr, "%s\n", f.text);
		return 1;
	}
	printf("http://%s/\n", server_address(s, 0));
	fflush(stdout);
	server_run(s);
	report(s);
	server_free(s);
	return 0;
}
