/* handover.c - see handover.h.
 *
 * A descriptor travels beside one byte; what it is stands in the frame behind it.
 */
#include "app/handover.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/control_frame.h"
#include "base/file.h"
#include "base/limits.h"

enum {
	WITH_FD = 'F', NO_MORE = 'N',
	PATIENCE = 30,			/* seconds for each word of the other */
	START_PATIENCE = 300,		/* seconds in which the new server has to start */
};

static bool send_fd(int channel, int fd, const char *what)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { .bytes = "" };
	char byte = WITH_FD;
	struct iovec iov = { &byte, 1 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes,
			    .msg_controllen = sizeof control.bytes };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	return sendmsg(channel, &m, MSG_NOSIGNAL) == 1
	       && control_frame_write(channel, CONTROL_ANSWER, str_of(what));
}

/* *fd stays -1 when none came. */
static bool receive_byte(int channel, char *byte, int *fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec iov = { byte, 1 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes,
			    .msg_controllen = sizeof control.bytes };
	struct cmsghdr *c;
	ssize_t n;

	do
		n = recvmsg(channel, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	c = n == 1 ? CMSG_FIRSTHDR(&m) : NULL;
	if (c && c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(fd, CMSG_DATA(c), sizeof *fd);
	return n == 1;
}

static bool keep(struct handover *h, int fd, struct str what)
{
	if (str_eq(what, STR("lock"))) {
		fd_close(&h->lock);
		h->lock = fd;
		return true;
	}
	if (h->n == HANDOVER_SOCKETS)
		return false;
	h->sockets[h->n++] = (struct handover_socket){
		.fd = fd, .is_operator = str_starts(what, STR("operator")),
		.ours = str_ends(what, STR("ours")),
	};
	return true;
}

static bool receive_all(struct handover *h)
{
	CLEANUP(buf_release) struct buf what = BUF(LIMIT_COMMAND);
	enum control_frame kind;
	char byte;

	for (;;) {
		int fd = -1;

		if (!receive_byte(h->channel, &byte, &fd))
			return false;
		if (byte == NO_MORE)
			return h->lock >= 0 && h->n > 0;
		if (byte != WITH_FD || fd < 0 || !control_frame_read(h->channel, &kind, &what)
		    || !keep(h, fd, buf_str(&what))) {
			fd_close(&fd);
			return false;
		}
	}
}

bool handover_take(const char *path, struct handover *ret, struct fail *f)
{
	memset(ret, 0, sizeof *ret);
	ret->channel = ret->lock = -1;
	if (!control_connect(path, &ret->channel, f))
		return false;
	control_frame_timeout(ret->channel, PATIENCE);
	if (!control_frame_write(ret->channel, CONTROL_TAKE, STR("1")) || !receive_all(ret)) {
		handover_release(ret);
		return fail(f, FAIL_CONFLICT, "the server that runs does not hand over");
	}
	return true;
}

bool handover_finish(struct handover *h, struct fail *f)
{
	char byte = NO_MORE;
	int fd = -1;

	if (send(h->channel, &byte, 1, MSG_NOSIGNAL) != 1
	    || !receive_byte(h->channel, &byte, &fd))
		return fail(f, FAIL_CONFLICT, "the server that runs does not hand over");
	fd_close(&h->channel);
	return true;
}

void handover_release(struct handover *h)
{
	fd_close(&h->lock);
	for (size_t i = 0; i < h->n; i++)
		fd_close(&h->sockets[i].fd);
	h->n = 0;
	fd_close(&h->channel);
}

bool handover_give(int fd, const struct handover *h)
{
	char byte = NO_MORE;
	int none = -1;

	if (!send_fd(fd, h->lock, "lock"))
		return false;
	for (size_t i = 0; i < h->n; i++) {
		const struct handover_socket *s = &h->sockets[i];
		const char *what = s->is_operator ? s->ours ? "operator ours" : "operator lent"
						  : s->ours ? "web ours" : "web lent";

		if (!send_fd(fd, s->fd, what))
			return false;
	}
	control_frame_timeout(fd, START_PATIENCE);
	return send(fd, &byte, 1, MSG_NOSIGNAL) == 1 && receive_byte(fd, &byte, &none);
}

void handover_going(int fd)
{
	char byte = NO_MORE;

	if (send(fd, &byte, 1, MSG_NOSIGNAL) != 1)
		return;		/* it went away: another one may take the lock when we end */
}
