/* introduction.h - how a proxy introduces the reader it forwards: the PROXY protocol.
 *
 * A proxy that moves bytes without reading them (HAProxy in tcp mode, a load balancer)
 * begins each connection with a few bytes of its own: who connects, from where. Both
 * versions of HAProxy's proxy-protocol.txt are read, a line of text (1) and a binary
 * head (2), strictly; what is neither is refused. Everybody can write these bytes, so
 * only connections of addresses that the operator named begin with them (server/).
 *
 * Of version 2's further values the checksum is verified and "came over TLS" is heeded,
 * the others are skipped.
 */
#ifndef HTTP_INTRODUCTION_H
#define HTTP_INTRODUCTION_H

#include <netinet/in.h>

#include "base/str.h"

enum introduction_result {
	INTRODUCTION_MORE,	/* good so far, not whole */
	INTRODUCTION_DONE,
	INTRODUCTION_BAD,	/* close without a word: whoever it is does not speak HTTP here */
};

struct introduction {
	size_t used;			/* bytes that were the introduction */
	bool known;			/* `address` is the reader's; else the proxy speaks for
					   itself (a look at our health) or a Unix socket */
	char address[INET6_ADDRSTRLEN];
	bool told_tls, tls;		/* whether it spoke of TLS, and whether there was any */
	const char *why;		/* BAD: for a test, English */
};

/* bytes: all that came so far, from the first byte of the connection on. */
enum introduction_result introduction_read(struct str bytes, struct introduction *ret);

#endif
