/* mime.h - which media type a file name means. */
#ifndef HTTP_MIME_H
#define HTTP_MIME_H

#include "base/str.h"

struct mime {
	struct str extension;	/* lower case */
	struct str type;	/* for Content-Type, with charset where text is meant */
	bool compressible;	/* gzip makes it smaller */
	bool shown;		/* harmless to show in place; others are downloaded */
};

/* By the extension, without regard to case; unknown is application/octet-stream. */
const struct mime *mime_of(struct str file_name);

#endif
