/* listener.c - see listener.h.
 *
 * Sockets are made by hand and handed to libuv, because SO_REUSEPORT has to be set
 * between making and binding.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "server/loop.h"

#define BACKLOG 1024

static bool parse_unix(struct str path, struct listener_address *ret, struct fail *f)
{
	struct sockaddr_un *un = (struct sockaddr_un *)&ret->addr;

	if (!path.n || path.n >= sizeof un->sun_path)
		return fail(f, FAIL_INVALID, "the path of a Unix socket has 1 to %zu bytes",
			    sizeof un->sun_path - 1);
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, path.p, path.n);
	memcpy(ret->path, path.p, path.n);
	ret->len = sizeof *un;
	return true;
}

static void set_ipv6(struct listener_address *ret, struct in6_addr addr, uint16_t port)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&ret->addr;

	in6->sin6_family = AF_INET6;
	in6->sin6_addr = addr;
	in6->sin6_port = htons(port);
	ret->len = sizeof *in6;
}

static void set_ipv4(struct listener_address *ret, struct in_addr addr, uint16_t port)
{
	struct sockaddr_in *in = (struct sockaddr_in *)&ret->addr;

	in->sin_family = AF_INET;
	in->sin_addr = addr;
	in->sin_port = htons(port);
	ret->len = sizeof *in;
}

/* The part before the port: "", "localhost", an IPv4 or a bracketed IPv6 address. */
static bool parse_ip(struct str host, uint16_t port, struct listener_address *ret)
{
	char text[64];
	struct in6_addr a6;
	struct in_addr a4;

	if (!host.n) {
		ret->dual = true;
		set_ipv6(ret, in6addr_any, port);
		return true;
	}
	if (str_eq(host, STR("localhost")))
		host = STR("127.0.0.1");
	if (host.n >= sizeof text)
		return false;
	if (host.p[0] == '[' && str_ends(host, STR("]"))) {
		snprintf(text, sizeof text, "%.*s", (int)host.n - 2, host.p + 1);
		if (inet_pton(AF_INET6, text, &a6) != 1)
			return false;
		set_ipv6(ret, a6, port);
		return true;
	}
	snprintf(text, sizeof text, "%.*s", STR_ARG(host));
	if (inet_pton(AF_INET, text, &a4) != 1)
		return false;
	set_ipv4(ret, a4, port);
	return true;
}

bool listener_parse(const char *text, struct listener_address *ret, struct fail *f)
{
	struct str s = str_of(text);
	ptrdiff_t colon = str_rfind_char(s, ':');
	int64_t port;

	memset(ret, 0, sizeof *ret);
	if (str_starts(s, STR("unix:")))
		return parse_unix(str_skip(s, 5), ret, f);
	if (colon < 0 || !str_to_i64(str_skip(s, (size_t)colon + 1), &port) || port < 0 ||
	    port > 65535 || !parse_ip(str_sub(s, 0, (size_t)colon), (uint16_t)port, ret))
		return fail(f, FAIL_INVALID, "\"%s\" is no address to listen on; write "
			    "127.0.0.1:8080, [::1]:8080, :8080 or unix:/path", text);
	return true;
}

void listener_text(const struct listener_address *a, char out[LISTENER_TEXT])
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&a->addr;
	const struct sockaddr_in *in = (const struct sockaddr_in *)&a->addr;
	char ip[INET6_ADDRSTRLEN] = "";

	if (a->path[0]) {
		snprintf(out, LISTENER_TEXT, "unix:%s", a->path);
	} else if (a->dual) {
		snprintf(out, LISTENER_TEXT, ":%u", a->addr.ss_family == AF_INET6 ?
			 ntohs(in6->sin6_port) : ntohs(in->sin_port));
	} else if (a->addr.ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &in6->sin6_addr, ip, sizeof ip);
		snprintf(out, LISTENER_TEXT, "[%s]:%u", ip, ntohs(in6->sin6_port));
	} else {
		inet_ntop(AF_INET, &in->sin_addr, ip, sizeof ip);
		snprintf(out, LISTENER_TEXT, "%s:%u", ip, ntohs(in->sin_port));
	}
}

bool listener_of_socket(int fd, struct listener_address *ret, struct fail *f)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&ret->addr;
	int listens = 0, only6 = 1;
	socklen_t n = sizeof listens;
	bool is_any;

	memset(ret, 0, sizeof *ret);
	ret->len = sizeof ret->addr;
	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) || !listens
	    || getsockname(fd, (struct sockaddr *)&ret->addr, &ret->len))
		return fail(f, FAIL_INVALID, "descriptor %d is no socket that listens", fd);
	if (ret->addr.ss_family == AF_UNIX) {
		memcpy(ret->path, un->sun_path, sizeof ret->path);
		ret->path[sizeof ret->path - 1] = '\0';
	}
	if ((ret->addr.ss_family == AF_UNIX && !ret->path[0])
	    || (ret->addr.ss_family != AF_UNIX && ret->addr.ss_family != AF_INET
		&& ret->addr.ss_family != AF_INET6))
		return fail(f, FAIL_INVALID, "descriptor %d is of no kind that we listen on", fd);
	n = sizeof only6;
	is_any = ret->addr.ss_family == AF_INET6
		 && IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)un)->sin6_addr);
	ret->dual = is_any && !getsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only6, &n) && !only6;
	return true;
}

static bool is_socket(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

/* A socket file that nobody listens on was left by a process that died. */
static void remove_stale(const struct listener_address *a)
{
	CLEANUP(fd_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || !is_socket(a->path))
		return;
	if (connect(fd, (const struct sockaddr *)&a->addr, a->len) && errno == ECONNREFUSED)
		unlink(a->path);
}

static int open_socket(const struct listener_address *a, bool share)
{
	int fd, on = 1, off = 0;

	fd = socket(a->addr.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	if (a->addr.ss_family != AF_UNIX) {
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
		if (share)
			setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
	}
	if (a->addr.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, a->dual ? &off : &on, sizeof on);
	return fd;
}

/* The file of a Unix socket cannot be made. */
static bool cannot_make(const char *text, struct fail *f)
{
	if (errno == EADDRINUSE)
		return fail(f, FAIL_CONFLICT, "cannot listen on %s: what has this name is no"
			    " socket; remove it, or choose another path", text);
	return fail_errno(f, "cannot listen on %s", text);
}

/* The usual reasons, with what to do. */
static bool cannot_listen(const char *text, struct fail *f)
{
	switch (errno) {
	case EADDRINUSE:
		return fail(f, FAIL_CONFLICT, "cannot listen on %s: another program does; stop it,"
			    " or choose another address with --listen or [host] listen", text);
	case EADDRNOTAVAIL:
		return fail(f, FAIL_INVALID, "cannot listen on %s: this machine has no such"
			    " address", text);
	case EACCES:
		return fail(f, FAIL_FORBIDDEN, "cannot listen on %s: not allowed; ports below"
			    " 1024 need root or CAP_NET_BIND_SERVICE", text);
	}
	return fail_errno(f, "cannot listen on %s", text);
}

static bool bind_one(const struct listener_address *a, bool share, int *ret, struct fail *f)
{
	CLEANUP(fd_close) int fd = open_socket(a, share);
	char text[LISTENER_TEXT];

	listener_text(a, text);
	/* The mode before listen(): nobody comes in by another one. */
	if (fd < 0 || bind(fd, (const struct sockaddr *)&a->addr, a->len)
	    || (a->path[0] && chmod(a->path, a->mode)) || listen(fd, BACKLOG)) {
		int why = errno;
		bool is_made = !a->path[0] || is_socket(a->path);

		errno = why;
		return is_made ? cannot_listen(text, f) : cannot_make(text, f);
	}
	*ret = fd;
	fd = -1;
	return true;
}

/* Sockets that share a port would also share it with another process of the same
 * user, which nobody wants: one that does not share shows whether it is free. */
static bool port_is_free(const struct listener_address *a, struct fail *f)
{
	CLEANUP(fd_close) int fd = -1;

	return bind_one(a, false, &fd, f);
}

/* A machine without IPv6 listens to all of IPv4. */
static void settle_family(struct listener_address *a)
{
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&a->addr;
	CLEANUP(fd_close) int fd = -1;
	struct in_addr any = { INADDR_ANY };

	if (!a->dual || a->addr.ss_family != AF_INET6)
		return;
	fd = open_socket(a, false);
	if (fd < 0 && errno == EAFNOSUPPORT)
		set_ipv4(a, any, ntohs(in6->sin6_port));
}

bool listener_bind(struct listener_address *a, unsigned nth, unsigned sharers, int *ret,
		   struct fail *f)
{
	bool is_unix = a->path[0] != '\0';

	if (nth == 0 && is_unix)
		remove_stale(a);
	if (nth == 0)
		settle_family(a);
	if (nth == 0 && sharers > 1 && !is_unix && !port_is_free(a, f))
		return false;
	if (!bind_one(a, sharers > 1, ret, f))
		return false;
	if (!is_unix)
		getsockname(*ret, (struct sockaddr *)&a->addr, &a->len);
	return true;
}

/* Out of descriptors libuv turns connections away without a word, so conn_accept
 * makes room before it comes to that; here arrives what is left. */
static void on_connection(uv_stream_t *stream, int status)
{
	struct listener *l = stream->data;

	if (status == 0)
		listener_accept(l);
	else
		loop_make_room(l->loop);
}

/* libuv keeps one accepted connection for us and stops polling until it is taken:
 * not taking it is the back-pressure of a full loop. */
void listener_accept(struct listener *l)
{
	struct loop *loop = l->loop;

	l->held = loop->n_open >= loop->max_open && !loop_make_room(loop);
	loop->holding |= l->held;
	if (!l->held)
		conn_accept(l);
}

bool listener_start(struct listener *l, struct loop *loop, unsigned index, bool is_unix, int fd,
		    struct fail *f)
{
	int r;

	l->loop = loop;
	l->index = index;
	l->is_unix = is_unix;
	l->handle.data = l;
	if (is_unix) {
		uv_pipe_init(&loop->uv, &l->pipe, 0);
		r = uv_pipe_open(&l->pipe, fd);
	} else {
		uv_tcp_init(&loop->uv, &l->tcp);
		r = uv_tcp_open(&l->tcp, fd);
	}
	if (!r)
		r = uv_listen(&l->stream, BACKLOG, on_connection);
	if (r)
		return fail(f, FAIL_IO, "cannot listen: %s", uv_strerror(r));
	return true;
}
