/* send.h - from a finished answer to what the server sends to one reader. */
#ifndef APP_SEND_H
#define APP_SEND_H

#include "app/render.h"
#include "http/reply.h"
#include "http/request.h"

/* Whether the entry has the form that this request is answered with (see entry_is_whole). */
bool send_fits(const struct request *rq, const struct entry *e);

/* Takes the reference of an entry that fits. 304, 412, the gzip form or a part, as the
 * request asks. */
void send_entry(const struct request *rq, struct entry *e, struct reply *ret);

/* An asset of a theme; false: the path is none (or no such theme). Loop threads. */
bool send_asset(struct engine *e, const struct request *rq, struct reply *ret);

/* A file of a site, opened here. Workers. */
MUST_CHECK bool send_file(const struct request *rq, const struct rendering *r, struct reply *ret,
			  struct fail *f);

/* 301 to an absolute address, in the request's arena. */
void send_moved(const struct request *rq, struct str to, struct reply *ret);

#endif
