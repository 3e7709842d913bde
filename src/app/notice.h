/* notice.h - the small page that needs nothing: no theme, no database, no file.
 *
 * For what the server itself refuses (a request that cannot be read, one that takes too
 * long, a full house) and for failures in which nothing better can be trusted to work.
 * In the reader's language, with the operator's contact. Any thread; takes a lock for
 * a few instructions, so loop threads may.
 */
#ifndef APP_NOTICE_H
#define APP_NOTICE_H

#include "app/host.h"
#include "http/reply.h"
#include "http/request.h"

/* The reader's catalog: ?lang= (the host's own pages have it), Accept-Language, then `usual`.
 * rq may be half read. Lent by `all`. */
const struct catalog *notice_language(const struct request *rq, const struct catalogs *all,
				      struct str usual);

/* The sentence that a status is explained with. */
const char *notice_sentence(const struct catalog *c, int status);

/* Fills in the reply; bytes are in the request's arena. head: further lines, or empty. */
void notice_reply(struct host *h, const struct request *rq, int status, struct str head,
		  struct reply *ret);

#endif
