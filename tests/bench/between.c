/* between.c - how many answers of a page that everybody wants come before one of another page.
 *
 *	between PORT HOT QUIET CONNECTIONS TIMES
 *
 * So many connections ask for the front page of host HOT, each again as soon as it was answered.
 * Now and then, in the midst of them, one asks for that of host QUIET. Counted are the answers of
 * the hot page between its question and its answer, which no clock and no other program disturbs.
 * Prints "RESULT median p99 most".
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define ROOM (1 << 18)			/* the largest answer */

struct client {
	int fd;
	char *text;
	size_t got, wanted;		/* 0: its head is not whole */
	char request[400];
};

static int ready;				/* the epoll */
static long answers, asked = -1, next = 1000;	/* of the hot page: so far, at the question */

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void begin(struct client *c, int port, const char *host)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct epoll_event e = { .events = EPOLLIN | EPOLLET, .data.ptr = c };
	int on = 1;

	snprintf(c->request, sizeof c->request,
		 "GET / HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\n\r\n", host);
	c->text = malloc(ROOM);
	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (!c->text || connect(c->fd, (struct sockaddr *)&to, sizeof to))
		fail("connect");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	epoll_ctl(ready, EPOLL_CTL_ADD, c->fd, &e);
}

static void ask(struct client *c)
{
	size_t n = strlen(c->request);

	c->got = c->wanted = 0;
	if (write(c->fd, c->request, n) != (ssize_t)n)
		fail("write");
}

/* Reads what is there. Whether the answer is whole. */
static int is_answered(struct client *c)
{
	char *end, *length;
	ssize_t n;

	while ((n = recv(c->fd, c->text + c->got, ROOM - c->got, MSG_DONTWAIT)) > 0)
		c->got += (size_t)n;
	if (!n)
		fail("closed");
	end = c->wanted ? NULL : memmem(c->text, c->got, "\r\n\r\n", 4);
	if (end) {
		length = memmem(c->text, (size_t)(end - c->text), "Content-Length: ", 16);
		c->wanted = (size_t)(end + 4 - c->text)
			    + (length ? strtoul(length + 16, NULL, 10) : 0);
	}
	return c->wanted && c->got == c->wanted;
}

static int compare(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return x < y ? -1 : x > y;
}

/* One of them has its answer; *seen takes what was counted. Whether there is one more. */
static int go_on(struct client *c, struct client *quiet, long *seen)
{
	int is_over = c == quiet;

	if (is_over) {
		*seen = answers - asked;
		asked = -1;
		next = answers + 150 + random() % 200;
		return 1;
	}
	answers++;
	ask(c);
	if (asked < 0 && answers >= next) {
		asked = answers;
		ask(quiet);
	}
	return 0;
}

int main(int n, char **words)
{
	int hot = n == 6 ? atoi(words[4]) : 0, times = n == 6 ? atoi(words[5]) : 0, done = 0, found;
	struct client *clients = calloc((size_t)hot + 1, sizeof *clients);
	long *seen = calloc((size_t)times + 1, sizeof *seen);
	struct epoll_event events[256];

	if (!hot || !times || !clients || !seen)
		return 2;
	ready = epoll_create1(0);
	for (int i = 0; i <= hot; i++)
		begin(&clients[i], atoi(words[1]), words[i < hot ? 2 : 3]);
	for (int i = 0; i < hot; i++)
		ask(&clients[i]);
	while (done < times) {
		found = epoll_wait(ready, events, 256, -1);
		for (int i = 0; i < found && done < times; i++)
			if (is_answered(events[i].data.ptr))
				done += go_on(events[i].data.ptr, &clients[hot], &seen[done]);
	}
	qsort(seen, (size_t)times, sizeof *seen, compare);
	printf("RESULT %ld %ld %ld\n", seen[times / 2], seen[times * 99 / 100], seen[times - 1]);
	return 0;
}
