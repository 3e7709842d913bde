/* forwarded.h - whom a proxy before us speaks for.
 *
 * A proxy says who asked and whether it was over https, with X-Forwarded-For and
 * X-Forwarded-Proto or with Forwarded (RFC 7239). Everybody can write these fields, so
 * they are believed only from addresses that the operator named, and only the one kind
 * that his proxy sets: it passes the other on as the reader wrote it.
 */
#ifndef HTTP_FORWARDED_H
#define HTTP_FORWARDED_H

#include "base/fail.h"
#include "http/request.h"

/* An address or a network, "127.0.0.1", "10.0.0.0/8", "fd00::/8". IPv4 is kept as
 * IPv6 sees it (::ffff:a.b.c.d). */
struct forwarded_net {
	unsigned char bytes[16];
	unsigned bits;
};

MUST_CHECK bool forwarded_net_parse(struct str text, struct forwarded_net *ret, struct fail *f);
bool forwarded_net_has(const struct forwarded_net *nets, size_t count, struct str address);

enum forwarded_kind {
	FORWARDED_X,		/* X-Forwarded-For, X-Forwarded-Proto */
	FORWARDED_RFC7239,	/* Forwarded */
};

/* The request came from a proxy that is believed: sets peer, https and told_scheme as
 * its fields say. The reader is the last address that is no proxy of ours; what stands
 * before it he could have written himself. A port behind an address is left out, in X-Forwarded-For
 * too, where some load balancers write it. A Forwarded that is not well-formed, and an
 * address that is hidden ("unknown", "_name"), say nothing about the reader. */
void forwarded_apply(struct request *rq, enum forwarded_kind kind,
		     const struct forwarded_net *nets, size_t count);

#endif
