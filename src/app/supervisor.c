/* supervisor.c - see supervisor.h. */
#include "app/supervisor.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"

enum { FIRST_FD = 3 };		/* SD_LISTEN_FDS_START */

static int64_t number_of(const char *name)
{
	int64_t n;

	return str_to_i64(str_of(getenv(name)), &n) && n > 0 ? n : 0;
}

/* Variables that were meant for another process, whose child we are, say nothing. */
static bool is_for_us(const char *name)
{
	const char *pid = getenv(name);

	return !pid || number_of(name) == getpid();
}

static void take_sockets(struct supervisor *s, struct arena *a)
{
	struct str names = str_of(getenv("LISTEN_FDNAMES"));
	int64_t n = getenv("LISTEN_PID") && is_for_us("LISTEN_PID") ? number_of("LISTEN_FDS") : 0;

	for (int64_t i = 0; i < n && s->n_sockets < LIMIT_LISTENERS; i++) {
		int fd = FIRST_FD + (int)i;

		if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
			break;
		s->sockets[s->n_sockets++] = (struct supervisor_socket){
			fd, arena_cstr(a, str_cut(names, ':', &names)),
		};
	}
}

/* A path, or "@name" for an abstract address. */
static void find_notify(struct supervisor *s)
{
	struct str path = str_of(getenv("NOTIFY_SOCKET"));

	if (path.n < 2 || path.n >= sizeof s->to.sun_path || (path.p[0] != '/' && path.p[0] != '@'))
		return;
	s->to.sun_family = AF_UNIX;
	memcpy(s->to.sun_path, path.p, path.n);
	if (path.p[0] == '@')
		s->to.sun_path[0] = '\0';
	s->to_len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.n);
	s->notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

void supervisor_init(struct supervisor *s, struct arena *a)
{
	static const char *const names[] = { "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES",
					     "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID" };

	memset(s, 0, sizeof *s);
	s->notify = -1;
	take_sockets(s, a);
	find_notify(s);
	if (s->notify >= 0 && is_for_us("WATCHDOG_PID"))
		s->watchdog_ms = number_of("WATCHDOG_USEC") / 1000;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		unsetenv(names[i]);
}

void supervisor_release(struct supervisor *s)
{
	fd_close(&s->notify);
}

void supervisor_tell(const struct supervisor *s, const char *state)
{
	if (s->notify >= 0 && sendto(s->notify, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT,
				     (const struct sockaddr *)&s->to, s->to_len) < 0)
		return;		/* nobody there any more; nothing depends on it */
}

void supervisor_tell_reloading(const struct supervisor *s)
{
	char text[80];

	snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%lld",
		 (long long)(clock_ns() / 1000));
	supervisor_tell(s, text);
}
