/* route.h - from a path to a handler.
 *
 * A pattern is a path whose segments may be ":name", which catches one segment (the
 * k-th into cx->args[k]), or end in "*", which catches the rest with its slashes.
 * "/tag/:tag/page/:number/". The first pattern that fits wins.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/answer.h"

typedef bool route_fn(struct ctx *cx, struct answer *ret, struct fail *f);

struct route {
	const char *pattern;
	route_fn *show;
	const char *query;	/* names of the query parameters it looks at, or NULL */
	int tag;		/* the handler's own, in cx->tag */
};

/* The arguments are lent from the path. Any thread. */
bool route_match(const char *pattern, struct str path, struct str args[CTX_ARGS]);

/* A number from 1 to 10 million, without leading zeros: what a page number may be. */
bool route_number(struct str s, int64_t *ret);

#endif
