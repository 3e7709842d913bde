/* request.h - one request as data, as handlers see it.
 *
 * Made by http/parser from bytes that met every rule of RFC 9112; what stands in
 * it can be believed to be well-formed and nothing more. The slices point into
 * the received bytes or the arena and live as long as the arena does. One owner
 * at a time: the request is handed from loop to worker together with its arena.
 *
 * The path is percent-decoded once, is valid UTF-8 without control characters,
 * starts with '/', and has no "." or ".." segment. Runs of slashes are folded to
 * one; path_folded tells it, so that the application can send the reader to the
 * clean address. An encoded slash (%2F) is a slash.
 *
 * A target that no path comes of is framed as well as any: its path is
 * REQUEST_NOWHERE, which is none that anything can have (no other holds a control
 * character). So it is answered by whoever says that a page is not there, and what
 * was sent never gets as far as where files are looked for.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/arena.h"
#include "http/http.h"

#define REQUEST_NOWHERE STR("/\x7f")
#define REQUEST_FIELDS 24	/* most requests have no more, of a browser behind a proxy */

struct field {
	struct str name, value;		/* value without surrounding white space */
};

struct request {
	struct arena *arena;
	enum http_method method;
	struct str method_name;
	struct str target;		/* as it was sent */
	struct str host;		/* lower case, no port, no dot at its end; "" only in 1.0 */
	uint16_t port;			/* as the client wrote it; 0: not written */
	struct str path;		/* "*" for OPTIONS * */
	bool path_folded;
	struct str query;		/* raw, without '?' */
	bool has_query;
	int minor;			/* HTTP/1.minor: 0, or 1 for 1.1 and later */
	bool keep_alive;		/* the client would go on with this connection */
	struct field *fields;
	size_t n_fields, cap_fields;
	uint64_t names;			/* request_name_bit() of each */
	uint64_t shared;		/* the bits that more than one of them has */

	bool chunked;			/* the body comes in chunks ... */
	uint64_t length;		/* ... else it has so many bytes (0: no body) */
	bool wants_continue;		/* Expect: 100-continue */
	struct str expect;		/* the field, empty when absent */
	struct str body;		/* whole, decoded; set before any hook sees the request */

	bool https;			/* came over TLS, says the proxy before us (forwarded.h) */
	bool told_scheme;		/* it said so; otherwise nobody knows how the reader came */
	struct str peer;		/* address of the reader; "" when it is not known */
	bool proxied;			/* a proxy that is believed passed it on */
	struct str id;			/* its name in logs and on error pages; see request_name */
	unsigned listener;		/* which of the server's listen addresses it came in by */
	unsigned char places[64];	/* of the field that has a bit which is not shared */
};

/* An empty request whose parts will live in the arena. */
void request_init(struct request *rq, struct arena *arena);

/* Most fields that one asks for are not there: that is seen by the lengths, first and last letters
 * of the names that are, without looking at any. Each name has one of 64 bits by them: the same in
 * capitals, for the factors are even; and of the names that browsers and proxies send, none has
 * that of another which a page is asked with. */
static inline size_t request_name_place(struct str name)
{
	size_t first = (unsigned char)name.p[0], last = (unsigned char)name.p[name.n - 1];

	return (name.n + 2 * (first + 11 * last)) & 63;
}

static inline uint64_t request_name_bit(struct str name)
{
	return (uint64_t)1 << request_name_place(name);
}

static inline bool request_leads_nowhere(const struct request *rq)
{
	return str_eq(rq->path, REQUEST_NOWHERE);
}

struct str request_field_there(const struct request *rq, struct str name);

/* The value of a field, name without regard to case (fastest as browsers write it,
 * "Accept-Encoding"). Several of one name are joined with ", " (made in the arena). Absent:
 * p == NULL. */
static inline struct str request_field(const struct request *rq, struct str name)
{
	return rq->names & request_name_bit(name) ? request_field_there(rq, name) : STR_NONE;
}

/* False: it has none of the fields of RFC 9110 section 13.1 but If-Range. */
static inline bool request_has_conditions(const struct request *rq)
{
	return rq->names & (request_name_bit(STR("If-Match"))
			    | request_name_bit(STR("If-Unmodified-Since"))
			    | request_name_bit(STR("If-None-Match"))
			    | request_name_bit(STR("If-Modified-Since")));
}

/* Gives the request its id, if it has none: what a believed proxy called it (X-Request-Id,
 * up to 64 letters, digits and - _ . = + / :), else 16 hex digits that no other request of
 * this process has. The server does it for whatever goes to a worker or wrong. */
void request_name(struct request *rq);

/* The bytes [from, from + n) that the request was parsed from have been copied
 * to `to`: lets every slice point there. */
void request_rebase(struct request *rq, const char *from, size_t n, const char *to);

#endif
