/* control.c - the frames, and the server's threads.
 *
 * The accepting thread waits for connections and for the end; each command has a
 * thread, at most MAX_PEERS of them. Places of finished ones are joined when the next
 * command comes.
 */
#include "app/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/control_frame.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "work/thread.h"

enum { COMMAND_NICE = 10 };

enum {
	MAX_PEERS = 16,
	REQUEST_TIMEOUT = 5,		/* seconds for the request to arrive whole */
	SEND_TIMEOUT = 60,		/* a terminal may be stopped for a while */
};

struct control_peer {
	struct control *control;
	struct thread *thread;
	int fd;
	bool cancelled;			/* asked to stop, or gone */
	bool gone;			/* nobody listens any more */
	atomic_bool done;
};

struct control {
	int fd;
	int stop[2];			/* closing the second end wakes the accepting thread */
	char *path, *draft;		/* the name, and the one until control_publish() */
	struct control_hooks hooks;
	struct thread *thread;
	bool published;
	atomic_bool closing;		/* commands are cancelled */
	atomic_bool handed_over;	/* the name is another server's */
	struct control_peer peers[MAX_PEERS];
};

void control_send(struct control_peer *p, enum control_frame kind, struct str bytes)
{
	/* The command is told to stop when it next asks; who asked it to hears how far it came. */
	if (!p->gone && !control_frame_write(p->fd, kind, bytes))
		p->gone = p->cancelled = true;
}

bool control_is_cancelled(struct control_peer *p)
{
	struct pollfd poll_fd = { .fd = p->fd, .events = POLLIN };

	if (p->cancelled || atomic_load(&p->control->closing))
		return true;
	/* Between the answers to questions, whatever arrives is a wish to stop. */
	if (poll(&poll_fd, 1, 0) > 0)
		p->cancelled = true;
	return p->cancelled;
}

bool control_ask(struct control_peer *p, struct str question, struct buf *answer)
{
	enum control_frame kind;

	control_send(p, CONTROL_ASK, question);
	if (p->cancelled)
		return false;
	control_frame_timeout(p->fd, 0);
	if (!control_frame_read(p->fd, &kind, answer) || kind != CONTROL_ANSWER) {
		p->cancelled = true;
		return false;
	}
	return true;
}

bool control_input(struct control_peer *p, struct buf *b)
{
	enum control_frame kind;

	control_send(p, CONTROL_INPUT, STR_NONE);
	if (p->cancelled)
		return false;
	control_frame_timeout(p->fd, 0);
	if (!control_frame_read(p->fd, &kind, b) || kind != CONTROL_ANSWER)
		p->cancelled = true;
	return !p->cancelled;
}

static void serve_peer(void *arg)
{
	struct control_peer *p = arg;
	const struct control_hooks *hooks = &p->control->hooks;
	CLEANUP(buf_release) struct buf request = BUF(LIMIT_COMMAND);
	enum control_frame kind;
	char text[16];

	/* A huge import comes after readers; the threads that it starts inherit this. */
	thread_be_nice(COMMAND_NICE);
	control_frame_timeout(p->fd, REQUEST_TIMEOUT);
	if (!control_frame_read(p->fd, &kind, &request))
		kind = CONTROL_CANCEL;
	if (kind == CONTROL_TAKE && hooks->take) {
		hooks->take(hooks->taken, p->control, p->fd);
	} else if (kind == CONTROL_REQUEST) {
		int status = hooks->command(hooks->data, p, buf_str(&request));

		snprintf(text, sizeof text, "%d", status);
		control_send(p, CONTROL_EXIT, str_of(text));
	}
	shutdown(p->fd, SHUT_RDWR);
	atomic_store(&p->done, true);
}

static void reap(struct control_peer *p)
{
	thread_join(p->thread);
	p->thread = NULL;
	fd_close(&p->fd);
}

static struct control_peer *free_place(struct control *c)
{
	for (int i = 0; i < MAX_PEERS; i++) {
		struct control_peer *p = &c->peers[i];

		if (p->thread && atomic_load(&p->done))
			reap(p);
		if (!p->thread)
			return p;
	}
	return NULL;
}

/* Who may command: the user of the server and root. The socket's mode says so already;
 * this holds where a file system ignores modes of sockets. */
static bool is_allowed(int fd)
{
	struct ucred who;
	socklen_t n = sizeof who;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0
		&& (who.uid == geteuid() || who.uid == 0);
}

static void accept_one(struct control *c)
{
	CLEANUP(fd_close) int fd = accept4(c->fd, NULL, NULL, SOCK_CLOEXEC);
	struct timeval patience = { .tv_sec = SEND_TIMEOUT };
	struct control_peer *p;

	if (fd < 0 || !is_allowed(fd))
		return;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	p = free_place(c);
	if (!p) {
		control_frame_write(fd, CONTROL_BUSY, STR_NONE);
		return;
	}
	p->control = c;
	p->fd = fd;
	p->cancelled = p->gone = false;
	atomic_store(&p->done, false);
	if (thread_start("command", serve_peer, p, &p->thread, NULL))
		fd = -1;
	else
		p->fd = -1;
}

static void accept_all(void *arg)
{
	struct control *c = arg;
	struct pollfd wait[2] = { { .fd = c->fd, .events = POLLIN },
				  { .fd = c->stop[0], .events = POLLIN } };

	/* Who has connected already is served also when the end has come. */
	for (;;) {
		if (poll(wait, 2, -1) < 0 && errno != EINTR)
			return;
		if (wait[0].revents & POLLIN)
			accept_one(c);
		else if (wait[1].revents)
			return;
	}
}

static bool listen_at(struct control *c, struct fail *f)
{
	struct control_address address;
	mode_t mask;
	int rc;

	if (!control_address_open(c->draft, &address, f))
		return false;
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* Whoever calls holds the host's lock: a socket that lies there is of a dead server. */
	unlink(c->draft);
	mask = umask(0177);
	rc = c->fd < 0 ? -1 : bind(c->fd, (struct sockaddr *)&address.un, sizeof address.un);
	umask(mask);
	control_address_close(&address);
	if (rc != 0 || listen(c->fd, 8) != 0 || pipe2(c->stop, O_CLOEXEC) != 0)
		return fail_errno(f, "%s", c->path);
	return true;
}

bool control_open(const char *path, const struct control_hooks *hooks, struct control **ret,
		  struct fail *f)
{
	struct control *c = MEM_NEW(struct control);
	CLEANUP(buf_release) struct buf draft = BUF(8 * KIB);

	buf_addf(&draft, "%s.new", path);
	c->path = mem_cstr(str_of(path));
	c->draft = mem_cstr(buf_str(&draft));
	c->hooks = *hooks;
	c->fd = c->stop[0] = c->stop[1] = -1;
	for (int i = 0; i < MAX_PEERS; i++)
		c->peers[i].fd = -1;
	if (!listen_at(c, f) || !thread_start("control", accept_all, c, &c->thread, f)) {
		control_close(c);
		return false;
	}
	*ret = c;
	return true;
}

bool control_publish(struct control *c, struct fail *f)
{
	if (rename(c->draft, c->path) != 0)
		return fail_errno(f, "%s", c->path);
	c->published = true;
	return true;
}

void control_hand_over(struct control *c)
{
	atomic_store(&c->handed_over, true);
}

void control_close(struct control *c)
{
	if (!c)
		return;
	atomic_store(&c->closing, !atomic_load(&c->handed_over));
	fd_close(&c->stop[1]);
	thread_join(c->thread);
	for (int i = 0; i < MAX_PEERS; i++)
		if (c->peers[i].thread)
			reap(&c->peers[i]);
	if (c->fd >= 0 && !atomic_load(&c->handed_over))
		unlink(c->published ? c->path : c->draft);
	fd_close(&c->fd);
	fd_close(&c->stop[0]);
	mem_free(c->path);
	mem_free(c->draft);
	mem_free(c);
}
