/* negotiate.h - what the client would rather have (RFC 9110 section 12.5). */
#ifndef HTTP_NEGOTIATE_H
#define HTTP_NEGOTIATE_H

#include "http/request.h"

/* Whether gzip is acceptable and not liked less than the plain bytes. `x-gzip` is
 * gzip; `*` stands for what is not named. No field: plain. */
bool negotiate_gzip(const struct request *rq);

/* The best of `languages` (BCP 47, as "pt-br") for an Accept-Language list: the
 * highest quality, then the order of the list. A range matches itself and what is
 * more special ("fr" takes "fr-ca"); without such a match its shorter forms are
 * tried ("fr-CA" takes "fr"). -1: none is wanted. */
int negotiate_language(struct str accept, const struct str *languages, size_t count);

#endif
