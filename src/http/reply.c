/* reply.c - see reply.h. */
#include "http/reply.h"
#include <inttypes.h>

#include "http/lex.h"

void reply_field(struct buf *head, struct str name, struct str value)
{
	buf_add(head, name);
	buf_add(head, STR(": "));
	for (size_t i = 0; i < value.n; i++)
		buf_addc(head, lex_is_control(value.p[i]) ? ' ' : value.p[i]);
	buf_add(head, STR("\r\n"));
}

uint64_t reply_length(const struct reply *r)
{
	uint64_t n = r->body.n;

	for (int i = 0; i < REPLY_MORE; i++)
		n += r->more[i].n;
	return n + (r->has_file ? r->file_bytes : 0);
}

static bool is_one_piece(const struct reply *r)
{
	for (int i = 0; i < REPLY_MORE; i++)
		if (r->more[i].n)
			return false;
	return !(r->has_file && r->body.n);
}

static void cut_body(struct reply *r, uint64_t from, uint64_t bytes)
{
	if (r->has_file) {
		r->file_from += from;
		r->file_bytes = bytes;
		return;
	}
	r->body = str_sub(r->body, (size_t)from, (size_t)(from + bytes));
}

void reply_range(const struct request *rq, struct reply *r, struct str etag, int64_t last_modified)
{
	uint64_t size = reply_length(r);
	struct http_range range;

	if (r->status != 200 || r->prepared || !is_one_piece(r))
		return;
	range = http_range(rq, etag, last_modified, size);
	switch (range.kind) {
	case HTTP_RANGE_WHOLE:
		break;
	case HTTP_RANGE_PART:
		r->status = 206;
		r->head = arena_printf(rq->arena, "%.*sContent-Range: bytes %" PRIu64 "-%" PRIu64
				       "/%" PRIu64 "\r\n", STR_ARG(r->head), range.from,
				       range.from + range.bytes - 1, size);
		cut_body(r, range.from, range.bytes);
		break;
	case HTTP_RANGE_NONE:
		r->status = 416;
		r->head = arena_printf(rq->arena, "Content-Range: bytes */%" PRIu64 "\r\n", size);
		cut_body(r, 0, 0);
		break;
	}
}

static void add_first_lines(struct buf *out, int status, const struct reply_frame *frame)
{
	struct str line;

	if (status == 200 && frame->ok.n) {
		buf_add(out, frame->ok);
		return;
	}
	line = http_status_line(status);
	if (line.n)
		buf_add(out, line);
	else
		buf_addf(out, "HTTP/1.1 %03d %s\r\n", status, http_status_text(status));
	buf_add(out, frame->date);
}

void reply_first_lines(struct buf *out, const struct reply *r, const struct reply_frame *frame)
{
	add_first_lines(out, r->status, frame);
	if (frame->close)
		buf_add(out, STR("Connection: close\r\n"));
	else if (frame->keep_alive)
		buf_add(out, STR("Connection: keep-alive\r\n"));
	buf_add(out, frame->lines);
}

void reply_head(struct buf *out, const struct reply *r, const struct reply_frame *frame)
{
	reply_first_lines(out, r, frame);
	buf_add(out, r->head);
	if (r->prepared)
		return;
	if (reply_may_have_body(r->status)) {
		buf_add(out, STR("Content-Length: "));
		buf_add_i64(out, (int64_t)reply_length(r));
		buf_add(out, STR("\r\n"));
	}
	buf_add(out, STR("\r\n"));
}
