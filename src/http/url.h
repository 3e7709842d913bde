/* url.h - percent coding, paths and host names of URLs (RFC 3986).
 *
 * Decoding happens once, here, and never again further up. Queries are in
 * query.h.
 */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "base/arena.h"
#include "base/buf.h"

/* A raw path (with its first '/') as request.h describes it. Without anything to
 * decode the result is the raw path itself, no copy. False: a bad %-sequence, not
 * UTF-8, a control character, or a "." or ".." segment. */
bool url_path(struct arena *a, struct str raw, struct str *ret, bool *folded);

/* host[:port] of a Host field or URL: a DNS-like name (letters, digits, "-", "_",
 * labels of 1 to 63), an IPv4 address or an IPv6 literal in brackets (kept). No
 * user part, no encoding. The name comes back in lower case, without the dot at
 * its end. Port 0: not written. */
bool url_host(struct arena *a, struct str authority, struct str *host, uint16_t *port);

/* Decodes %XX, and '+' as a space when asked (forms). A '%' that begins no such
 * sequence stays as it is: what people type is not refused. The bytes may be
 * anything: ask utf8_valid() where text is meant. */
struct str url_decode(struct arena *a, struct str raw, bool plus_is_space);

void url_encode(struct buf *b, struct str raw);		/* all but letters digits -._~ */
void url_encode_path(struct buf *b, struct str path);	/* keeps '/' and what paths may hold */

#endif
