/* send.h - from a finished answer to what the server sends to one reader.
 *
 * What is made for it lives in the request's arena; entries and files are let go when the reply is
 * released. Any thread, unless said otherwise.
 */
#ifndef APP_SEND_H
#define APP_SEND_H

#include "app/render.h"
#include "http/reply.h"
#include "http/request.h"

/* Which form of a page the request is answered with, where it has two: parts are of the plain. */
bool send_takes_gzip(const struct request *rq);

/* Takes the reference of an entry that has that form. 304, 412, the form or a part of it, as the
 * request asks. */
void send_entry(const struct request *rq, struct entry *e, bool gzip, struct reply *ret);

/* An asset of a theme; false: the path is none (or no such theme). Loop threads. */
bool send_asset(struct engine *e, const struct request *rq, struct reply *ret);

/* A file of a site, opened here. Workers. */
MUST_CHECK bool send_file(const struct request *rq, const struct rendering *r, struct reply *ret,
			  struct fail *f);

/* 301 to an absolute address, in the request's arena. */
void send_moved(const struct request *rq, struct str to, struct reply *ret);

#endif
