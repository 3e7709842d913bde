/* conn_accept.c - a connection begins: who it is, and whether there is room. */
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/loop.h"

/* Who it is. False: he has too many connections already. */
static bool note_peer(struct conn *c)
{
	struct sockaddr_storage addr;
	struct server *s = c->loop->server;
	int n = sizeof addr;

	if (uv_tcp_getpeername(&c->tcp, (struct sockaddr *)&addr, &n))
		return true;
	if (addr.ss_family == AF_INET6)
		uv_ip6_name((struct sockaddr_in6 *)&addr, c->peer, sizeof c->peer);
	else
		uv_ip4_name((struct sockaddr_in *)&addr, c->peer, sizeof c->peer);
	/* An IPv4 client of a socket for both kinds. */
	if (!strncmp(c->peer, "::ffff:", 7) && strchr(c->peer, '.'))
		memmove(c->peer, c->peer + 7, strlen(c->peer + 7) + 1);
	c->believed = forwarded_net_has(s->proxies, s->n_proxies, str_of(c->peer));
	return c->believed || crowd_enter(&s->crowd, &addr, s->config.max_per_address, &c->crowd);
}

/* At most every ten seconds: who floods us shall not flood the log. */
static void complain(struct loop *loop, const char *what)
{
	uint64_t now = uv_now(&loop->uv);

	if (loop->complained && now - loop->complained <= 10000)
		return;
	log_warn("%s", what);
	loop->complained = now;
}

/* Descriptors are given out lowest first: a high one tells that few are left. Then
 * the longest idle connection goes, or, when all are busy, the new one. */
static bool has_descriptors(struct conn *c)
{
	struct loop *loop = c->loop;
	int fd;

	if (uv_fileno(&c->handle, &fd) || fd < loop->server->fd_ceiling)
		return true;
	complain(loop, "file descriptors run out; idle connections are closed early");
	conn_to(c, CONN_SEND);		/* not the one to go */
	return loop_make_room(loop);
}

static bool is_welcome(struct conn *c, const struct listener *l)
{
	c->believed = l->is_unix;
	if (l->is_unix)
		return true;
	uv_tcp_nodelay(&c->tcp, 1);
	if (note_peer(c))
		return true;
	complain(c->loop, "an address has too many connections; more of it are closed");
	return false;
}

void conn_accept(struct listener *l)
{
	struct loop *loop = l->loop;
	struct conn *c = MEM_NEW(struct conn);

	c->loop = loop;
	c->listener = l->index;
	c->in = (struct buf)BUF(LIMIT_HEAD + 2 * LOOP_INPUT);
	if (l->is_unix)
		uv_pipe_init(&loop->uv, &c->pipe, 0);
	else
		uv_tcp_init(&loop->uv, &c->tcp);
	c->handle.data = c;
	loop->n_handles++;
	loop_link(loop, c);
	loop_count(&loop->connections);
	if (uv_accept(&l->stream, &c->stream)) {
		conn_close(c);
		return;
	}
	if (!has_descriptors(c) || !is_welcome(c, l)) {
		conn_close(c);
		return;
	}
	conn_to(c, CONN_IDLE);
	c->active = uv_now(&loop->uv);
	conn_set_reading(c);
}
