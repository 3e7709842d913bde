/* target.h - which host and path a request means (RFC 9112 section 3).
 *
 * For http/parser. Origin form ("/a?b"), absolute form ("http://h/a", whose host
 * wins over the Host field) and the asterisk of OPTIONS. CONNECT is a proxy's.
 */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "http/request.h"

/* Fills host, port, path, query from rq->target and the Host field. Returns 0 or
 * the status to refuse with, then *why says it in English. */
int target_resolve(struct request *rq, struct str host_field, bool has_host, const char **why);

#endif
