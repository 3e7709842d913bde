/* server.c - the loops together: start, stop, and the worker's way back. */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "server/loop.h"
#include "server/ready.h"

/* One more listening socket for a loop, of address number i. */
static bool add_listener(struct loop *loop, size_t i, bool is_unix, int fd, struct fail *f)
{
	struct listener *l = &loop->listeners[loop->n_listeners];

	if (!listener_start(l, loop, (unsigned)i, is_unix, fd, f))
		return false;
	loop->n_listeners++;
	return true;
}

static bool add_duplicate(struct loop *loop, size_t i, bool is_unix, int fd, struct fail *f)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	if (copy < 0)
		return fail_errno(f, "cannot share %s", loop->server->addresses[i]);
	return add_listener(loop, i, is_unix, copy, f);
}

/* A socket for each loop: TCP ones share their port, of a Unix socket there is one. */
static bool bind_address(struct server *s, size_t i, struct listener_address *address,
			 struct fail *f)
{
	bool is_unix = address->path[0] != '\0';
	int fd = -1, first = -1;

	for (unsigned n = 0; n < s->n_loops; n++) {
		if (is_unix && n > 0) {
			if (!add_duplicate(s->loops[n], i, true, first, f))
				return false;
			continue;
		}
		if (!listener_bind(address, n, is_unix ? 1 : s->n_loops, &fd, f)
		    || !add_listener(s->loops[n], i, is_unix, fd, f))
			return false;
		first = fd;
		listener_text(address, s->addresses[i]);
	}
	s->files[i] = is_unix ? SOCKET_FILE_OURS : SOCKET_FILE_NONE;
	return true;
}

/* Each given socket belongs to one loop, so that no queue is forgotten; a loop that got
 * none shares one. */
static bool adopt_sockets(struct server *s, size_t i, const int *fds, unsigned n_fds,
			  struct fail *f)
{
	bool is_unix = str_starts(str_of(s->addresses[i]), STR("unix:"));

	for (unsigned n = 0; n < n_fds; n++)
		if (!add_listener(s->loops[n % s->n_loops], i, is_unix, fds[n], f))
			return false;
	for (unsigned n = n_fds; n < s->n_loops; n++)
		if (!add_duplicate(s->loops[n], i, is_unix, fds[n % n_fds], f))
			return false;
	return true;
}

/* Those of the given sockets that listen on this address; they are taken. */
static unsigned find_given(struct server *s, size_t i, int *given, int *fds)
{
	struct listener_address address;
	char text[LISTENER_TEXT];
	unsigned n = 0;

	for (size_t k = 0; k < s->config.n_given; k++) {
		if (given[k] < 0 || !listener_of_socket(given[k], &address, NULL))
			continue;
		listener_text(&address, text);
		if (!str_eq(str_of(text), str_of(s->addresses[i])))
			continue;
		fds[n++] = given[k];
		given[k] = -1;
		if (s->config.given[k].ours)
			s->files[i] = SOCKET_FILE_LENT;
	}
	return n;
}

static bool is_opened(const struct server *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(str_of(s->addresses[k]), str_of(s->addresses[i])))
			return true;
	return false;
}

static bool open_address(struct server *s, size_t i, int *given, struct fail *f)
{
	struct listener_address address;
	unsigned n;
	int *fds;
	bool ok;

	if (!listener_parse(s->config.listen[i], &address, f))
		return false;
	address.mode = s->config.socket_mode;
	listener_text(&address, s->addresses[i]);
	if (is_opened(s, i))
		return fail(f, FAIL_INVALID, "cannot listen on %s: the address is given a second"
			    " time; leave one of them out", s->addresses[i]);
	fds = mem_array(s->config.n_given + 1, sizeof *fds);
	n = find_given(s, i, given, fds);
	ok = n ? adopt_sockets(s, i, fds, n, f) : bind_address(s, i, &address, f);
	mem_free(fds);
	return ok;
}

static bool open_addresses(struct server *s, struct fail *f)
{
	int *given = mem_array(s->config.n_given + 1, sizeof *given);
	bool ok = true;

	for (size_t i = 0; i < s->config.n_given; i++)
		given[i] = s->config.given[i].fd;
	for (size_t i = 0; ok && i < s->config.n_listen; i++)
		ok = open_address(s, i, given, f);
	for (size_t i = 0; i < s->config.n_given; i++)
		if (given[i] >= 0)
			close(given[i]);
	mem_free(given);
	return ok;
}

static bool open_loops(struct server *s, struct fail *f)
{
	for (unsigned n = 0; n < s->n_loops; n++) {
		s->loops[n] = MEM_NEW(struct loop);
		s->loops[n]->listeners = mem_array(s->config.n_listen + s->config.n_given,
						   sizeof(struct listener));
		if (!loop_open(s->loops[n], s, n, f))
			return false;
	}
	return open_addresses(s, f);
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

enum { FDS_KEPT = 5120 };

/* Some descriptors are kept for files and databases, and among them for the pages on the disk:
 * an eighth of all, 4,096 at most (cache/rolls.h). */
static int fd_ceiling(void)
{
	struct rlimit limit;
	rlim_t keep;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur > INT_MAX)
		return INT_MAX;
	keep = limit.rlim_cur / 4;
	keep = keep < 16 ? 16 : keep > FDS_KEPT ? FDS_KEPT : keep;
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
	s->tells_once = ready_probe();
	s->https_lines = str_of(config->https_lines);
	crowd_init(&s->crowd);
	s->n_loops = config->loops ? config->loops : uv_available_parallelism();
	s->loops = mem_array(s->n_loops, sizeof *s->loops);
	s->addresses = mem_array(config->n_listen + 1, sizeof *s->addresses);
	s->files = mem_array(config->n_listen + 1, sizeof *s->files);
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
	s->has_run = true;
	for (unsigned n = 1; n < s->n_loops; n++)
		uv_thread_create(&s->loops[n]->thread, loop_run, s->loops[n]);
	loop_run(s->loops[0]);
	for (unsigned n = 1; n < s->n_loops; n++)
		uv_thread_join(&s->loops[n]->thread);
}

static bool has_file(const struct server *s, size_t i)
{
	return s->files[i] == SOCKET_FILE_OURS || (s->files[i] == SOCKET_FILE_LENT && s->has_run);
}

void server_free(struct server *s)
{
	if (!s)
		return;
	for (unsigned n = 0; n < s->n_loops; n++)
		if (s->loops[n])
			loop_close(s->loops[n]);
	for (size_t i = 0; i < s->config.n_listen; i++)
		if (has_file(s, i) && !atomic_load(&s->handed_over))
			unlink(s->addresses[i] + 5);
	mem_free(s->proxies.p);
	mem_free(s->introducers.p);
	mem_free(s->addresses);
	mem_free(s->files);
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

size_t server_sockets(const struct server *s, struct server_socket *ret, size_t room)
{
	size_t n = 0;

	for (unsigned k = 0; k < s->n_loops; k++)
		for (size_t i = 0; i < s->loops[k]->n_listeners && n < room; i++) {
			const struct listener *l = &s->loops[k]->listeners[i];
			int fd;

			if (uv_fileno(&l->handle, &fd) == 0)
				ret[n++] = (struct server_socket){
					fd, s->files[l->index] != SOCKET_FILE_NONE };
		}
	return n;
}

void server_hand_over(struct server *s)
{
	atomic_store(&s->handed_over, true);
	server_stop(s);
}

bool server_has_turned(struct server *s)
{
	struct loop *loop;

	for (unsigned n = 0; n < s->n_loops; n++) {
		loop = s->loops[n];
		if (!atomic_load(&loop->ended) && atomic_load(&loop->turns) == loop->seen_turns)
			return false;
	}
	for (unsigned n = 0; n < s->n_loops; n++)
		s->loops[n]->seen_turns = atomic_load(&s->loops[n]->turns);
	return true;
}

bool server_socket_address(int fd, char ret[SERVER_ADDRESS_TEXT], struct fail *f)
{
	struct listener_address address;

	if (!listener_of_socket(fd, &address, f))
		return false;
	listener_text(&address, ret);
	return true;
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

void server_observe(struct server *s, bool on)
{
	atomic_store(&s->observed, on);
}

unsigned server_loops(const struct server *s)
{
	return s->n_loops;
}

static void add_loop(struct server_stats *sum, struct loop *loop)
{
	sum->connections += atomic_load(&loop->connections);
	sum->closed += atomic_load(&loop->closed);
	sum->turned_away += atomic_load(&loop->turned_away);
	sum->evicted += atomic_load(&loop->evicted);
	sum->errors += atomic_load(&loop->errors);
	sum->handed += atomic_load(&loop->handed);
	sum->returned += atomic_load(&loop->returned);
	sum->bytes_in += atomic_load(&loop->bytes_in);
	sum->bytes_out += atomic_load(&loop->bytes_out);
	for (size_t i = 0; i < ARRAY_LEN(sum->answers); i++) {
		uint64_t n = atomic_load(&loop->answers[i]);

		sum->answers[i] += n;
		sum->requests += n;
	}
}

struct server_stats server_loop_stats(const struct server *s, unsigned loop)
{
	struct server_stats sum = { 0 };

	add_loop(&sum, s->loops[loop]);
	return sum;
}

struct server_stats server_stats(const struct server *s)
{
	struct server_stats sum = { 0 };

	for (unsigned n = 0; n < s->n_loops; n++)
		add_loop(&sum, s->loops[n]);
	return sum;
}
