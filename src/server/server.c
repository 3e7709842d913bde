/* server.c - the loops together: start, stop, and the worker's way back. */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "server/loop.h"

/* The socket of address i for loop number n. */
static bool open_listener(struct loop *loop, size_t i, struct listener_address *address,
			  struct fail *f)
{
	struct server *s = loop->server;
	bool is_unix = address->path[0] != '\0';
	int fd = -1;

	if (is_unix && loop->number > 0) {
		uv_fileno(&s->loops[0]->listeners[i].handle, &fd);
		fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
		if (fd < 0)
			return fail_errno(f, "cannot share %s", s->addresses[i]);
	} else if (!listener_bind(address, loop->number, is_unix ? 1 : s->n_loops, &fd, f)) {
		return false;
	}
	if (!listener_start(&loop->listeners[i], loop, (unsigned)i, is_unix, fd, f))
		return false;
	loop->n_listeners = i + 1;
	listener_text(address, s->addresses[i]);
	return true;
}

static bool open_address(struct server *s, size_t i, struct fail *f)
{
	struct listener_address address;

	if (!listener_parse(s->config.listen[i], &address, f))
		return false;
	address.mode = s->config.socket_mode;
	for (unsigned n = 0; n < s->n_loops; n++)
		if (!open_listener(s->loops[n], i, &address, f))
			return false;
	return true;
}

static bool open_loops(struct server *s, struct fail *f)
{
	for (unsigned n = 0; n < s->n_loops; n++) {
		s->loops[n] = MEM_NEW(struct loop);
		s->loops[n]->listeners = mem_array(s->config.n_listen, sizeof(struct listener));
		if (!loop_open(s->loops[n], s, n, f))
			return false;
	}
	for (size_t i = 0; i < s->config.n_listen; i++)
		if (!open_address(s, i, f))
			return false;
	return true;
}

/* "unix" is no network: *is_unix tells that it was there. */
static bool parse_nets(const char *const *texts, size_t n, struct server_nets *nets,
		       bool *is_unix, struct fail *f)
{
	nets->p = mem_array(n + 1, sizeof *nets->p);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(str_of(texts[i]), STR("unix")))
			*is_unix = true;
		else if (!forwarded_net_parse(str_of(texts[i]), &nets->p[nets->n], f))
			return false;
		else
			nets->n++;
	}
	return true;
}

static bool parse_proxies(struct server *s, struct fail *f)
{
	const struct server_config *c = &s->config;
	bool always;		/* Unix sockets are believed in any case */

	return parse_nets(c->proxies, c->n_proxies, &s->proxies, &always, f)
	       && parse_nets(c->introducers, c->n_introducers, &s->introducers,
			     &s->introduced_unix, f);
}

static void server_freep(struct server **s)
{
	server_free(*s);
}

/* Some descriptors are kept for files and databases. */
static int fd_ceiling(void)
{
	struct rlimit limit;
	rlim_t keep;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur > INT_MAX)
		return INT_MAX;
	keep = limit.rlim_cur / 8;
	keep = keep < 16 ? 16 : keep > 1024 ? 1024 : keep;
	return limit.rlim_cur > keep ? (int)(limit.rlim_cur - keep) : 1;
}

bool server_new(const struct server_config *config, const struct server_hooks *hooks,
		struct server **ret, struct fail *f)
{
	CLEANUP(server_freep) struct server *s = MEM_NEW(struct server);

	s->config = *config;
	s->hooks = *hooks;
	if (!s->config.min_rate)
		s->config.min_rate = 1;
	s->fd_ceiling = fd_ceiling();
	s->https_lines = str_of(config->https_lines);
	crowd_init(&s->crowd);
	s->n_loops = config->loops ? config->loops : uv_available_parallelism();
	s->loops = mem_array(s->n_loops, sizeof *s->loops);
	s->addresses = mem_array(config->n_listen + 1, sizeof *s->addresses);
	signal(SIGPIPE, SIG_IGN);
	if (!config->n_listen)
		return fail(f, FAIL_INVALID, "no address to listen on");
	if (!parse_proxies(s, f) || !open_loops(s, f))
		return false;
	*ret = s;
	s = NULL;
	return true;
}

void server_run(struct server *s)
{
	for (unsigned n = 1; n < s->n_loops; n++)
		uv_thread_create(&s->loops[n]->thread, loop_run, s->loops[n]);
	loop_run(s->loops[0]);
	for (unsigned n = 1; n < s->n_loops; n++)
		uv_thread_join(&s->loops[n]->thread);
}

void server_free(struct server *s)
{
	if (!s)
		return;
	for (unsigned n = 0; n < s->n_loops; n++)
		if (s->loops[n])
			loop_close(s->loops[n]);
	for (size_t i = 0; i < s->config.n_listen; i++)
		if (str_starts(str_of(s->addresses[i]), STR("unix:")))
			unlink(s->addresses[i] + 5);
	mem_free(s->proxies.p);
	mem_free(s->introducers.p);
	mem_free(s->addresses);
	mem_free(s->loops);
	mem_free(s);
}

void server_stop(struct server *s)
{
	if (atomic_exchange(&s->stopping, true))
		return;
	for (unsigned n = 0; n < s->n_loops; n++)
		mailbox_wake(&s->loops[n]->mailbox);
}

void server_reload(struct server *s)
{
	atomic_store(&s->reloading, true);
	if (!atomic_load(&s->stopping))
		mailbox_wake(&s->loops[0]->mailbox);
}

const char *server_address(const struct server *s, size_t i)
{
	return s->addresses[i];
}

void server_answer(struct exchange *x, const struct reply *reply)
{
	x->reply = *reply;
	mailbox_put(&x->loop->mailbox, x);
}

struct request *server_request(struct exchange *x)
{
	return &x->rq;
}

struct server_stats server_stats(const struct server *s)
{
	struct server_stats sum = { 0 };

	for (unsigned n = 0; n < s->n_loops; n++) {
		sum.connections += atomic_load(&s->loops[n]->connections);
		sum.requests += atomic_load(&s->loops[n]->requests);
		sum.errors += atomic_load(&s->loops[n]->errors);
	}
	return sum;
}
