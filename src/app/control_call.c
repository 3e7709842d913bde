/* control_call.c - the command's side of the control socket. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "app/control_frame.h"
#include "base/file.h"
#include "base/limits.h"

#define LOOK_MS 200		/* how often the wish to stop is looked at */

bool control_connect(const char *path, int *ret, struct fail *f)
{
	CLEANUP(control_address_close) struct control_address address = { .dir_fd = -1 };
	int fd;

	if (!control_address_open(path, &address, f))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return fail_errno(f, "%s", path);
	if (connect(fd, (struct sockaddr *)&address.un, sizeof address.un) != 0) {
		bool absent = errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR;

		fail_errno(f, "%s", path);
		close(fd);
		return absent ? fail(f, FAIL_NOT_FOUND, "no server listens at %s", path) : false;
	}
	*ret = fd;
	return true;
}

/* Waits for the next frame, and passes the wish to stop on, once. */
static bool wait_frame(int fd, const struct control_events *ev, bool *told)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	for (;;) {
		int n = poll(&p, 1, LOOK_MS);

		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
		if (!*told && ev->is_cancelled(ev->data)) {
			*told = true;
			control_frame_write(fd, CONTROL_CANCEL, STR_NONE);
		}
	}
}

static bool answer(int fd, struct str question, const struct control_events *ev)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_COMMAND / 2);

	if (!ev->answer(ev->data, question, &text))
		return control_frame_write(fd, CONTROL_CANCEL, STR_NONE);
	return control_frame_write(fd, CONTROL_ANSWER, buf_str(&text));
}

static bool give_input(int fd, const struct control_events *ev)
{
	CLEANUP(buf_release) struct buf piece = BUF(LIMIT_COMMAND / 2);

	if (ev->input)
		ev->input(ev->data, &piece);
	return control_frame_write(fd, CONTROL_ANSWER, buf_str(&piece));
}

bool control_call(const char *path, struct str request, const struct control_events *ev,
		  int *status, struct fail *f)
{
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_COMMAND);
	CLEANUP(fd_close) int fd = -1;
	enum control_frame kind;
	bool told = false, sent;
	int64_t number;

	if (request.n > LIMIT_COMMAND / 2)
		return fail(f, FAIL_TOO_LARGE, "the command is longer than %d bytes",
			    LIMIT_COMMAND / 2);
	if (!control_connect(path, &fd, f))
		return false;
	/* A server that is busy may have said so and hung up before it is asked. */
	sent = control_frame_write(fd, CONTROL_REQUEST, request);
	while (wait_frame(fd, ev, &told) && control_frame_read(fd, &kind, &bytes)) {
		if (kind == CONTROL_EXIT && str_to_i64(buf_str(&bytes), &number)) {
			*status = (int)number;
			return true;
		}
		if (kind == CONTROL_BUSY)
			return fail(f, FAIL_BUSY, "the server runs as many commands as it may;"
				    " try again when one has ended");
		if (kind == CONTROL_ASK) {
			if (!answer(fd, buf_str(&bytes), ev))
				break;
		} else if (kind == CONTROL_INPUT) {
			if (!give_input(fd, ev))
				break;
		} else {
			ev->frame(ev->data, kind, buf_str(&bytes));
		}
	}
	if (!sent)
		return fail(f, FAIL_IO, "the server does not take the command");
	return fail(f, FAIL_IO, "the server went away before the command was done");
}
