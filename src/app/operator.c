/* operator.c - see operator.h. */
#include "app/operator.h"

#include "base/mem.h"
#include "http/query.h"
#include "site/registry.h"
#include "unicode/idn.h"
#include "work/thread.h"

enum { TEXT_MAX = MIB, CONNECTIONS = 64 };

struct operator {
	struct metrics *metrics;
	struct server *server;
	struct thread *thread;
};

static void answer(struct exchange *x, int status, struct str text)
{
	struct reply r = REPLY(status);

	r.head = STR("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n");
	r.body = text;
	server_answer(x, &r);
}

static void show_metrics(struct operator *o, struct exchange *x)
{
	CLEANUP(buf_release) struct buf b = BUF(TEXT_MAX);
	struct request *rq = server_request(x);
	struct reply r = REPLY(200);

	metrics_text(o->metrics, &b);
	r.head = STR("Content-Type: " METRICS_TYPE "\r\nCache-Control: no-store\r\n");
	r.body = arena_str(rq->arena, buf_str(&b));
	server_answer(x, &r);
}

/* A site that was deleted needs no certificate; one that is suspended says so over TLS. */
static bool is_ours(const struct found *found)
{
	return found->kind == FOUND_FRONT
	       || (found->kind == FOUND_SITE && found->site->state != SITE_DELETED);
}

static void ask(struct operator *o, struct exchange *x)
{
	struct registry *registry = o->metrics->engine->host->registry;
	CLEANUP(found_release) struct found found = { FOUND_NOTHING, NULL, false };
	struct request *rq = server_request(x);
	struct str asked = query_get(rq->arena, rq->query, STR("domain")), name;
	struct fail f = FAIL_INIT;

	if (!asked.n) {
		answer(x, 400, STR("which domain?\n"));
		return;
	}
	if (!idn_to_ascii(rq->arena, asked, &name, &f)) {
		answer(x, 404, STR("no\n"));
		return;
	}
	if (!registry_find_cached(registry, name, &found)
	    && !registry_find(registry, name, &found, &f)) {
		answer(x, 503, STR("the host's database cannot be asked\n"));
		return;
	}
	answer(x, is_ours(&found) ? 200 : 404, is_ours(&found) ? STR("yes\n") : STR("no\n"));
}

static void on_work(void *app, struct request *rq, struct exchange *x)
{
	struct operator *o = app;

	if (rq->method != HTTP_GET && rq->method != HTTP_HEAD)
		answer(x, 405, STR("only to be read\n"));
	else if (str_eq(rq->path, STR("/metrics")))
		show_metrics(o, x);
	else if (str_eq(rq->path, STR("/ask")))
		ask(o, x);
	else if (str_eq(rq->path, STR("/health")))
		answer(x, 200, STR("ok\n"));
	else
		answer(x, 404, STR("/metrics, /ask?domain=, /health\n"));
}

static int64_t on_body_limit(void *app, const struct request *rq)
{
	(void)app;
	(void)rq;
	return 4 * KIB;
}

bool operator_open(struct metrics *m, const struct server_config *like, struct operator **ret,
		   struct fail *f)
{
	struct server_hooks hooks = { .work = on_work, .body_limit = on_body_limit };
	struct server_config sc = *like;
	struct operator *o;

	*ret = NULL;
	if (!sc.n_listen)
		return true;
	o = MEM_NEW(struct operator);
	o->metrics = m;
	sc.loops = 1;
	sc.max_connections = CONNECTIONS;
	hooks.app = o;
	if (!server_new(&sc, &hooks, &o->server, f)) {
		operator_free(o);
		return false;
	}
	*ret = o;
	return true;
}

static void run(void *arg)
{
	struct operator *o = arg;

	server_run(o->server);
}

bool operator_start(struct operator *o, struct fail *f)
{
	return !o || thread_start("operator", run, o, &o->thread, f);
}

void operator_hand_over(struct operator *o)
{
	if (o)
		server_hand_over(o->server);
}

void operator_stop(struct operator *o)
{
	if (!o || !o->thread)
		return;
	server_stop(o->server);
	thread_join(o->thread);
	o->thread = NULL;
}

void operator_free(struct operator *o)
{
	if (!o)
		return;
	server_free(o->server);
	mem_free(o);
}

struct server *operator_server(struct operator *o)
{
	return o ? o->server : NULL;
}
