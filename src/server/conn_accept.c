/* conn_accept.c - a connection begins: who it is, and whether there is room. */
#include <arpa/inet.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/loop.h"

/* Proxies are not counted, and who will be introduced is counted then. False: he has
 * too many connections already. */
static bool is_let_in(struct conn *c, const struct sockaddr_storage *addr)
{
	struct server *s = c->loop->server;
	struct str peer = str_of(c->peer);

	c->believed = forwarded_net_has(s->proxies.p, s->proxies.n, peer);
	if (forwarded_net_has(s->introducers.p, s->introducers.n, peer)) {
		c->state = CONN_INTRODUCTION;
		return true;
	}
	return c->believed || crowd_enter(&s->crowd, addr, s->config.max_per_address, &c->crowd);
}

/* An IPv4 reader is one, even where a socket or a proxy for both kinds tells of it. */
static void settle_peer(struct conn *c)
{
	if (!strncmp(c->peer, "::ffff:", 7) && strchr(c->peer, '.'))
		memmove(c->peer, c->peer + 7, strlen(c->peer + 7) + 1);
	c->peer_n = strlen(c->peer);
}

/* Who it is. False: he has too many connections already. */
static bool note_peer(struct conn *c)
{
	struct sockaddr_storage addr;
	int n = sizeof addr;

	if (uv_tcp_getpeername(&c->tcp, (struct sockaddr *)&addr, &n))
		return true;
	if (addr.ss_family == AF_INET6)
		uv_ip6_name((struct sockaddr_in6 *)&addr, c->peer, sizeof c->peer);
	else
		uv_ip4_name((struct sockaddr_in *)&addr, c->peer, sizeof c->peer);
	settle_peer(c);
	return is_let_in(c, &addr);
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

static bool too_many(struct conn *c)
{
	complain(c->loop, "an address has too many connections; more of it are closed");
	loop_count(&c->loop->turned_away);
	return false;
}

/* Descriptors are given out lowest first: a high one tells that few are left. Then
 * the longest idle connection goes, or, when all are busy, the new one. */
static bool has_descriptors(struct conn *c)
{
	struct loop *loop = c->loop;
	bool has_room;
	int fd;

	if (uv_fileno(&c->handle, &fd) || fd < loop->server->fd_ceiling)
		return true;
	complain(loop, "file descriptors run out; idle connections are closed early");
	c->state = CONN_SEND;		/* not the one to go */
	/* All numbers below this one are taken. */
	has_room = loop_squeeze(loop, (unsigned)(fd - loop->server->fd_ceiling) + 1);
	if (c->state == CONN_SEND)
		c->state = CONN_IDLE;
	if (!has_room)
		loop_count(&loop->turned_away);
	return has_room;
}

static bool is_welcome(struct conn *c, const struct listener *l)
{
	if (l->is_unix) {
		c->believed = true;
		if (c->loop->server->introduced_unix)
			c->state = CONN_INTRODUCTION;
		return true;
	}
	uv_tcp_nodelay(&c->tcp, 1);
	if (note_peer(c))
		return true;
	return too_many(c);
}

bool conn_introduce(struct conn *c, const struct introduction *in)
{
	struct server *s = c->loop->server;
	struct sockaddr_storage addr = { .ss_family = AF_INET6 };
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&addr;
	struct sockaddr_in *in4 = (struct sockaddr_in *)&addr;

	c->told_tls = in->told_tls;
	c->tls = in->tls;
	if (!in->known)
		return true;
	memcpy(c->peer, in->address, sizeof c->peer);
	settle_peer(c);
	c->believed = forwarded_net_has(s->proxies.p, s->proxies.n, str_of(c->peer));
	if (inet_pton(AF_INET6, c->peer, &in6->sin6_addr) != 1) {
		addr.ss_family = AF_INET;
		inet_pton(AF_INET, c->peer, &in4->sin_addr);
	}
	if (c->believed || crowd_enter(&s->crowd, &addr, s->config.max_per_address, &c->crowd))
		return true;
	return too_many(c);
}

void conn_accept(struct listener *l)
{
	struct loop *loop = l->loop;
	struct conn *c = MEM_NEW(struct conn);

	c->loop = loop;
	c->state = CONN_IDLE;
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
	conn_to(c, c->state);
	c->active = uv_now(&loop->uv);
	conn_set_reading(c);
}
