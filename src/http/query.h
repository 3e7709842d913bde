/* query.h - name=value&name=value: queries and form bodies.
 *
 * As browsers write application/x-www-form-urlencoded: '+' is a space, %XX a
 * byte, a broken '%' itself. Values that are not UTF-8 come back with their bad
 * bytes as U+FFFD, so that what leaves here is text. At most QUERY_PAIRS pairs are
 * looked at; the rest is not there.
 */
#ifndef HTTP_QUERY_H
#define HTTP_QUERY_H

#include "base/arena.h"

#define QUERY_PAIRS 1000

struct query_pair {
	struct str name, value;		/* decoded, UTF-8; no '=': value.p == NULL */
};

/* The next pair of *rest, empty ones skipped; false at the end. */
bool query_next(struct arena *a, struct str *rest, struct query_pair *ret);

/* The first value of that name; absent: p == NULL. "?x" and "?x=" give "". */
struct str query_get(struct arena *a, struct str query, struct str name);

#endif
