/* negotiate.h - what the client would rather have (RFC 9110 section 12.5). */
#ifndef HTTP_NEGOTIATE_H
#define HTTP_NEGOTIATE_H

#include "http/request.h"

/* Whether gzip is acceptable and not liked less than the plain bytes. `x-gzip` is
 * gzip; `*` stands for what is not named. No field: plain. */
bool negotiate_gzip(const struct request *rq);

#endif
