/* writing.h - a site whose texts a command reads or changes.
 *
 * The site that the first argument names, with its database lent and its settings read, as
 * transfer/ wants it.
 */
#ifndef CLI_WRITING_H
#define CLI_WRITING_H

#include "cli/call.h"
#include "transfer/import.h"

struct writing {
	struct host *host;
	struct site *site;
	struct db *db;
	struct catalogs *_Atomic catalogs;	/* NULL until a text is rendered */
	struct import_site to;		/* points to this struct */
};

MUST_CHECK bool writing_open(struct call *call, struct writing *ret, struct fail *f);
void writing_release(struct writing *w);	/* for CLEANUP; begin with { .db = NULL } */

/* After a change: what the host must know of it. */
MUST_CHECK bool writing_announce(struct writing *w, struct fail *f);

/* "http://anna.localhost:8080", as a person would type it. The server that runs knows where it
 * listens; the configuration says where one would. */
struct str writing_origin(struct call *call, const struct site *site);

#endif
