/* loopback_test.c - see loopback_test.h. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include "base/date.h"
#include "base/mem.h"
#include "server/loop.h"
#include "server/loopback_test.h"

/* Much longer than any answer takes on a machine that has other things to do, too. */
enum { PATIENCE_S = 120 };

struct job {
	struct exchange *x;
	struct job *next;
};

struct loopback {
	struct server *server;
	uv_thread_t thread, worker;
	uv_mutex_t lock;
	uv_cond_t changed;
	struct job *jobs;
	bool over;
	int reloads;
	atomic_int late, early;		/* answers to "/late" after a tick, and before */
	uv_sem_t at_gate, gate, at_work, drains;
	int numbers;			/* loop only: answers to "/fast/number" */
	char *big;
	char file[32];
};

/* "METHOD path bytes" */
static void answer(struct exchange *x)
{
	struct request *rq = server_request(x);
	struct reply r = REPLY(str_starts(rq->path, STR("/none")) ? 404 : 200);

	r.head = STR("Content-Type: text/plain\r\n");
	r.body = arena_printf(rq->arena, "%.*s %.*s %zu\n", STR_ARG(rq->method_name),
			      STR_ARG(rq->path), rq->body.n);
	r.late = str_starts(rq->path, STR("/late"));
	if (r.late)
		r.owner = (void *)(uintptr_t)atomic_load(&x->loop->turns);
	server_answer(x, &r);
}

static void on_done(void *app, struct request *rq, const struct reply *reply, int64_t ns)
{
	struct loopback *k = app;
	uint64_t turns = atomic_load(&k->server->loops[0]->turns);

	(void)rq;
	(void)ns;
	if (reply->late)
		atomic_fetch_add(turns > (uintptr_t)reply->owner ? &k->late : &k->early, 1);
}

static void work_off(void *arg)
{
	struct loopback *k = arg;
	struct job *job;

	uv_mutex_lock(&k->lock);
	while (!k->over || k->jobs) {
		while (!(job = k->jobs) && !k->over)
			uv_cond_wait(&k->changed, &k->lock);
		if (!job)
			break;
		k->jobs = job->next;
		uv_mutex_unlock(&k->lock);
		if (str_starts(server_request(job->x)->path, STR("/slow")))
			uv_sleep(150);
		if (str_starts(server_request(job->x)->path, STR("/held")))
			uv_sem_wait(&k->gate);
		answer(job->x);
		mem_free(job);
		uv_mutex_lock(&k->lock);
	}
	uv_mutex_unlock(&k->lock);
}

static void on_work(void *app, struct request *rq, struct exchange *x)
{
	struct loopback *k = app;
	struct job **end, *job;

	if (!str_starts(rq->path, STR("/slow")) && !str_starts(rq->path, STR("/held"))
	    && !str_starts(rq->path, STR("/thread"))) {
		answer(x);
		return;
	}
	job = MEM_NEW(struct job);
	job->x = x;
	uv_mutex_lock(&k->lock);
	for (end = &k->jobs; *end; end = &(*end)->next)
		;
	*end = job;
	uv_cond_signal(&k->changed);
	uv_mutex_unlock(&k->lock);
	uv_sem_post(&k->at_work);
}

static bool on_fast(void *app, struct request *rq, struct reply *reply)
{
	struct loopback *k = app;

	if (str_eq(rq->path, STR("/fast/who"))) {
		reply->body = arena_printf(rq->arena, "%s %.*s\n", rq->https ? "https" : "http",
					   STR_ARG(rq->peer));
		return true;
	}
	if (str_eq(rq->path, STR("/fast/number"))) {
		reply->body = arena_printf(rq->arena, "number %d\n", ++k->numbers);
		return true;
	}
	if (str_eq(rq->path, STR("/fast/gate"))) {
		uv_sem_post(&k->at_gate);
		uv_sem_wait(&k->gate);
	}
	if (str_starts(rq->path, STR("/fast"))) {
		reply->body = STR("fast\n");
		return true;
	}
	if (str_eq(rq->path, STR("/big"))) {
		reply->body = str_from(k->big, LOOPBACK_BIG);
		return true;
	}
	if (str_eq(rq->path, STR("/file"))) {
		reply->has_file = true;
		reply->fd = open(k->file, O_RDONLY | O_CLOEXEC);
		reply->file_bytes = LOOPBACK_FILE;
		reply_range(rq, reply, STR("\"e\""), 0);
		return true;
	}
	return false;
}

static int64_t on_limit(void *app, const struct request *rq)
{
	(void)app;
	return str_eq(rq->path, STR("/nobody")) ? 0 : 100000;
}

static void on_reload(void *app)
{
	struct loopback *k = app;

	uv_mutex_lock(&k->lock);
	k->reloads++;
	uv_mutex_unlock(&k->lock);
}

static void on_stopping(void *app)
{
	struct loopback *k = app;

	uv_sem_post(&k->drains);
}

static void serve(void *arg)
{
	struct loopback *k = arg;

	server_run(k->server);
}

static void make_bodies(struct loopback *k)
{
	int fd;

	k->big = mem_alloc(LOOPBACK_BIG);
	for (size_t i = 0; i < LOOPBACK_BIG; i++)
		k->big[i] = (char)('a' + i % 26);
	strcpy(k->file, "/tmp/server_test.XXXXXX");
	fd = mkstemp(k->file);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, k->big, LOOPBACK_FILE), LOOPBACK_FILE);
	close(fd);
}

struct loopback *loopback_start_at(const struct server_config *config, const char *address)
{
	struct server_config mine = *config;
	struct fail f = FAIL_INIT;
	struct loopback *k = MEM_NEW(struct loopback);
	const struct server_hooks hooks = {
		.app = k, .fast = on_fast, .work = on_work, .body_limit = on_limit,
		.reload = on_reload, .stopping = on_stopping, .done = on_done,
	};

	mine.listen = &address;
	mine.n_listen = 1;
	make_bodies(k);
	uv_mutex_init(&k->lock);
	uv_cond_init(&k->changed);
	uv_sem_init(&k->at_gate, 0);
	uv_sem_init(&k->gate, 0);
	uv_sem_init(&k->at_work, 0);
	uv_sem_init(&k->drains, 0);
	assert_ok(server_new(&mine, &hooks, &k->server, &f), &f);
	uv_thread_create(&k->worker, work_off, k);
	uv_thread_create(&k->thread, serve, k);
	return k;
}

struct loopback *loopback_start(const struct server_config *config)
{
	return loopback_start_at(config, "127.0.0.1:0");
}

void loopback_stop(struct loopback *k)
{
	server_stop(k->server);
	uv_thread_join(&k->thread);
	uv_mutex_lock(&k->lock);
	k->over = true;
	uv_cond_signal(&k->changed);
	uv_mutex_unlock(&k->lock);
	uv_thread_join(&k->worker);
	server_free(k->server);
	uv_mutex_destroy(&k->lock);
	uv_sem_destroy(&k->at_gate);
	uv_sem_destroy(&k->gate);
	uv_sem_destroy(&k->at_work);
	uv_sem_destroy(&k->drains);
	uv_cond_destroy(&k->changed);
	unlink(k->file);
	mem_free(k->big);
	mem_free(k);
}

struct server *loopback_server(struct loopback *k)
{
	return k->server;
}

void loopback_wait_at_gate(struct loopback *k)
{
	uv_sem_wait(&k->at_gate);
}

void loopback_open_gate(struct loopback *k)
{
	uv_sem_post(&k->gate);
}

void loopback_wait_at_work(struct loopback *k)
{
	uv_sem_wait(&k->at_work);
}

/* Between two ticks it looks at everything once. */
void loopback_wait_for_look(struct loopback *k)
{
	uint64_t turns = atomic_load(&k->server->loops[0]->turns);

	while (atomic_load(&k->server->loops[0]->turns) < turns + 2)
		uv_sleep(1);
}

void loopback_wait_for_drain(struct loopback *k)
{
	uv_sem_wait(&k->drains);
}

int loopback_late(struct loopback *k)
{
	return atomic_load(&k->early) ? -1 : atomic_load(&k->late);
}

int loopback_reloads(struct loopback *k)
{
	int n;

	uv_mutex_lock(&k->lock);
	n = k->reloads;
	uv_mutex_unlock(&k->lock);
	return n;
}

struct server_config loopback_config(void)
{
	struct server_config config = SERVER_CONFIG;

	config.loops = 1;
	config.linger_ms = 300;
	config.grace_ms = 200;
	return config;
}

int loopback_connect(struct loopback *k)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	struct listener_address a;
	struct fail f = FAIL_INIT;
	int fd, on = 1;

	assert_ok(listener_parse(server_address(k->server, 0), &a, &f), &f);
	fd = socket(a.addr.ss_family, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&a.addr, a.len))
		fail_msg("connect: %s", strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}

void loopback_send(int fd, struct str bytes, size_t step)
{
	ssize_t n;

	while (bytes.n) {
		size_t take = step ? step : 1 + (size_t)rand() % 30;

		n = send(fd, bytes.p, take < bytes.n ? take : bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		bytes = str_skip(bytes, (size_t)n);
	}
}

void loopback_read_some(int fd, struct buf *out, size_t n)
{
	char bytes[65536];
	ssize_t got;

	while (out->n < n && (got = recv(fd, bytes, sizeof bytes, 0)) > 0)
		buf_add(out, str_from(bytes, (size_t)got));
}

void loopback_read_all(int fd, struct buf *out)
{
	loopback_read_some(fd, out, SIZE_MAX);
}

void loopback_talk(struct loopback *k, struct str bytes, size_t step, struct buf *out)
{
	int fd = loopback_connect(k);

	loopback_send(fd, bytes, step);
	loopback_read_all(fd, out);
	close(fd);
}

int loopback_status(struct str answer)
{
	return answer.n > 12 && str_starts(answer, STR("HTTP/1.1 ")) ? atoi(answer.p + 9) : 0;
}

size_t loopback_count(struct str haystack, const char *needle)
{
	struct str what = str_of(needle);
	ptrdiff_t at;
	size_t n = 0;

	while ((at = str_find(haystack, what)) >= 0) {
		n++;
		haystack = str_skip(haystack, (size_t)at + what.n);
	}
	return n;
}

int64_t loopback_ms(void)
{
	return clock_ns() / 1000000;
}
