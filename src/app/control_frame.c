/* control_frame.c - see control_frame.h. */
#include "app/control_frame.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

#define HEAD 5

static bool send_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

static bool receive_all(int fd, void *bytes, size_t n)
{
	char *p = bytes;

	while (n) {
		ssize_t got = recv(fd, p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

bool control_frame_write(int fd, enum control_frame kind, struct str bytes)
{
	do {
		struct str part = str_sub(bytes, 0, LIMIT_COMMAND / 2);
		unsigned char head[HEAD] = {
			(unsigned char)kind, (unsigned char)(part.n >> 24),
			(unsigned char)(part.n >> 16), (unsigned char)(part.n >> 8),
			(unsigned char)part.n,
		};

		/* Only output is ever longer than a frame, and may be cut anywhere. */
		if (kind != CONTROL_OUT && kind != CONTROL_ERR && part.n < bytes.n)
			return false;
		if (!send_all(fd, head, HEAD) || !send_all(fd, part.p, part.n))
			return false;
		bytes = str_skip(bytes, part.n);
	} while (bytes.n);
	return true;
}

bool control_frame_read(int fd, enum control_frame *kind, struct buf *b)
{
	unsigned char head[HEAD];
	size_t n;

	if (!receive_all(fd, head, HEAD))
		return false;
	n = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
	buf_clear(b);
	if (n > LIMIT_COMMAND || !buf_reserve(b, n) || (n && !receive_all(fd, b->p, n)))
		return false;
	if (n) {
		b->n = n;
		b->p[n] = '\0';
	}
	*kind = (enum control_frame)head[0];
	return true;
}

void control_frame_timeout(int fd, int seconds)
{
	struct timeval t = { .tv_sec = seconds };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
}

bool control_address_open(const char *path, struct control_address *ret, struct fail *f)
{
	struct control_address a = { .un = { .sun_family = AF_UNIX }, .dir_fd = -1 };
	struct str whole = str_of(path);
	char dir[4096];

	if (whole.n < sizeof a.un.sun_path) {
		memcpy(a.un.sun_path, whole.p, whole.n + 1);
		*ret = a;
		return true;
	}
	if (whole.n >= sizeof dir)
		return fail(f, FAIL_TOO_LARGE, "the path is too long: %s", path);
	snprintf(dir, sizeof dir, "%.*s", STR_ARG(path_dir(whole)));
	a.dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (a.dir_fd < 0)
		return fail_errno(f, "%s", dir);
	snprintf(a.un.sun_path, sizeof a.un.sun_path, "/proc/self/fd/%d/%.*s", a.dir_fd,
		 STR_ARG(path_name(whole)));
	*ret = a;
	return true;
}

void control_address_close(struct control_address *a)
{
	fd_close(&a->dir_fd);
}
