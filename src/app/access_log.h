/* access_log.h - one line for each answered request, when the operator wants them.
 *
 * Off unless [log] access names a file. A line holds time, request id, host name, method,
 * path without its query, status, bytes of the body, milliseconds from the whole head to
 * the answer, and where the page came from; the reader's address only as far as the
 * operator asked for it. Nothing else of a reader is written: no query, no user agent, no
 * referrer.
 *
 * Loops put lines into a buffer of bounded size; a thread writes it out ten times a
 * second. What does not fit while the disk is slow is dropped and counted.
 */
#ifndef APP_ACCESS_LOG_H
#define APP_ACCESS_LOG_H

#include "app/config.h"
#include "http/reply.h"
#include "http/request.h"

struct access_log;

struct access_log *access_log_new(const char *data);	/* off; relative names are below data */
void access_log_free(struct access_log *l);		/* writes what is left; NULL is fine */

/* As [log] says from now on. The file is opened anew, so that one that was renamed is left
 * alone: this is how logs are rotated. On failure it stays as it was. One thread at a time. */
MUST_CHECK bool access_log_configure(struct access_log *l, const struct config *c, struct fail *f);
bool access_log_is_on(struct access_log *l);

/* Any thread; holds a lock for the length of a copy. */
void access_log_add(struct access_log *l, const struct request *rq, const struct reply *reply,
		    int64_t ns);

struct access_log_stats {
	uint64_t lines, dropped;
};
struct access_log_stats access_log_stats(struct access_log *l);

#endif
