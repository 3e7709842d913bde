/* conn.c - the states of a connection, and its way out. See conn.h for the diagram;
 * what its input means is conn_read.c's. */
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/limits.h"
#include "base/mem.h"
#include "server/loop.h"
#include "server/ready.h"
#include "server/spool.h"

#define LINGER_BYTES (1 * MIB)	/* more than this is not read only to be polite */

/* What did not leave at once: the outbox, moved to memory of its own. */
struct sending {
	uv_write_t write;
	struct conn *c;
	char *text;
	unsigned n_answers;
	struct exchange *answers[OUTBOX_ANSWERS];
};

static uint64_t deadline_of(struct conn *c, enum conn_state state)
{
	const struct server_config *config = &c->loop->server->config;
	uint64_t now = uv_now(&c->loop->uv);

	switch (state) {
	case CONN_IDLE:
		return now + config->idle_ms;
	case CONN_INTRODUCTION:
	case CONN_HEAD:
		return now + config->head_ms;
	case CONN_BODY:
		return now + config->body_ms;
	case CONN_SEND:
		return now + config->write_ms;
	case CONN_LINGER:
		return now + config->linger_ms;
	case CONN_WORK:
	case CONN_CLOSED:
		break;
	}
	return 0;
}

void conn_to(struct conn *c, enum conn_state state)
{
	c->state = state;
	c->deadline = deadline_of(c, state);
	if (state == CONN_SEND)
		c->unsent = UINT64_MAX;
}

static void on_alloc(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
	struct conn *c = handle->data;

	(void)wanted;
	*buf = (uv_buf_t){ .base = c->loop->input, .len = LOOP_INPUT };
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct conn *c = stream->data;

	if (n > 0)
		conn_input(c, str_from(buf->base, (size_t)n));
	else if (n < 0)
		conn_close(c);
	/* There is more, which libuv would read now. */
	if (n == LOOP_INPUT) {
		loop_put_off(c->loop, c);
		conn_set_reading(c);
	}
}

/* What epoll is told of it is libuv's again (ready.h). */
static void told_by_libuv(struct conn *c)
{
	c->once = false;
	c->streak = 0;
}

/* Reads exactly in the states that want input. Costs nothing while that stays so. */
void conn_set_reading(struct conn *c)
{
	bool want = (c->state <= CONN_BODY || c->state == CONN_LINGER) && !c->put_off;

	if (c->state == CONN_CLOSED || want == c->reading)
		return;
	c->reading = want;
	told_by_libuv(c);
	if (want)
		uv_read_start(&c->stream, on_alloc, on_read);
	else
		uv_read_stop(&c->stream);
}

static void on_shutdown(uv_shutdown_t *rq, int status)
{
	struct conn *c = rq->data;

	if (status < 0 && status != UV_ECANCELED)
		conn_close(c);
}

/* Closing at once while input waits unread would reset the connection and could
 * take the answer with it. So: say that we are done, and wait for the other end. */
static void linger(struct conn *c)
{
	conn_to(c, CONN_LINGER);
	ready_always(c);
	buf_release(&c->in);
	c->shutdown.data = c;
	if (uv_shutdown(&c->shutdown, &c->stream, on_shutdown))
		conn_close(c);
}

static void on_sent(uv_write_t *write, int status)
{
	struct sending *s = (struct sending *)write;
	struct conn *c = s->c;

	for (unsigned i = 0; i < s->n_answers; i++)
		exchange_done(s->answers[i]);
	mem_free(s->text);
	mem_free(s);
	c->sendings--;
	if (status < 0)
		conn_close(c);
	else
		conn_sent(c);
}

/* Queues what stands in the outbox behind its first `sent` bytes. */
static bool queue_rest(struct conn *c, size_t sent)
{
	struct outbox *o = &c->loop->out;
	struct sending *s = MEM_NEW(struct sending);
	unsigned i = 0;
	int r;

	s->c = c;
	s->text = mem_alloc(o->text.n + 1);
	memcpy(s->text, o->text.p, o->text.n);
	while (sent >= o->pieces[i].len)
		sent -= o->pieces[i++].len;
	o->pieces[i].base += sent;
	o->pieces[i].len -= sent;
	for (unsigned k = i; k < o->n_pieces; k++)
		if (o->pieces[k].base >= o->text.p && o->pieces[k].base < o->text.p + o->text.n)
			o->pieces[k].base = s->text + (o->pieces[k].base - o->text.p);
	s->n_answers = o->n_answers;
	memcpy(s->answers, o->answers, o->n_answers * sizeof o->answers[0]);
	r = uv_write(&s->write, &c->stream, o->pieces + i, o->n_pieces - i, on_sent);
	if (r) {
		mem_free(s->text);
		mem_free(s);
		return false;
	}
	o->n_answers = 0;
	c->sendings++;
	told_by_libuv(c);
	return true;
}

bool conn_flush(struct conn *c)
{
	struct outbox *o = &c->loop->out;
	int r = UV_ECANCELED;
	bool queued = false;

	if (!o->n_pieces)
		return c->sendings == 0;
	if (c->state != CONN_CLOSED)
		r = uv_try_write(&c->stream, o->pieces, o->n_pieces);
	if (r == UV_EAGAIN)
		r = 0;
	loop_count_by(&c->loop->bytes_out, o->bytes);
	if (r >= 0 && (size_t)r < o->bytes)
		queued = queue_rest(c, (size_t)r);
	if (r < 0 || ((size_t)r < o->bytes && !queued))
		conn_close(c);
	outbox_clear(o);
	return !queued;
}

/* What the reader has not taken. The kernel has megabytes of it, and asks for more only when a
 * third of them has left. */
static uint64_t unsent_bytes(const struct conn *c)
{
	uv_os_fd_t fd;
	int held = 0;

	if (!uv_fileno(&c->handle, &fd))
		ioctl(fd, SIOCOUTQ, &held);
	return uv_stream_get_write_queue_size(&c->stream) + spool_left(c->spool) + (uint64_t)held;
}

/* After every event: sends what is ready, goes on with what lies there, and reads
 * on or not. */
static void settle(struct conn *c)
{
	size_t used;

	while (conn_flush(c) && c->state != CONN_CLOSED) {
		if (c->state == CONN_SEND) {
			if (c->x || c->spool) {
				spool_start(c);
				break;
			}
			if (c->ending || c->loop->draining) {
				linger(c);
				break;
			}
			conn_to(c, CONN_IDLE);
		}
		if (!c->in.n || c->put_off)
			break;
		used = conn_take(c, buf_str(&c->in));
		conn_flush(c);
		if (c->state == CONN_CLOSED || (!used && c->state != CONN_SEND))
			break;
		memmove(c->in.p, c->in.p + used, c->in.n - used);
		buf_cut(&c->in, c->in.n - used);
	}
	if (c->in.p && !c->in.n)
		buf_release(&c->in);
	/* Who does not read our answers gets no more of them. */
	if (c->sendings && (c->state == CONN_IDLE || c->state == CONN_HEAD))
		conn_to(c, CONN_SEND);
	if (c->state == CONN_SEND && c->unsent == UINT64_MAX)
		c->unsent = unsent_bytes(c);
	conn_set_reading(c);
}

/* As nearly always: all was read and has left, or the rest of a head is to come. */
static inline bool is_settled(const struct conn *c)
{
	if (c->sendings)
		return false;
	return c->state == CONN_HEAD
		|| (c->state == CONN_IDLE && !c->in.p && c->reading && !c->put_off);
}

void conn_input(struct conn *c, struct str bytes)
{
	size_t used;

	loop_count_by(&c->loop->bytes_in, bytes.n);
	if (c->state == CONN_LINGER) {
		c->discarded += bytes.n;
		if (c->discarded > LINGER_BYTES)
			conn_close(c);
		return;
	}
	if (c->in.n) {
		buf_add(&c->in, bytes);
	} else {
		used = conn_take(c, bytes);
		conn_flush(c);
		if (used < bytes.n && c->state != CONN_CLOSED)
			buf_add(&c->in, str_skip(bytes, used));
		if (is_settled(c))
			return;
	}
	settle(c);
}

void conn_go_on(struct conn *c)
{
	settle(c);
}

void conn_answered(struct conn *c, struct exchange *x)
{
	c->x = NULL;
	conn_reply(c, x);
	settle(c);
}

void conn_sent(struct conn *c)
{
	if (c->state == CONN_SEND && !c->sendings)
		settle(c);
}

/* What went wrong, or was refused here, can be asked for by its name. */
static struct str with_id(struct exchange *x, struct str lines)
{
	request_name(&x->rq);
	return arena_printf(x->arena, "%.*sX-Request-Id: %.*s\r\n", STR_ARG(lines),
			    STR_ARG(x->rq.id));
}

static void tell_done(struct loop *loop, struct exchange *x)
{
	const struct server_hooks *hooks = &loop->server->hooks;

	if (hooks->done)
		hooks->done(hooks->app, &x->rq, &x->reply,
			    x->began ? (int64_t)uv_hrtime() - x->began : 0);
}

void conn_reply(struct conn *c, struct exchange *x)
{
	struct loop *loop = c->loop;
	struct reply *r = &x->reply;
	struct reply_frame frame = { .ok = loop_first_lines(loop) };
	bool file;

	if (r->head.n > OUTBOX_HEAD - 512) {
		conn_refuse(c, x, 500);
		return;
	}
	/* In a full house nobody keeps a seat that others wait for. */
	c->ending |= r->close || !x->rq.keep_alive || loop->draining || loop->holding;
	frame.date = str_skip(frame.ok, LOOP_OK);
	frame.close = c->ending;
	frame.keep_alive = !c->ending && x->rq.minor == 0;
	if (x->rq.https)
		frame.lines = loop->server->https_lines;
	if (r->status >= 500 || (r->status >= 400 && r->close))
		frame.lines = with_id(x, frame.lines);
	if (loop_is_observed(loop))
		tell_done(loop, x);
	file = r->has_file && r->file_bytes && x->rq.method != HTTP_HEAD &&
	       reply_may_have_body(r->status);
	outbox_answer(&loop->out, x, &frame, file);
	if (file)
		c->x = x;
	loop_count(&loop->answers[(unsigned)r->status / 100 % 6]);
	if (file || c->ending || c->state == CONN_WORK)
		conn_to(c, CONN_SEND);
	else
		conn_to(c, CONN_IDLE);
}

static void plain_page(struct exchange *x, int status)
{
	x->reply.head = STR("Content-Type: text/plain; charset=utf-8\r\n"
			    "Cache-Control: no-store\r\n");
	x->reply.body = arena_printf(x->arena, "%d %s\n", status, http_status_text(status));
}

void conn_refuse(struct conn *c, struct exchange *x, int status)
{
	const struct server_hooks *hooks = &c->loop->server->hooks;
	struct reply old;

	if (!x)
		x = exchange_take(c->loop);
	/* What a reply owned that could not be sent is released with this one. */
	old = x->reply;
	x->reply = (struct reply){ .status = status, .close = true, .has_file = old.has_file,
				   .fd = old.fd, .release = old.release, .owner = old.owner };
	if (!x->rq.peer.n)		/* of a head that could not be read */
		x->rq.peer = str_of(c->peer);
	request_name(&x->rq);
	if (hooks->error_page)
		hooks->error_page(hooks->app, status, &x->rq, &x->reply);
	if (!x->reply.body.n || x->reply.head.n > OUTBOX_HEAD / 2)
		plain_page(x, status);
	if (status == 503)
		x->reply.head = arena_printf(x->arena, "%.*sRetry-After: 5\r\n",
					     STR_ARG(x->reply.head));
	c->ending = true;
	loop_count(&c->loop->errors);
	conn_reply(c, x);
}

/* In the long run a reader has to take min_rate. (A part of a file that has just reached the
 * kernel may be counted twice: then it seems to be more than before, which is not slow.) */
static bool is_slow_reader(struct conn *c)
{
	const struct server_config *config = &c->loop->server->config;
	uint64_t least = (uint64_t)config->min_rate * config->write_ms / 1000;
	uint64_t unsent = unsent_bytes(c), before = c->unsent;

	c->unsent = unsent;
	return before - unsent < least;
}

/* The kernel would keep what it has for who takes nothing, for minutes and uncounted. */
static void throw_away(struct conn *c)
{
	struct linger none = { .l_onoff = 1 };
	uv_os_fd_t fd;

	if (!uv_fileno(&c->handle, &fd))
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
	conn_close(c);
}

void conn_timeout(struct conn *c)
{
	struct exchange *x = c->x;

	switch (c->state) {
	case CONN_HEAD:
	case CONN_BODY:
		c->x = NULL;
		conn_refuse(c, x, 408);
		settle(c);
		break;
	case CONN_SEND:
		if (is_slow_reader(c))
			throw_away(c);
		else
			c->deadline = deadline_of(c, CONN_SEND);
		break;
	case CONN_INTRODUCTION:
	case CONN_IDLE:
	case CONN_LINGER:
		conn_close(c);
		break;
	case CONN_WORK:
	case CONN_CLOSED:
		break;
	}
}

static void on_closed(uv_handle_t *handle)
{
	struct conn *c = handle->data;
	struct loop *loop = c->loop;

	buf_release(&c->in);
	mem_free(c);
	loop->n_handles--;
	loop_accept_held(loop);
	loop_settle(loop);
}

void conn_close(struct conn *c)
{
	enum conn_state was = c->state;
	struct exchange *x = c->x;

	if (was == CONN_CLOSED)
		return;
	conn_to(c, CONN_CLOSED);
	loop_count(&c->loop->closed);
	c->x = NULL;
	if (x && was == CONN_WORK)
		x->conn = NULL;		/* its worker does not know and need not */
	else if (x)
		exchange_done(x);
	spool_abandon(c);
	loop_put_on(c);
	crowd_leave(&c->loop->server->crowd, c->crowd);
	loop_unlink(c->loop, c);
	uv_close(&c->handle, on_closed);
}
