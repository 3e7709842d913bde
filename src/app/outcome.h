/* outcome.h - what a failure is for the reader and for the log: decided here and nowhere
 * else.
 *
 *	code		status
 *	NOT_FOUND	404		LEGAL		451
 *	GONE		410		TOO_LARGE	413
 *	BUSY, RATE	503, with Retry-After
 *	all others	500
 *
 * Failures that are ours (500 and 503) are logged. A damaged site is asked for again and
 * again; the same sentence is told once in ten minutes.
 */
#ifndef APP_OUTCOME_H
#define APP_OUTCOME_H

#include "app/host.h"
#include "http/reply.h"
#include "http/request.h"

int outcome_status(enum fail_code code);

/* Logs the failure if it is ours, and makes the page. */
void outcome_reply(struct host *h, const struct request *rq, const struct fail *why,
		   struct reply *ret);

/* To the log: why a request was answered with 500 or 503, with its id, by which whoever saw
 * the page finds it. A sentence that was told a moment ago is not repeated, but the request
 * is named, up to OUTCOME_NAMED a minute. */
#define OUTCOME_NAMED 60
void outcome_tell(const struct request *rq, const char *why);

/* Shall this sentence go to the log at that time (seconds), or was it there a moment ago? */
bool outcome_is_news(const char *text, int64_t now);

#endif
