/* spawn.c - one child, one pipe each way, and limits that it cannot get round. */
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/date.h"
#include "base/file.h"

struct child {
	pid_t pid;
	int in, out;		/* our ends: we write `in`, we read `out` */
};

static void set_limits(const struct spawn_limits *l)
{
	struct rlimit cpu = { l->cpu_s, l->cpu_s + 1 }, none = { 0, 0 }, files = { 16, 16 };
	struct rlimit memory = { l->memory, l->memory };

	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_NOFILE, &files);
	if (l->memory)
		setrlimit(RLIMIT_AS, &memory);
}

/* In the child: only async-signal-safe calls until exec. */
static NORETURN void child_run(const char *path, const char *const argv[], int in, int out,
			       const struct spawn_limits *limits)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "LANG=C", NULL };
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(SPAWN_UNFIT);
	set_limits(limits);
	execve(path, (char *const *)argv, (char *const *)environment);
	_exit(127);
}

static bool child_start(struct child *c, const char *path, const char *const argv[],
			const struct spawn_limits *limits, struct fail *f)
{
	int to[2], from[2];

	if (pipe2(to, O_CLOEXEC) < 0)
		return fail_errno(f, "cannot start %s", path);
	if (pipe2(from, O_CLOEXEC) < 0) {
		close(to[0]);
		close(to[1]);
		return fail_errno(f, "cannot start %s", path);
	}
	c->pid = fork();
	if (c->pid == 0)
		child_run(path, argv, to[0], from[1], limits);
	close(to[0]);
	close(from[1]);
	c->in = to[1];
	c->out = from[0];
	fcntl(c->in, F_SETFL, O_NONBLOCK);
	return c->pid > 0 || fail_errno(f, "cannot start %s", path);
}

/* Moves bytes both ways until the child closes its output. */
static bool child_talk(struct child *c, struct str in, const struct spawn_limits *l,
		       struct buf *out, struct fail *f)
{
	int64_t end = clock_ns() + (int64_t)l->wall_ms * 1000000;
	size_t before = out->n;

	for (;;) {
		struct pollfd p[2] = { { c->out, POLLIN, 0 }, { in.n ? c->in : -1, POLLOUT, 0 } };
		int64_t left = (end - clock_ns()) / 1000000;
		char chunk[16384];
		ssize_t n;

		if (in.n == 0)
			fd_close(&c->in);
		if (left <= 0)
			return fail(f, FAIL_BUSY, "stopped after %u milliseconds", l->wall_ms);
		if (poll(p, 2, (int)left) < 0 && errno != EINTR)
			return fail_errno(f, "cannot wait for a child process");
		if (p[1].revents) {
			n = write(c->in, in.p, in.n);
			if (n < 0 && errno != EAGAIN)
				in.n = 0;	/* it does not want the rest */
			in = str_skip(in, n > 0 ? (size_t)n : 0);
		}
		if (!p[0].revents)
			continue;
		n = read(c->out, chunk, sizeof chunk);
		if (n == 0)
			return true;
		if (n > 0)
			buf_add(out, str_from(chunk, (size_t)n));
		if (out->n - before > l->output || !buf_ok(out))
			return fail(f, FAIL_TOO_LARGE, "its output is larger than %zu bytes",
				    l->output);
	}
}

static bool is_well(int status, struct fail *f)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return fail(f, FAIL_IO, "something killed it; is there memory enough?");
	if (WIFSIGNALED(status))
		return fail(f, FAIL_INVALID, "stopped: it used too much time or memory");
	if (WEXITSTATUS(status) >= SPAWN_UNFIT)
		return fail(f, FAIL_IO, "it cannot be run: exit status %d", WEXITSTATUS(status));
	return WEXITSTATUS(status) == 0
		|| fail(f, FAIL_INVALID, "it ended with exit status %d", WEXITSTATUS(status));
}

bool spawn_filter(const char *path, const char *const argv[], struct str in,
		  const struct spawn_limits *limits, struct buf *out, struct fail *f)
{
	struct child c = { -1, -1, -1 };
	bool ok = child_start(&c, path, argv, limits, f) && child_talk(&c, in, limits, out, f);
	int status = 0;

	if (c.pid > 0) {
		if (!ok)
			kill(c.pid, SIGKILL);
		while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	fd_close(&c.in);
	fd_close(&c.out);
	return ok && is_well(status, f);
}
