/* url.h - percent coding, paths and host names of URLs (RFC 3986).
 *
 * Decoding happens once, here, and never again further up. Queries are in
 * query.h.
 */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "base/arena.h"
#include "base/buf.h"
#include "http/scan.h"

/* A raw path (with its first '/') as request.h describes it. Without anything to
 * decode the result is the raw path itself, no copy. False: a bad %-sequence, not
 * UTF-8, a control character, or a "." or ".." segment. */
bool url_path(struct arena *a, struct str raw, struct str *ret, bool *folded);

/* host[:port] of a Host field or URL: a DNS-like name (letters, digits, "-", "_",
 * labels of 1 to 63), an IPv4 address or an IPv6 literal in brackets (kept). No
 * user part, no encoding. The name comes back in lower case, without the dot at
 * its end. Port 0: not written. */
bool url_host(struct arena *a, struct str authority, struct str *host, uint16_t *port);

/* Whether it is a name as nearly all are: small letters, digits, "-" and "_", single dots between
 * them, sixteen bytes at most, and no port. url_host() gives it as it is then. False: ask that.
 * From its first byte on 16 may be read. */
static inline bool url_host_is_plain(struct str s)
{
	struct scan b = scan_load(s.p);
	unsigned dots = scan_is(b, '.'), others = scan_is(b, '-') | scan_is(b, '_');
	unsigned names = scan_between(b, 0, 'a', 'z') | scan_between(b, 0, '0', '9') | others;

	if (!s.n || s.n > 16 || (~(names | dots) & scan_there(s, 0)))
		return false;
	return !(dots & scan_there(s, 0) & (dots << 1 | 1 | 1u << (s.n - 1)));
}

/* Decodes %XX, and '+' as a space when asked (forms). A '%' that begins no such
 * sequence stays as it is: what people type is not refused. The bytes may be
 * anything: ask utf8_valid() where text is meant. */
struct str url_decode(struct arena *a, struct str raw, bool plus_is_space);

void url_encode(struct buf *b, struct str raw);		/* all but letters digits -._~ */
void url_encode_path(struct buf *b, struct str path);	/* keeps '/' and what paths may hold */

#endif
