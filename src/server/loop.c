/* loop.c - a thread of the server: its connections, its clock, its end. See loop.h. */
#include "server/loop.h"
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/ready.h"
#include "work/thread.h"

/* So many of the longest untouched connections are looked at for an idle one. */
#define EVICT_LOOK 64

#define SQUEEZE_MS 5000

void loop_link(struct loop *loop, struct conn *c)
{
	c->prev = loop->last;
	c->next = NULL;
	if (loop->last)
		loop->last->next = c;
	else
		loop->first = c;
	loop->last = c;
	c->touched = uv_now(&loop->uv);
	loop->n_open++;
}

void loop_unlink(struct loop *loop, struct conn *c)
{
	if (c->prev)
		c->prev->next = c->next;
	else
		loop->first = c->next;
	if (c->next)
		c->next->prev = c->prev;
	else
		loop->last = c->prev;
	loop->n_open--;
}

static void touch(struct loop *loop, struct conn *c)
{
	loop_unlink(loop, c);
	loop_link(loop, c);
}

/* Requests do not put the list in order (that would cost each of them); who was
 * active since it was put at the end goes there again now. */
bool loop_make_room(struct loop *loop)
{
	struct conn *c = loop->first, *next, *best = NULL;
	bool idle;

	for (int i = 0; c && i < EVICT_LOOK; i++, c = next) {
		next = c->next;
		idle = c->state == CONN_IDLE || c->state == CONN_LINGER;
		if (idle && (!best || c->active < best->active))
			best = c;
		if (!idle || c->active > c->touched)
			touch(loop, c);
	}
	if (best) {
		loop_count(&loop->evicted);
		conn_close(best);
	}
	return best != NULL;
}

bool loop_squeeze(struct loop *loop, unsigned excess)
{
	unsigned fits = loop->n_open > excess ? loop->n_open - excess : 1;
	bool made_room = loop->n_open <= 1;	/* one is always served */

	if (loop->max_open > fits)
		loop->max_open = fits;
	loop->squeezed = uv_now(&loop->uv) + SQUEEZE_MS;
	while (excess-- && loop_make_room(loop))
		made_room = true;
	return made_room;
}

static unsigned configured_open(const struct loop *loop)
{
	unsigned n = loop->server->config.max_connections / loop->server->n_loops;

	return n ? n : 1;
}

/* Descriptors may have come free: as many connections as there are, and its share of what
 * is left. Only numbers above the ceiling tell that they run out, and a new connection
 * gets the lowest; so while it is squeezed a loop counts, every few seconds. */
static void relax(struct loop *loop)
{
	unsigned most = configured_open(loop), room;
	int left;

	if (!loop->squeezed || uv_now(&loop->uv) < loop->squeezed)
		return;
	left = loop->server->fd_ceiling - fd_count();
	room = left > 0 ? (unsigned)left / loop->server->n_loops : 0;
	loop->max_open = loop->n_open + room < most ? loop->n_open + room : most;
	if (!loop->max_open)
		loop->max_open = 1;
	loop->squeezed = loop->max_open < most ? uv_now(&loop->uv) + SQUEEZE_MS : 0;
}

void loop_accept_held(struct loop *loop)
{
	if (!loop->holding)
		return;
	loop->holding = false;
	for (size_t i = 0; i < loop->n_listeners && !loop->draining; i++)
		if (loop->listeners[i].held)
			listener_accept(&loop->listeners[i]);
}

struct str loop_first_lines(struct loop *loop)
{
	int64_t now = date_now();
	char *date = loop->ok + LOOP_OK;

	if (now != loop->date_of) {
		memcpy(loop->ok, "HTTP/1.1 200 OK\r\n", LOOP_OK);
		memcpy(date, "Date: ", 6);
		date_http(now, date + 6);
		memcpy(date + 6 + DATE_HTTP_LEN, "\r\n", 2);
		loop->date_of = now;
	}
	return str_from(loop->ok, LOOP_OK + 6 + DATE_HTTP_LEN + 2);
}

/* Whose request may be on its way already gets an answer, and then a close that he is
 * told of. */
static void give_grace(struct loop *loop, struct conn *c)
{
	uint64_t end = c->active + loop->server->config.grace_ms;

	if (end <= uv_now(&loop->uv))
		conn_close(c);
	else if (!c->deadline || c->deadline > end)
		c->deadline = end;
}

static void drain(struct loop *loop)
{
	struct conn *c, *next;

	if (loop->draining)
		return;
	loop->draining = true;
	if (loop->number == 0 && loop->server->hooks.stopping)
		loop->server->hooks.stopping(loop->server->hooks.app);
	loop->drain_until = uv_now(&loop->uv) + loop->server->config.drain_ms;
	for (size_t i = 0; i < loop->n_listeners; i++) {
		/* Whom libuv holds for us would be cut off with the listener. */
		if (loop->listeners[i].held)
			conn_accept(&loop->listeners[i]);
		uv_close(&loop->listeners[i].handle, NULL);
	}
	for (c = loop->first; c; c = next) {
		next = c->next;
		if (c->state == CONN_IDLE || c->state == CONN_INTRODUCTION)
			give_grace(loop, c);
	}
	loop_settle(loop);
}

void loop_settle(struct loop *loop)
{
	if (!loop->draining || loop->ended || loop->n_handles || loop->n_working)
		return;
	loop->ended = true;
	uv_close((uv_handle_t *)&loop->tick, NULL);
	uv_close((uv_handle_t *)&loop->going_on, NULL);
	uv_close((uv_handle_t *)&loop->mailbox.wake, NULL);
	for (int i = 0; i < LOOP_SIGNALS; i++)
		if (loop->signals[i].data)
			uv_close((uv_handle_t *)&loop->signals[i], NULL);
}

/* An answer has come back from a worker. */
static void give_back(struct loop *loop, struct exchange *x)
{
	loop->n_working--;
	loop_count(&loop->returned);
	if (x->conn)
		conn_answered(x->conn, x);
	else
		exchange_done(x);
}

/* False: it leaves now. */
static bool keep_late(struct loop *loop, struct exchange *x)
{
	if (!x->reply.late || loop->draining || loop->n_late == LOOP_LATE)
		return false;
	x->next = NULL;
	*loop->last_late = x;
	loop->last_late = &x->next;
	loop->n_late++;
	return true;
}

/* What comes while they leave waits for the next time. */
static void give_late(struct loop *loop)
{
	struct exchange *x = loop->late, *next;

	loop->late = NULL;
	loop->last_late = &loop->late;
	loop->n_late = 0;
	for (; x; x = next) {
		next = x->next;
		give_back(loop, x);
	}
}

void loop_put_on(struct conn *c)
{
	struct loop *loop = c->loop;

	if (!c->put_off)
		return;
	c->put_off = false;
	*c->before = c->after;
	if (c->after)
		c->after->before = c->before;
	else
		loop->last_put_off = c->before;
	loop->n_put_off--;
}

/* Before who is ready is looked for: each its part, and who has more comes behind the others. */
static void on_going_on(uv_idle_t *idle)
{
	struct loop *loop = idle->data;

	for (unsigned n = loop->n_put_off; n && loop->put_off; n--) {
		struct conn *c = loop->put_off;

		loop_put_on(c);
		conn_go_on(c);
	}
	if (!loop->put_off)
		uv_idle_stop(idle);
}

void loop_put_off(struct loop *loop, struct conn *c)
{
	if (c->put_off || c->state == CONN_CLOSED)
		return;
	if (!loop->put_off)
		uv_idle_start(&loop->going_on, on_going_on);
	c->put_off = true;
	c->after = NULL;
	c->before = loop->last_put_off;
	*c->before = c;
	loop->last_put_off = &c->after;
	loop->n_put_off++;
}

/* A connection that is closed here may take others with it only in later rounds of
 * the loop, so `next` stays good. */
static void on_tick(uv_timer_t *timer)
{
	struct loop *loop = timer->data;
	uint64_t now = uv_now(&loop->uv);
	bool over = loop->draining && now >= loop->drain_until;
	struct conn *c, *next;

	loop_count(&loop->turns);
	for (c = loop->first; c; c = next) {
		next = c->next;
		if (over)
			conn_close(c);
		else if (c->deadline && now >= c->deadline)
			conn_timeout(c);
		else if (c->active < loop->ticked)
			ready_always(c);
	}
	loop->ticked = now;
	give_late(loop);
	relax(loop);
	loop_accept_held(loop);
	loop_settle(loop);
}

static void on_wake(uv_async_t *wake)
{
	struct loop *loop = wake->data;
	struct server *s = loop->server;
	struct exchange *x, *next;

	for (x = mailbox_take(&loop->mailbox); x; x = next) {
		next = x->next;
		if (!keep_late(loop, x))
			give_back(loop, x);
	}
	if (loop->number == 0 && atomic_exchange(&s->reloading, false) && s->hooks.reload)
		s->hooks.reload(s->hooks.app);
	if (atomic_load(&s->stopping))
		drain(loop);
	loop_settle(loop);
}

static void on_signal(uv_signal_t *signal, int number)
{
	struct loop *loop = signal->data;

	if (number == SIGHUP)
		server_reload(loop->server);
	else
		server_stop(loop->server);
}

static void start_signals(struct loop *loop)
{
	static const int numbers[LOOP_SIGNALS] = { SIGTERM, SIGINT, SIGHUP };

	for (int i = 0; i < LOOP_SIGNALS; i++) {
		uv_signal_init(&loop->uv, &loop->signals[i]);
		loop->signals[i].data = loop;
		uv_signal_start(&loop->signals[i], on_signal, numbers[i]);
	}
}

/* Often enough for the shortest of the configured times, at most once in 5 ms. */
static uint64_t tick_ms(const struct server_config *config)
{
	const unsigned times[] = { config->idle_ms, config->head_ms, config->body_ms,
				   config->write_ms, config->linger_ms, config->drain_ms };
	unsigned least = 8000;

	for (size_t i = 0; i < ARRAY_LEN(times); i++)
		if (times[i] < least)
			least = times[i];
	return least / 8 < 5 ? 5 : least / 8;
}

bool loop_open(struct loop *loop, struct server *s, unsigned number, struct fail *f)
{
	int r;

	loop->server = s;
	loop->number = number;
	loop->last_late = &loop->late;
	loop->last_put_off = &loop->put_off;
	loop->max_open = configured_open(loop);
	loop->max_body_bytes = s->config.max_body_memory / s->n_loops;
	r = uv_loop_init(&loop->uv);
	if (r)
		return fail(f, FAIL_IO, "cannot make an event loop: %s", uv_strerror(r));
	outbox_init(&loop->out);
	loop->heads = heads_new();
	uv_idle_init(&loop->uv, &loop->going_on);
	loop->going_on.data = loop;
	uv_timer_init(&loop->uv, &loop->tick);
	loop->tick.data = loop;
	uv_timer_start(&loop->tick, on_tick, tick_ms(&s->config), tick_ms(&s->config));
	loop->mailbox.wake.data = loop;
	r = uv_async_init(&loop->uv, &loop->mailbox.wake, on_wake);
	if (r)
		return fail(f, FAIL_IO, "cannot make an event loop: %s", uv_strerror(r));
	if (number == 0 && s->config.signals)
		start_signals(loop);
	return true;
}

void loop_run(void *arg)
{
	struct loop *loop = arg;

	thread_be_brief();
	uv_run(&loop->uv, UV_RUN_DEFAULT);
}

static void close_handle(uv_handle_t *handle, void *arg)
{
	(void)arg;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

void loop_close(struct loop *loop)
{
	struct exchange *x;

	mailbox_wait_senders(&loop->mailbox);
	uv_walk(&loop->uv, close_handle, NULL);
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	uv_loop_close(&loop->uv);
	while ((x = loop->spare)) {
		loop->spare = x->next;
		exchange_free(x);
	}
	outbox_release(&loop->out);
	heads_free(loop->heads);
	mem_free(loop->listeners);
	mem_free(loop);
}
