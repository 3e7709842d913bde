/* each_site.h - all sites of the host, one after the other, for commands that look at each.
 *
 * In the order of their names, read some hundred at a time; no transaction is open while
 * one is looked at, which may take as long as it likes.
 */
#ifndef CLI_EACH_SITE_H
#define CLI_EACH_SITE_H

#include "cli/call.h"
#include "site/host_store.h"

/* Looks at one site; the row is lent for the call. False ends the walk. */
typedef bool each_site_fn(void *arg, const struct host_row *row, struct fail *f);

/* Those whose names come after `after` (STR_NONE: all). True when it came to the end or the
 * call was cancelled, false when the list could not be read or see() said so: *f tells of
 * the first, and of the second what see() told. */
MUST_CHECK bool each_site(struct call *call, struct str after, each_site_fn *see, void *arg,
			  struct fail *f);

#endif
