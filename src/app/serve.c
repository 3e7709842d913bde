/* serve.c - starting everything in order, and ending it in reverse. */
#include "app/serve.h"

#include <stdatomic.h>
#include <unistd.h>
#include "app/config.h"
#include "app/dispatch.h"
#include "app/engine.h"
#include "app/keeper.h"
#include "app/notice.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/server.h"
#include "site/registry.h"
#include "work/pool.h"
#include "work/thread.h"

enum { LISTENERS = LIMIT_LISTENERS };

static const char hsts[] = "Strict-Transport-Security: max-age=31536000\r\n";

struct serving {
	struct host *host;
	struct config *config;
	const char *listen[LISTENERS];
	size_t n_listen;
	const char *proxies[LIMIT_LISTENERS], *introducers[LIMIT_LISTENERS];
	struct arena *memory;
	struct pool *pages;
	struct dispatch dispatch;
	struct server *server;
	struct control *control;
	struct keeper *keeper;
};

static bool on_fast(void *app, struct request *rq, struct reply *reply)
{
	struct serving *s = app;

	return dispatch_fast(&s->dispatch, rq, reply);
}

static void on_work(void *app, struct request *rq, struct exchange *x)
{
	struct serving *s = app;

	dispatch_work(&s->dispatch, rq, x);
}

/* Nothing here takes a body yet, so a request may have only what it takes to read it off. */
static int64_t on_body_limit(void *app, const struct request *rq)
{
	struct serving *s = app;
	struct config *c = host_config(s->host);
	int64_t limit = c->max_body;

	(void)rq;
	config_unref(c);
	return limit;
}

static void on_error(void *app, int status, const struct request *rq, struct reply *reply)
{
	struct serving *s = app;

	notice_reply(s->host, rq, status, STR(""), reply);
}

static void on_reload(void *app)
{
	struct serving *s = app;

	keeper_reload(s->keeper);
}

static bool choose_listeners(struct serving *s, const struct serve_options *o, struct fail *f)
{
	if (o->n_listen > LISTENERS)
		return fail(f, FAIL_TOO_LARGE, "--listen: more than %d addresses", LISTENERS);
	for (size_t i = 0; i < o->n_listen; i++)
		s->listen[s->n_listen++] = o->listen[i];
	for (size_t i = 0; o->n_listen == 0 && i < s->config->listen.n; i++)
		s->listen[s->n_listen++] = arena_cstr(s->memory, s->config->listen.p[i]);
	return true;
}

static size_t cstrings(struct arena *a, const struct config_texts *texts,
		       const char *ret[LIMIT_LISTENERS])
{
	for (size_t i = 0; i < texts->n; i++)
		ret[i] = arena_cstr(a, texts->p[i]);
	return texts->n;
}

static bool start_server(struct serving *s, struct fail *f)
{
	const struct config *c = s->config;
	struct server_config sc = SERVER_CONFIG;
	struct server_hooks hooks = { .app = s, .fast = on_fast, .work = on_work,
				      .body_limit = on_body_limit, .reload = on_reload,
				      .error_page = on_error };

	sc.listen = s->listen;
	sc.n_listen = s->n_listen;
	sc.loops = (unsigned)c->loops;
	sc.max_connections = (unsigned)c->connections;
	sc.max_per_address = (unsigned)c->per_address;
	sc.max_body_memory = (size_t)c->body_memory;
	sc.min_rate = (unsigned)c->min_rate;
	sc.https_lines = c->hsts ? hsts : NULL;
	sc.proxies = s->proxies;
	sc.n_proxies = cstrings(s->memory, &c->proxies, s->proxies);
	sc.forwarded = str_eq(c->proxy_fields, STR("forwarded")) ? FORWARDED_RFC7239 : FORWARDED_X;
	sc.introducers = s->introducers;
	sc.n_introducers = cstrings(s->memory, &c->introducers, s->introducers);
	sc.socket_mode = (unsigned)c->socket_mode;
	sc.signals = true;
	sc.idle_ms = (unsigned)c->idle_timeout * 1000;
	sc.head_ms = (unsigned)c->head_timeout * 1000;
	sc.body_ms = (unsigned)c->body_timeout * 1000;
	sc.write_ms = (unsigned)c->write_timeout * 1000;
	sc.drain_ms = (unsigned)c->drain_timeout * 1000;
	return server_new(&sc, &hooks, &s->server, f);
}

static bool start_workers(struct serving *s, struct fail *f)
{
	const struct config *c = s->config;
	int threads = c->page_workers ? (int)c->page_workers : thread_cores() + 1;
	int readers = (int)c->readers_of_site;

	/* However busy one site is, a worker is left for the others. */
	if (readers >= threads)
		readers = threads > 1 ? threads - 1 : 1;

	if (!pool_new("page", threads, (size_t)c->queue, 0, &s->pages, f))
		return false;
	s->dispatch.lanes = lanes_new(s->pages, readers, (size_t)c->queue_of_site);
	s->dispatch.flights = flights_new();
	return true;
}

static bool start(struct serving *s, const struct serve_options *o, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	/* Sockets first: a taken address is told at once, and an asked port 0 is known by the
	 * time that addresses are made. Nobody is answered before server_run(). */
	if (!choose_listeners(s, o, f) || !host_lock(s->host, f) || !start_server(s, f)
	    || !engine_open(s->host, server_address(s->server, 0), &s->dispatch.engine, f)
	    || !start_workers(s, f))
		return false;
	s->host->engine = s->dispatch.engine;
	return keeper_start(s->dispatch.engine, &s->keeper, f)
		&& (!o->control || control_open(host_control_path(a, s->host->data), o->control,
						s->host, &s->control, f));
}

static void stop(struct serving *s)
{
	control_close(s->control);
	keeper_stop(s->keeper);
	s->host->engine = NULL;
	pool_free(s->pages);
	lanes_free(s->dispatch.lanes);
	server_free(s->server);
	flights_free(s->dispatch.flights);
	engine_close(s->dispatch.engine);
	config_unref(s->config);
	arena_free(s->memory);
}

static void tell_ready(struct serving *s, const struct serve_options *o)
{
	struct engine *e = s->dispatch.engine;
	struct str base = registry_base(s->host->registry);

	if (o->ready)
		o->ready(o->arg, arena_printf(s->memory, "%.*s://%.*s%.*s/", STR_ARG(e->scheme),
					      STR_ARG(base), STR_ARG(e->port)));
}

bool serve_run(struct host *h, const struct serve_options *o, struct fail *f)
{
	struct serving s = { .host = h, .config = host_config(h), .memory = arena_new(0) };
	bool ok = start(&s, o, f);

	if (ok) {
		tell_ready(&s, o);
		server_run(s.server);
	}
	stop(&s);
	return ok;
}
