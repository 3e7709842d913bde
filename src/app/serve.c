/* serve.c - starting everything in order, and ending it in reverse. */
#include "app/serve.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>
#include "app/access_log.h"
#include "app/config.h"
#include "app/dispatch.h"
#include "app/engine.h"
#include "app/entrance.h"
#include "app/handover.h"
#include "app/keeper.h"
#include "app/metrics.h"
#include "app/notice.h"
#include "app/operator.h"
#include "app/outcome.h"
#include "app/translate.h"
#include "app/pulse.h"
#include "app/supervisor.h"
#include "base/date.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "server/server.h"
#include "site/registry.h"
#include "work/pool.h"
#include "work/thread.h"

enum { OPERATOR_DRAIN_MS = 500, OPERATOR_IDLE_MS = 120000 };
enum { REPLACE_PATIENCE_S = 10, REPLACE_LOOK_MS = 50 };

static const char hsts[] = "Strict-Transport-Security: max-age=31536000\r\n";

struct serving {
	struct host *host;
	struct config *config;
	struct entrance readers, operators;
	const char *proxies[LIMIT_LISTENERS], *introducers[LIMIT_LISTENERS];
	struct arena *memory;
	struct pool *pages;
	struct dispatch dispatch;
	struct server *server;
	struct control *control;
	struct keeper *keeper;
	struct supervisor supervisor;
	struct pulse *pulse;
	struct handover before;		/* what the server before us gave */
	struct operator *operator;
	struct access_log *log;
	struct metrics metrics;
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

	if (status == 503)
		outcome_tell(rq, "the bodies of requests take more memory than they may");
	else if (status == 500)
		outcome_tell(rq, "an answer whose head is too large");
	notice_reply(s->host, rq, status, STR(""), reply);
}

static void on_reload(void *app)
{
	struct serving *s = app;

	supervisor_tell_reloading(&s->supervisor);
	keeper_reload(s->keeper);
}

static void on_stopping(void *app)
{
	struct serving *s = app;

	supervisor_tell(&s->supervisor, "STOPPING=1");
}

static void on_done(void *app, struct request *rq, const struct reply *reply, int64_t ns)
{
	struct serving *s = app;

	request_name(rq);
	access_log_add(s->log, rq, reply, ns);
}

/* The [log] section as it is now. */
static bool configure_log(struct serving *s, struct fail *f)
{
	struct config *c = host_config(s->host);
	bool ok = access_log_configure(s->log, c, f);

	config_unref(c);
	server_observe(s->server, access_log_is_on(s->log));
	return ok;
}

static void on_reloaded(void *arg)
{
	struct serving *s = arg;
	struct fail f = FAIL_INIT;

	if (!configure_log(s, &f))
		log_error("access log: %s", f.text);
	supervisor_tell(&s->supervisor, "READY=1");
}

static size_t cstrings(struct arena *a, const struct config_texts *texts,
		       const char *ret[LIMIT_LISTENERS])
{
	for (size_t i = 0; i < texts->n; i++)
		ret[i] = arena_cstr(a, texts->p[i]);
	return texts->n;
}

static void use_entrance(struct server_config *sc, const struct entrance *e)
{
	sc->listen = e->listen;
	sc->n_listen = e->n_listen;
	sc->given = e->given;
	sc->n_given = e->n_given;
}

static bool open_operator(struct serving *s, struct fail *f)
{
	struct server_config sc = SERVER_CONFIG;

	use_entrance(&sc, &s->operators);
	sc.socket_mode = (unsigned)s->config->socket_mode;
	sc.idle_ms = OPERATOR_IDLE_MS;
	sc.drain_ms = sc.linger_ms = sc.grace_ms = OPERATOR_DRAIN_MS;
	return operator_open(&s->metrics, &sc, &s->operator, f);
}

static bool start_server(struct serving *s, struct fail *f)
{
	const struct config *c = s->config;
	struct server_config sc = SERVER_CONFIG;
	struct server_hooks hooks = { .app = s, .fast = on_fast, .work = on_work,
				      .body_limit = on_body_limit, .reload = on_reload,
				      .stopping = on_stopping, .error_page = on_error,
				      .done = on_done };

	use_entrance(&sc, &s->readers);
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
	sc.signals = true;
	sc.idle_ms = (unsigned)c->idle_timeout * 1000;
	sc.head_ms = (unsigned)c->head_timeout * 1000;
	sc.body_ms = (unsigned)c->body_timeout * 1000;
	sc.write_ms = (unsigned)c->write_timeout * 1000;
	sc.drain_ms = (unsigned)c->drain_timeout * 1000;
	sc.socket_mode = (unsigned)c->socket_mode;
	return server_new(&sc, &hooks, &s->server, f);
}

/* A finished page never waits for one that is being made: loops come first, also in the midst
 * of a slice (thread_give_way()). */
enum { PAGE_NICE = 3 };

static bool start_workers(struct serving *s, struct fail *f)
{
	const struct config *c = s->config;
	int threads = c->page_workers ? (int)c->page_workers : thread_cores() + 1;
	int readers = (int)c->readers_of_site;

	/* However busy one site is, a worker is left for the others. */
	if (readers >= threads)
		readers = threads > 1 ? threads - 1 : 1;

	if (!pool_new("page", threads, (size_t)c->queue, PAGE_NICE, &s->pages, f))
		return false;
	s->dispatch.lanes = lanes_new(s->pages, readers, (size_t)c->queue_of_site);
	s->dispatch.flights = flights_new();
	return true;
}

/* The other has all: from here on whoever connects is his. */
static void on_take(void *taken, struct control *control, int fd)
{
	struct serving *s = taken;
	struct handover *h = MEM_NEW(struct handover);

	h->lock = s->host->lock_fd;
	entrance_lend(&s->readers, s->server, h);
	entrance_lend(&s->operators, operator_server(s->operator), h);
	host_give_way(s->host, true);
	if (!handover_give(fd, h)) {
		host_give_way(s->host, false);
	} else {
		log_info("another server takes over; what was begun is ended here");
		control_hand_over(control);
		server_hand_over(s->server);
		operator_hand_over(s->operator);
		handover_going(fd);
	}
	mem_free(h);
}

static bool adopt_host(struct serving *s, struct fail *f)
{
	int lock = s->before.lock;

	s->before.lock = -1;
	return host_adopt_lock(s->host, lock, f);
}

/* Signals wait until it serves: none is lost, and none finds it half begun. */
static void hold_signals(int how)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		sigaddset(&set, numbers[i]);
	sigprocmask(how, &set, NULL);
}

/* Who is told to go before it took anything over leaves the other where it is. */
static bool is_called_off(struct fail *f)
{
	sigset_t waiting;

	sigpending(&waiting);
	return (sigismember(&waiting, SIGTERM) || sigismember(&waiting, SIGINT))
	       && !fail(f, FAIL_BUSY, "stopped before the end");
}

/* Who has the lock and takes no commands is about to begin, or to end: it will hand over, or
 * leave the lock. */
static bool replace_host(struct serving *s, struct fail *f)
{
	const char *path = host_control_path(s->memory, s->host->data);
	int64_t end = clock_ns() + REPLACE_PATIENCE_S * INT64_C(1000000000);

	for (;;) {
		if (handover_take(path, &s->before, f))
			return adopt_host(s, f);
		if (f->code != FAIL_NOT_FOUND)
			return false;
		if (host_lock(s->host, f))
			return true;
		if (f->code != FAIL_CONFLICT)
			return false;
		if (clock_ns() > end)
			return fail(f, FAIL_CONFLICT, "a server runs on %s already, but it took no"
				    " commands for %d seconds: it begins or ends; try again",
				    s->host->data, REPLACE_PATIENCE_S);
		if (is_called_off(f))
			return false;
		usleep(REPLACE_LOOK_MS * 1000);
	}
}

/* The host is ours alone: by its lock, or because the server before us gives it. */
static bool take_host(struct serving *s, const struct serve_options *o, struct fail *f)
{
	return o->replace ? replace_host(s, f) : host_lock(s->host, f);
}

static bool open_control(struct serving *s, const struct serve_options *o, struct fail *f)
{
	const struct control_hooks hooks = {
		.command = o->control, .data = s->host, .take = on_take, .taken = s,
	};

	return !o->control
	       || control_open(host_control_path(s->memory, s->host->data), &hooks, &s->control, f);
}

/* All is open: the server before us may go, and we begin what only one does. */
static bool take_over(struct serving *s, struct fail *f)
{
	if (s->before.channel >= 0 && (is_called_off(f) || !handover_finish(&s->before, f)))
		return false;
	return (!s->control || control_publish(s->control, f))
	       && keeper_start(s->dispatch.engine, on_reloaded, s, &s->keeper, f)
	       && operator_start(s->operator, f)
	       && pulse_start(&s->supervisor, s->server, s->pages, &s->pulse, f);
}

static bool is_private(struct str address)
{
	return str_starts(address, STR("127.")) || str_starts(address, STR("[::1]"))
		|| str_starts(address, STR("unix:"));
}

/* Who can reach it can write translations. */
static bool start_translating(struct serving *s, const struct serve_options *o, struct fail *f)
{
	for (size_t i = 0; o->translate && i < s->readers.n_listen; i++) {
		const char *address = server_address(s->server, i);

		if (!is_private(str_of(address)))
			return fail(f, FAIL_INVALID, "--translate: others can reach %s; listen on"
				    " 127.0.0.1, [::1] or a Unix socket", address);
	}
	if (o->translate)
		translate_begin(s->dispatch.engine);
	return true;
}

/* Nobody asks before all that is counted is there. */
static void start_metrics(struct serving *s)
{
	s->metrics.engine = s->dispatch.engine;
	s->metrics.server = s->server;
	s->metrics.pages = s->pages;
	s->metrics.lanes = s->dispatch.lanes;
	s->metrics.log = s->log;
	s->dispatch.metrics = &s->metrics;
	s->host->metrics = &s->metrics;
}

static bool start(struct serving *s, const struct serve_options *o, struct fail *f)
{
	supervisor_init(&s->supervisor, s->memory);
	/* Sockets first: a taken address is told at once, and an asked port 0 is known by the
	 * time that addresses are made. Nobody is answered before server_run(). */
	if (!entrance_ask(&s->readers, o->listen, o->n_listen, f)
	    || !entrance_choose(&s->readers, s->memory, &s->supervisor, &s->config->listen, f)
	    || !entrance_choose(&s->operators, s->memory, &s->supervisor, &s->config->metrics, f)
	    || !take_host(s, o, f))
		return false;
	entrance_take(&s->readers, &s->before);
	entrance_take(&s->operators, &s->before);
	if (!start_server(s, f) || !open_operator(s, f) || !configure_log(s, f)
	    || !engine_open(s->host, server_address(s->server, 0), &s->dispatch.engine, f)
	    || !start_translating(s, o, f) || !start_workers(s, f))
		return false;
	s->host->engine = s->dispatch.engine;
	start_metrics(s);
	return open_control(s, o, f) && take_over(s, f);
}

static void stop(struct serving *s)
{
	pulse_stop(s->pulse);
	operator_stop(s->operator);
	control_close(s->control);
	keeper_stop(s->keeper);
	s->host->engine = NULL;
	s->host->metrics = NULL;
	pool_free(s->pages);
	lanes_free(s->dispatch.lanes);
	server_free(s->server);
	operator_free(s->operator);
	access_log_free(s->log);
	metrics_release(&s->metrics);
	flights_free(s->dispatch.flights);
	engine_close(s->dispatch.engine);
	handover_release(&s->before);
	supervisor_release(&s->supervisor);
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
	supervisor_tell(&s->supervisor, "READY=1");
}

/* A file that is mapped was made shorter than it was: there is no going on, but the operator is
 * told why. The handler goes with its first call, so that the second one ends the process. */
static void on_bus(int number)
{
	static const char text[] =
		"hameau: a file of DATA that is in use was cut short (gens, or the -shm of a"
		" database); the server ends, and the next start makes it anew\n";

	(void)number;
	(void)!write(STDERR_FILENO, text, sizeof text - 1);
}

static void watch_for_bus(void)
{
	struct sigaction action = { .sa_handler = on_bus, .sa_flags = SA_RESETHAND };

	sigaction(SIGBUS, &action, NULL);
}

bool serve_run(struct host *h, const struct serve_options *o, struct fail *f)
{
	struct serving *s = MEM_NEW(struct serving);
	bool ok;

	hold_signals(SIG_BLOCK);
	if (o->is_cancelled && o->is_cancelled(o->arg))
		raise(SIGTERM);
	fd_limit_raise();
	watch_for_bus();
	s->host = h;
	s->config = host_config(h);
	s->memory = arena_new(0);
	s->before.channel = s->before.lock = -1;
	s->operators.is_operator = true;
	s->log = access_log_new(h->data);
	metrics_init(&s->metrics);
	ok = start(s, o, f);
	if (ok) {
		tell_ready(s, o);
		hold_signals(SIG_UNBLOCK);
		server_run(s->server);
	}
	stop(s);
	mem_free(s);
	return ok;
}
