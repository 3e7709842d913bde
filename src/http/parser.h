/* parser.h - the head of an HTTP/1.x message, strictly (RFC 9112).
 *
 * Incremental by asking again: the caller gives all bytes of the head received
 * so far, each time more of them, and the parser remembers only how far it has
 * looked. So the verdict depends on the bytes alone, never on how they were cut.
 *
 * What it insists on: CRLF line ends, no other control byte but tab in values,
 * one space between the parts of the request line, HTTP/1.x, no folded lines,
 * exactly one valid Host in HTTP/1.1, at most one Content-Length of digits, at
 * most one Transfer-Encoding which says `chunked`, never both, the second never
 * in HTTP/1.0. One empty line before the request is skipped. Every refusal is
 * final: answer with `status` and close.
 */
#ifndef HTTP_PARSER_H
#define HTTP_PARSER_H

#include "http/heads.h"

enum parser_result {
	PARSER_MORE,		/* good so far, not whole */
	PARSER_DONE,		/* `used` bytes were the head, the request is filled in */
	PARSER_BAD,		/* `status` and `why` say what to answer */
};

struct parser {
	size_t at;		/* bytes that need not be looked at again */
	size_t line;		/* where the unfinished line begins */
	size_t used;
	int status;		/* 400, 414, 431, 501, 505 */
	const char *why;	/* for a log or a test, English */
	struct heads *heads;	/* the caller's; NULL: each head is read. The verdict is the same */
};

static inline void parser_init(struct parser *p)
{
	*p = (struct parser){ .at = 0 };
}

/* `bytes` begins where the message begins. rq was given to request_init and may be
 * another one at each call: it is filled only by the call that returns DONE. */
enum parser_result parser_head(struct parser *p, struct str bytes, struct request *rq);

#endif
