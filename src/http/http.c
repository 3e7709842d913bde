/* http.c - see http.h. */
#include "base/ascii.h"
#include "base/date.h"
#include "http/etag.h"
#include "http/lex.h"
#include "http/request.h"

/* Each name is compared inline; nearly all requests end at the first. */
#define METHODS(X) X(GET) X(HEAD) X(POST) X(PUT) X(PATCH) X(DELETE) X(OPTIONS) X(CONNECT) X(TRACE)

enum http_method http_method_of(struct str name)
{
#define X(word) \
	if (name.n == sizeof #word - 1 && !memcmp(name.p, #word, sizeof #word - 1)) \
		return HTTP_##word;
	METHODS(X)
#undef X
	return HTTP_OTHER;
}

#define STATUSES(X) \
	X(100, "Continue") X(200, "OK") X(201, "Created") X(202, "Accepted") \
	X(204, "No Content") X(206, "Partial Content") X(301, "Moved Permanently") \
	X(302, "Found") X(303, "See Other") X(304, "Not Modified") \
	X(307, "Temporary Redirect") X(308, "Permanent Redirect") X(400, "Bad Request") \
	X(401, "Unauthorized") X(403, "Forbidden") X(404, "Not Found") \
	X(405, "Method Not Allowed") X(406, "Not Acceptable") X(408, "Request Timeout") \
	X(409, "Conflict") X(410, "Gone") X(411, "Length Required") \
	X(412, "Precondition Failed") X(413, "Content Too Large") X(414, "URI Too Long") \
	X(415, "Unsupported Media Type") X(416, "Range Not Satisfiable") \
	X(417, "Expectation Failed") X(421, "Misdirected Request") \
	X(422, "Unprocessable Content") X(426, "Upgrade Required") \
	X(428, "Precondition Required") X(429, "Too Many Requests") \
	X(431, "Request Header Fields Too Large") X(451, "Unavailable For Legal Reasons") \
	X(500, "Internal Server Error") X(501, "Not Implemented") X(502, "Bad Gateway") \
	X(503, "Service Unavailable") X(504, "Gateway Timeout") \
	X(505, "HTTP Version Not Supported") X(507, "Insufficient Storage")

const char *http_status_text(int status)
{
	switch (status) {
#define X(code, text) case code: return text;
	STATUSES(X)
#undef X
	}
	return "Unknown";
}

struct str http_status_line(int status)
{
	switch (status) {
#define X(code, text) case code: return STR("HTTP/1.1 " #code " " text "\r\n");
	STATUSES(X)
#undef X
	}
	return STR_NONE;
}

/* A date condition: true when the thing changed after that date. An unreadable date
 * is no condition (RFC 9110 section 13.1.3). */
static bool changed_since(struct str date, int64_t last_modified, bool otherwise)
{
	int64_t t;

	if (!date.n || !last_modified || !date_parse_http(date, &t))
		return otherwise;
	return last_modified > t;
}

static bool is_read(const struct request *rq)
{
	return rq->method == HTTP_GET || rq->method == HTTP_HEAD;
}

bool http_not_modified(const struct request *rq, struct str etag, int64_t last_modified)
{
	struct str list;

	if (!is_read(rq))
		return false;
	list = request_field(rq, STR("If-None-Match"));
	if (list.p)
		return etag_list_has(list, etag, ETAG_WEAK);
	return !changed_since(request_field(rq, STR("If-Modified-Since")), last_modified, true);
}

int http_precondition(const struct request *rq, struct str etag, int64_t last_modified)
{
	struct str list;

	if (!request_has_conditions(rq))
		return 0;
	list = request_field(rq, STR("If-Match"));
	if (list.p && !etag_list_has(list, etag, ETAG_STRONG))
		return 412;
	if (!list.p && changed_since(request_field(rq, STR("If-Unmodified-Since")), last_modified,
				     false))
		return 412;
	if (is_read(rq))
		return http_not_modified(rq, etag, last_modified) ? 304 : 0;
	list = request_field(rq, STR("If-None-Match"));
	return list.p && etag_list_has(list, etag, ETAG_WEAK) ? 412 : 0;
}

static bool if_range_holds(const struct request *rq, struct str etag, int64_t last_modified)
{
	struct str condition = request_field(rq, STR("If-Range"));
	int64_t t;

	if (!condition.p)
		return true;
	if (str_has_char(condition, '"'))
		return etag.n && !str_starts(etag, STR("W/")) && str_eq(condition, etag);
	return last_modified && date_parse_http(condition, &t) && t == last_modified;
}

static bool number(struct str s, uint64_t *ret)
{
	return s.n && ascii_is_digit(s.p[0]) && str_to_u64(s, ret);
}

/* "0-99", "100-", "-100" */
static struct http_range part(struct str spec, uint64_t size)
{
	struct http_range none = { HTTP_RANGE_NONE, 0, 0 }, whole = { HTTP_RANGE_WHOLE, 0, 0 };
	struct str last, first = str_cut(spec, '-', &last);
	uint64_t from, to;

	if (!last.p)
		return whole;
	if (!first.n) {
		if (!number(last, &to))
			return whole;
		if (to == 0 || size == 0)
			return none;
		from = to < size ? size - to : 0;
		return (struct http_range){ HTTP_RANGE_PART, from, size - from };
	}
	if (!number(first, &from))
		return whole;
	to = UINT64_MAX;
	if (last.n && (!number(last, &to) || to < from))
		return whole;
	if (from >= size)
		return none;
	if (to >= size)
		to = size - 1;
	return (struct http_range){ HTTP_RANGE_PART, from, to - from + 1 };
}

struct http_range http_range(const struct request *rq, struct str etag, int64_t last_modified,
			     uint64_t size)
{
	struct http_range whole = { HTTP_RANGE_WHOLE, 0, 0 };
	struct str value;

	if (rq->method != HTTP_GET)
		return whole;
	value = request_field(rq, STR("Range"));
	if (!str_starts_nocase(value, STR("bytes=")) || str_has_char(value, ',') ||
	    !if_range_holds(rq, etag, last_modified))
		return whole;
	return part(lex_trim(str_skip(value, 6)), size);
}
