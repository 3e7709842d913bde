/* spool.c - see spool.h. */
#include "base/limits.h"
#include "base/mem.h"
#include "server/loop.h"
#include "server/spool.h"

#define PIECE (64 * KIB)

struct spool {
	uv_fs_t read;
	uv_write_t write;
	struct conn *c;			/* NULL: it died */
	struct exchange *x;
	uint64_t at, left;
	uv_buf_t buf;
	char bytes[PIECE];
};

static void read_piece(struct spool *s);

static void spool_free(struct spool *s)
{
	exchange_done(s->x);
	mem_free(s);
}

/* A piece has left the process. */
static void next(struct spool *s)
{
	struct conn *c = s->c;

	if (s->left) {
		read_piece(s);
		return;
	}
	c->spool = NULL;
	spool_free(s);
	conn_sent(c);
}

static void on_written(uv_write_t *write, int status)
{
	struct spool *s = write->data;

	if (s->c && status < 0)
		conn_close(s->c);
	if (s->c)
		next(s);
	else
		spool_free(s);
}

static void write_piece(struct spool *s)
{
	int r = uv_try_write(&s->c->stream, &s->buf, 1);

	if (r >= 0 && (size_t)r == s->buf.len) {
		next(s);
		return;
	}
	if (r > 0) {
		s->buf.base += r;
		s->buf.len -= (size_t)r;
	}
	s->write.data = s;
	if ((r >= 0 || r == UV_EAGAIN) &&
	    uv_write(&s->write, &s->c->stream, &s->buf, 1, on_written) == 0)
		return;
	conn_close(s->c);
	spool_free(s);
}

static void on_read(uv_fs_t *read)
{
	struct spool *s = read->data;
	ssize_t n = read->result;

	uv_fs_req_cleanup(read);
	/* A file that is shorter than its Content-Length cannot be answered for. */
	if (n <= 0 && s->c)
		conn_close(s->c);
	if (!s->c) {
		spool_free(s);
		return;
	}
	s->at += (uint64_t)n;
	s->left -= (uint64_t)n;
	s->buf = uv_buf_init(s->bytes, (unsigned)n);
	write_piece(s);
}

static void read_piece(struct spool *s)
{
	size_t n = s->left < PIECE ? (size_t)s->left : PIECE;

	s->buf = uv_buf_init(s->bytes, (unsigned)n);
	s->read.data = s;
	if (uv_fs_read(&s->c->loop->uv, &s->read, s->x->reply.fd, &s->buf, 1, (int64_t)s->at,
		       on_read) == 0)
		return;
	conn_close(s->c);
	spool_free(s);
}

void spool_start(struct conn *c)
{
	struct spool *s;

	if (c->spool)
		return;
	s = MEM_NEW(struct spool);
	s->c = c;
	s->x = c->x;
	s->at = s->x->reply.file_from;
	s->left = s->x->reply.file_bytes;
	c->x = NULL;
	c->spool = s;
	read_piece(s);
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
