/* conn_read.c - from bytes to requests: heads, bodies, and who answers. */
#include "base/limits.h"
#include "server/loop.h"
#include "server/ready.h"

/* OPTIONS * asks the server, not the application. */
static void answer_options(struct conn *c, struct exchange *x)
{
	x->reply.status = 204;
	x->reply.head = STR("Allow: GET, HEAD, POST, OPTIONS\r\n");
	conn_reply(c, x);
}

/* The request is whole. `head` is where its bytes lie when they have to be copied
 * before they are given away. */
static void dispatch(struct conn *c, struct exchange *x, struct str head)
{
	const struct server_hooks *hooks = &c->loop->server->hooks;

	c->active = uv_now(&c->loop->uv);
	c->x = NULL;
	if (x->rq.path.p[0] == '*') {
		answer_options(c, x);
		return;
	}
	if (hooks->fast && hooks->fast(hooks->app, &x->rq, &x->reply)) {
		conn_reply(c, x);
		return;
	}
	/* From here on the request may outlive the connection. */
	if (head.n)
		exchange_keep(x, head);
	x->rq.peer = arena_str(x->arena, x->rq.peer);
	request_name(&x->rq);
	loop_count(&c->loop->handed);
	c->x = x;
	x->conn = c;
	c->loop->n_working++;
	conn_to(c, CONN_WORK);
	hooks->work(hooks->app, &x->rq, x);
}

static uint64_t body_limit(struct conn *c, const struct request *rq)
{
	const struct server_hooks *hooks = &c->loop->server->hooks;
	int64_t limit = LIMIT_BODY;

	if (hooks->body_limit)
		limit = hooks->body_limit(hooks->app, rq);
	return limit < 0 ? 0 : (uint64_t)limit;
}

/* A head is there whose body has to be read. `more`: bytes of it are there too. */
static void begin_body(struct conn *c, struct exchange *x, struct str head, bool more)
{
	uint64_t limit = body_limit(c, &x->rq);

	if (x->rq.length > limit || (x->rq.chunked && limit == 0)) {
		conn_refuse(c, x, 413);
		return;
	}
	exchange_keep(x, head);
	chunked_init(&x->chunked);
	x->body = (struct buf)BUF((size_t)limit);
	c->x = x;
	c->body_began = uv_now(&c->loop->uv);
	c->body_got = 0;
	conn_to(c, CONN_BODY);
	if (x->rq.wants_continue && !more)
		outbox_text(&c->loop->out, STR("HTTP/1.1 100 Continue\r\n\r\n"));
}

/* What stands before us has told of the reader. */
static void note_reader(struct conn *c, struct request *rq)
{
	const struct server *s = c->loop->server;

	rq->proxied = c->believed;
	if (c->believed)
		forwarded_apply(rq, s->config.forwarded, s->proxies.p, s->proxies.n);
	if (c->told_tls && !rq->told_scheme) {
		rq->told_scheme = true;
		rq->https = c->tls;
	}
}

/* Returns the bytes used; 0 when it is not whole. */
static size_t take_introduction(struct conn *c, struct str bytes)
{
	struct introduction in;

	switch (introduction_read(bytes, &in)) {
	case INTRODUCTION_MORE:
		return 0;
	case INTRODUCTION_DONE:
		if (conn_introduce(c, &in)) {
			conn_to(c, CONN_IDLE);
			return in.used;
		}
		break;
	case INTRODUCTION_BAD:
		break;
	}
	conn_close(c);
	return bytes.n;
}

/* Returns the bytes used; 0 when the head is not whole. */
static size_t take_head(struct conn *c, struct str bytes)
{
	struct exchange *x = exchange_take(c->loop);
	struct str head;

	x->rq.peer = str_from(c->peer, c->peer_n);
	x->rq.listener = c->listener;
	c->parser.heads = c->loop->heads;
	switch (parser_head(&c->parser, bytes, &x->rq)) {
	case PARSER_MORE:
		exchange_done(x);
		if (c->state == CONN_IDLE)
			conn_to(c, CONN_HEAD);
		return 0;
	case PARSER_BAD:
		request_init(&x->rq, x->arena);
		conn_refuse(c, x, c->parser.status);
		return bytes.n;
	case PARSER_DONE:
		break;
	}
	if (++c->streak == READY_STREAK)
		ready_once(c);
	if (loop_is_observed(c->loop))
		x->began = (int64_t)uv_hrtime();
	if (c->believed || c->told_tls)
		note_reader(c, &x->rq);
	head = str_sub(bytes, 0, c->parser.used);
	parser_init(&c->parser);
	if (x->rq.expect.n && x->rq.minor > 0 && !x->rq.wants_continue)
		conn_refuse(c, x, 417);
	else if (x->rq.chunked || x->rq.length)
		begin_body(c, x, head, bytes.n > head.n);
	else
		dispatch(c, x, head);
	return head.n;
}

/* A sender may pause for body_ms, and in the long run has to keep min_rate. */
static void set_body_deadline(struct conn *c)
{
	const struct server_config *config = &c->loop->server->config;
	uint64_t pause = uv_now(&c->loop->uv) + config->body_ms;
	uint64_t rate = c->body_began + config->body_ms + c->body_got * 1000 / config->min_rate;

	c->deadline = pause < rate ? pause : rate;
}

static void refuse_body(struct conn *c, int status)
{
	struct exchange *x = c->x;

	c->x = NULL;
	conn_refuse(c, x, status);
}

static enum chunked_result take_length(struct exchange *x, struct str bytes, size_t *used)
{
	uint64_t left = x->rq.length - x->body.n;

	*used = left < bytes.n ? (size_t)left : bytes.n;
	buf_add(&x->body, str_sub(bytes, 0, *used));
	return x->body.n == x->rq.length ? CHUNKED_DONE : CHUNKED_MORE;
}

static size_t take_body(struct conn *c, struct str bytes)
{
	struct exchange *x = c->x;
	struct loop *loop = c->loop;
	size_t used, had = x->body.n;
	enum chunked_result r;

	if (x->rq.chunked)
		r = chunked_read(&x->chunked, bytes.p, bytes.n, &x->body, &used);
	else
		r = take_length(x, bytes, &used);
	loop->body_bytes += x->body.n - had;
	c->body_got += x->body.n - had;

	if (r == CHUNKED_BAD) {
		refuse_body(c, 400);
	} else if (r == CHUNKED_TOO_LARGE) {
		refuse_body(c, 413);
	} else if (loop->body_bytes > loop->max_body_bytes) {
		refuse_body(c, 503);
	} else if (r == CHUNKED_DONE) {
		x->rq.body = buf_str(&x->body);
		dispatch(c, x, STR_NONE);
	} else {
		set_body_deadline(c);
	}
	return used;
}

size_t conn_take(struct conn *c, struct str bytes)
{
	size_t used = 0, n;

	for (unsigned taken = 0; used < bytes.n; taken++) {
		if (taken == LOOP_PART) {
			loop_put_off(c->loop, c);
			break;
		}
		if (!outbox_has_room(&c->loop->out)) {
			if (!conn_flush(c) && (c->state == CONN_IDLE || c->state == CONN_HEAD))
				conn_to(c, CONN_SEND);
		}
		if (c->state == CONN_IDLE || c->state == CONN_HEAD)
			n = take_head(c, str_skip(bytes, used));
		else if (c->state == CONN_INTRODUCTION)
			n = take_introduction(c, str_skip(bytes, used));
		else if (c->state == CONN_BODY)
			n = take_body(c, str_skip(bytes, used));
		else
			break;
		if (!n)
			break;
		used += n;
	}
	return used;
}
