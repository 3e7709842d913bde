/* reply.h - one answer as data, and its head as bytes.
 *
 * The application fills a struct reply; the server adds Date, Connection and
 * Content-Length. Start from REPLY(status). What the slices point to must stay
 * until the bytes have left: it lives in the request's arena, in memory that never
 * goes away, or belongs to `owner`, whose `release` is called once, on the
 * loop's thread, when the answer has left or cannot leave any more.
 *
 * A body is the slices `body`, `more[0]` ... one after the other, and behind them
 * the part [file_from, file_from + file_bytes) of `fd` when has_file is set. The
 * server takes the descriptor and closes it.
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "base/buf.h"
#include "http/request.h"

#define REPLY_MORE 3

struct reply {
	int status;
	struct str head;	/* "Name: value\r\n"..., without Date and Connection; unless it is
				   prepared without Content-Length and the blank line, too */
	bool prepared;		/* head has its Content-Length already, and the blank line */
	struct str body, more[REPLY_MORE];
	bool has_file;
	int fd;
	uint64_t file_from, file_bytes;
	bool close;		/* end the connection after this */
	bool late;		/* not now, but within the next quarter of a second: whoever asks
				   again at once, whatever is said to him, does so less often */
	const char *source;	/* where it came from, one word for logs; static, or NULL */
	void (*release)(void *owner);
	void *owner;
};

#define REPLY(code) ((struct reply){ .status = (code) })

/* Appends "name: value\r\n" to a head being made. Control bytes in the value become
 * spaces, so that no value can begin another line. */
void reply_field(struct buf *head, struct str name, struct str value);

uint64_t reply_length(const struct reply *r);		/* bytes of the whole body */

/* False for 1xx, 204 and 304, which never have one. */
static inline bool reply_may_have_body(int status)
{
	return status >= 200 && status != 204 && status != 304;
}

/* Turns a 200 whose body is one slice or one file, and whose head is not prepared,
 * into the 206 or 416 that the request's Range asks for; other replies stay as they
 * are. The new head lives in the request's arena. */
void reply_range(const struct request *rq, struct reply *r, struct str etag,
		 int64_t last_modified);

/* What the server knows and the reply does not. */
struct reply_frame {
	struct str date;	/* "Date: ...\r\n" */
	struct str ok;		/* the status line of a 200, and the date */
	bool close;		/* say "Connection: close" */
	bool keep_alive;	/* say "Connection: keep-alive" (HTTP/1.0) */
	struct str lines;	/* further header lines */
};

/* Appends what stands before r->head. */
void reply_first_lines(struct buf *out, const struct reply *r, const struct reply_frame *frame);

/* Appends the whole head with its blank line. */
void reply_head(struct buf *out, const struct reply *r, const struct reply_frame *frame);

#endif
