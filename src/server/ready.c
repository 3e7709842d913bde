/* ready.c - see ready.h. */
#include "server/ready.h"

#include "server/loop.h"

#ifdef __linux__

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

static void tell(struct conn *c, uint32_t events)
{
	struct epoll_event e = { .events = events };
	int fd;

	if (uv_fileno(&c->handle, &fd))
		return;
	e.data.fd = fd;
	/* When it is not there, libuv tells of it before it waits. */
	(void)epoll_ctl(uv_backend_fd(&c->loop->uv), EPOLL_CTL_MOD, fd, &e);
}

void ready_once(struct conn *c)
{
	if (!c->loop->server->tells_once || !c->reading)
		return;
	c->once = true;
	tell(c, EPOLLIN | EPOLLET);
}

void ready_always(struct conn *c)
{
	if (!c->once)
		return;
	c->once = false;
	c->streak = 0;
	tell(c, EPOLLIN);
}

static void on_probe(uv_poll_t *poll, int status, int events)
{
	(void)poll;
	(void)status;
	(void)events;
}

/* What libuv wrote into its epoll of a descriptor that is ready. */
static bool is_as_believed(uv_loop_t *loop, int fd)
{
	struct epoll_event e[4];
	int n = epoll_wait(uv_backend_fd(loop), e, 4, 0);

	for (int i = 0; i < n; i++)
		if (e[i].data.fd == fd && e[i].events == EPOLLIN)
			return true;
	return false;
}

bool ready_probe(void)
{
	int fd = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
	bool is_so = false;
	uv_poll_t poll;
	uv_loop_t loop;

	if (fd < 0)
		return false;
	if (!uv_loop_init(&loop)) {
		if (!uv_poll_init(&loop, &poll, fd)) {
			if (!uv_poll_start(&poll, UV_READABLE, on_probe)) {
				uv_run(&loop, UV_RUN_NOWAIT);
				is_so = is_as_believed(&loop, fd);
			}
			uv_close((uv_handle_t *)&poll, NULL);
		}
		uv_run(&loop, UV_RUN_DEFAULT);
		uv_loop_close(&loop);
	}
	close(fd);
	return is_so;
}

#else

void ready_once(struct conn *c)
{
	(void)c;
}

void ready_always(struct conn *c)
{
	(void)c;
}

bool ready_probe(void)
{
	return false;
}

#endif
