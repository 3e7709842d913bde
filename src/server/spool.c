/* spool.c - see spool.h.
 *
 *	send_part --(all the socket takes)--> send_part ... --(nothing left)--> conn_sent
 *	    '--(the socket is full)--> read_piece --> uv_write --(it drained)--> send_part
 *
 * sendfile(2) moves a part without a copy through the process. It cannot wait for a full
 * socket; a write of libuv's can, so now and then a piece goes that way.
 */
#include "server/spool.h"
#include <fcntl.h>

#include "base/limits.h"
#include "base/mem.h"
#include "server/loop.h"

#define PIECE (64 * KIB)
#define PART (512 * KIB)		/* at once, so that others get the file threads, too */

struct spool {
	uv_fs_t fs;			/* what a file thread is doing */
	uv_write_t write;
	struct conn *c;			/* NULL: it died */
	struct exchange *x;
	int socket;			/* a descriptor of our own: theirs may be closed */
	uint64_t at, left;
	uv_buf_t buf;
	char *bytes;			/* PIECE of them, when the first is needed */
};

static void send_part(struct spool *s);

/* By libuv, as it closes its own sockets: past the thread sanitizer, which would take a number
 * that is used again for the same descriptor in two threads. */
static void close_socket(struct spool *s)
{
	uv_fs_t fs;

	uv_fs_close(&s->x->loop->uv, &fs, s->socket, NULL);
	uv_fs_req_cleanup(&fs);
}

static void spool_free(struct spool *s)
{
	if (s->socket >= 0)
		close_socket(s);
	exchange_done(s->x);
	mem_free(s->bytes);
	mem_free(s);
}

static void give_up(struct spool *s)
{
	if (s->c)
		conn_close(s->c);
	spool_free(s);
}

/* A part has left the process. */
static void next(struct spool *s)
{
	struct conn *c = s->c;

	if (s->left) {
		send_part(s);
		return;
	}
	c->spool = NULL;
	spool_free(s);
	conn_sent(c);
}

static void on_written(uv_write_t *write, int status)
{
	struct spool *s = write->data;

	if (!s->c || status < 0)
		give_up(s);
	else
		next(s);
}

static void on_read(uv_fs_t *fs)
{
	struct spool *s = fs->data;
	ssize_t n = fs->result;

	uv_fs_req_cleanup(fs);
	/* A file that is shorter than its Content-Length cannot be answered for. */
	if (!s->c || n <= 0) {
		give_up(s);
		return;
	}
	s->at += (uint64_t)n;
	s->left -= (uint64_t)n;
	s->buf = uv_buf_init(s->bytes, (unsigned)n);
	s->write.data = s;
	if (uv_write(&s->write, &s->c->stream, &s->buf, 1, on_written))
		give_up(s);
}

static void read_piece(struct spool *s)
{
	if (!s->bytes)
		s->bytes = mem_alloc(PIECE);
	s->buf = uv_buf_init(s->bytes, (unsigned)(s->left < PIECE ? s->left : PIECE));
	if (uv_fs_read(&s->c->loop->uv, &s->fs, s->x->reply.fd, &s->buf, 1, (int64_t)s->at,
		       on_read))
		give_up(s);
}

static void on_part(uv_fs_t *fs)
{
	struct spool *s = fs->data;
	ssize_t n = fs->result;

	uv_fs_req_cleanup(fs);
	if (!s->c || (n <= 0 && n != UV_EAGAIN)) {
		give_up(s);
		return;
	}
	if (n == UV_EAGAIN) {
		read_piece(s);
		return;
	}
	s->at += (uint64_t)n;
	s->left -= (uint64_t)n;
	next(s);
}

static void send_part(struct spool *s)
{
	if (uv_fs_sendfile(&s->c->loop->uv, &s->fs, s->socket, s->x->reply.fd, (int64_t)s->at,
			   (size_t)(s->left < PART ? s->left : PART), on_part))
		give_up(s);
}

void spool_start(struct conn *c)
{
	uv_os_fd_t fd = -1;
	struct spool *s;

	if (c->spool)
		return;
	s = MEM_NEW(struct spool);
	s->c = c;
	s->x = c->x;
	s->fs.data = s;
	s->at = s->x->reply.file_from;
	s->left = s->x->reply.file_bytes;
	c->x = NULL;
	c->spool = s;
	uv_fileno(&c->handle, &fd);
	s->socket = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (s->socket < 0)
		give_up(s);
	else
		send_part(s);
}

void spool_abandon(struct conn *c)
{
	if (c->spool)
		c->spool->c = NULL;
	c->spool = NULL;
}

uint64_t spool_left(const struct spool *s)
{
	return s ? s->left : 0;
}
