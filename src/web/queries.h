/* queries.h - the queries that a theme names in its theme.ini, answered.
 *
 * A page asks only those that its template mentions, so that what it does not show cannot
 * make it stale.
 */
#ifndef WEB_QUERIES_H
#define WEB_QUERIES_H

#include "mustache/value.h"
#include "web/ctx.h"

/* template: its name, "home". Sets queries.NAME (lists of posts as in lists) and
 * has_queries.NAME. */
MUST_CHECK bool queries_value(struct ctx *cx, struct str template, struct value *page,
			      struct fail *f);

#endif
