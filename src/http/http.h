/* http.h - the words of HTTP: methods, status names, conditions, ranges.
 *
 * Sources: RFC 9110 (semantics). Nothing here touches a socket; functions only
 * read the request and answer a question about it. Any thread.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/str.h"

struct request;

enum http_method {
	HTTP_OTHER,		/* a well-formed word that we do not know */
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP_OPTIONS,
	HTTP_CONNECT,
	HTTP_TRACE,
};

enum http_method http_method_of(struct str name);	/* case matters */
const char *http_status_text(int status);		/* "Not Found"; unknown: "Unknown" */
struct str http_status_line(int status);	/* "HTTP/1.1 404 Not Found\r\n"; unknown: empty */

/* What the request's conditions say about a thing with this strong etag (quoted,
 * may be empty: none) and time (0: unknown), in the order of RFC 9110 section
 * 13.2.2. 0: go on; 304: the client has it; 412: it is not what the client thinks. */
int http_precondition(const struct request *rq, struct str etag, int64_t last_modified);

/* The half of it that pages need: GET or HEAD, and the client has this already. */
bool http_not_modified(const struct request *rq, struct str etag, int64_t last_modified);

enum http_range_kind {
	HTTP_RANGE_WHOLE,	/* none asked, not understood, several, or If-Range did not match */
	HTTP_RANGE_PART,
	HTTP_RANGE_NONE,	/* outside of the thing: 416 */
};

struct http_range {
	enum http_range_kind kind;
	uint64_t from, bytes;	/* of HTTP_RANGE_PART; bytes > 0 */
};

/* Which part of `size` bytes a GET asks for. If-Range compares strongly: a weak
 * etag never matches, a date must be equal to last_modified. */
struct http_range http_range(const struct request *rq, struct str etag, int64_t last_modified,
			     uint64_t size);

#endif
