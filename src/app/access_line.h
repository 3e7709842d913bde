/* access_line.h - a request and its answer as one line. Private to access_log. */
#ifndef APP_ACCESS_LINE_H
#define APP_ACCESS_LINE_H

#include "app/config.h"
#include "base/limits.h"
#include "http/reply.h"
#include "http/request.h"

enum access_address {
	ACCESS_ADDRESS_NONE,
	ACCESS_ADDRESS_NETWORK,		/* 192.0.2.0, 2001:db8:1:: : /24 and /48 */
	ACCESS_ADDRESS_FULL,
};

struct access_style {
	bool is_json;			/* else logfmt: key=value */
	enum access_address address;
};

/* Stays as long as the program does. */
const struct access_style *access_line_style(const struct config *c);

enum { ACCESS_LINE_MAX = 16 * KIB };

/* Writes the line with its end; gives its length in bytes, 0 when it is too long. ns: from the
 * whole head to the answer. */
size_t access_line(char to[ACCESS_LINE_MAX], const struct access_style *style,
		   const struct request *rq, const struct reply *reply, int64_t ns);

/* The network of an address; "" for what is none. */
#define ACCESS_NETWORK_TEXT 46
void access_line_network(struct str address, char ret[ACCESS_NETWORK_TEXT]);

#endif
