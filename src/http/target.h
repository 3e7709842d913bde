/* target.h - which host and path a request means (RFC 9112 section 3).
 *
 * For http/parser. Origin form ("/a?b"), absolute form ("http://h/a", whose host
 * wins over the Host field) and the asterisk of OPTIONS. CONNECT is a proxy's.
 */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "http/request.h"
#include "http/scan.h"

/* A target as nearly all are: a path as it will be looked for, without a query. False: it has to
 * be looked at more closely. `room`: so many bytes from its first on may be read. */
static inline bool target_is_plain(struct str target, size_t room)
{
	unsigned before = 0;			/* 1: the last block ended with a slash */

	if (!target.n || target.p[0] != '/' || ((target.n + 15) & ~(size_t)15) > room)
		return false;
	for (size_t i = 0; i < target.n; i += 16) {
		struct scan b = scan_load(target.p + i);
		unsigned slash = scan_is(b, '/');
		unsigned odd = scan_no_path(b)
			       | ((slash << 1 | before) & (slash | scan_is(b, '.')));

		if (odd & scan_there(target, i))
			return false;
		before = slash >> 15;
	}
	return true;
}

bool target_take_query(struct request *rq, size_t room);

/* Fills path and query as target_resolve() does, if rq->target is plain, or is up to its query. */
static inline bool target_take(struct request *rq, size_t room)
{
	if (!target_is_plain(rq->target, room))
		return target_take_query(rq, room);
	rq->path = rq->target;
	rq->path_folded = false;
	rq->query = STR_NONE;
	rq->has_query = false;
	return true;
}

/* Fills host, port, path, query from rq->target and the Host field. Returns 0 or
 * the status to refuse with, then *why says it in English. */
int target_resolve(struct request *rq, struct str host_field, bool has_host, const char **why);

#endif
