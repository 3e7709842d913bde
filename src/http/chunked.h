/* chunked.h - the body that comes in chunks (RFC 9112 section 7.1), strictly.
 *
 * Sizes are 1 to 15 hexadecimal digits, directly followed by CRLF or ";extension";
 * every line ends in CRLF. Extensions and trailer fields are checked, counted
 * against CHUNKED_EXTRAS for the whole body, and dropped. The verdict depends on
 * the bytes alone, not on how they were cut.
 */
#ifndef HTTP_CHUNKED_H
#define HTTP_CHUNKED_H

#include "base/buf.h"

#define CHUNKED_EXTRAS (8 * 1024)	/* bytes of extensions and trailers in one body */

enum chunked_result {
	CHUNKED_MORE,
	CHUNKED_DONE,		/* the body is whole; *used may be less than given */
	CHUNKED_BAD,		/* malformed: 400 and close */
	CHUNKED_TOO_LARGE,	/* more than `out` may hold: 413 and close */
};

/*	   .--------------------- data end ----------------------.
 *	   v                                                      |
 *	 SIZE --digit--> SIZE --;--> EXT --CR--> SIZE_LF --> DATA --> DATA_CR --> DATA_LF
 *	                   '------CR----------------^   | size 0
 *	                                                v
 *	           .--------------------------------> LINE --CR--> END_LF --> DONE
 *	           '-- TRAILER_LF <--CR-- TRAILER <-----'
 */
enum chunked_state {
	CHUNKED_SIZE, CHUNKED_EXT, CHUNKED_SIZE_LF, CHUNKED_DATA, CHUNKED_DATA_CR,
	CHUNKED_DATA_LF, CHUNKED_LINE, CHUNKED_NAME, CHUNKED_TRAILER, CHUNKED_TRAILER_LF,
	CHUNKED_END_LF, CHUNKED_END, CHUNKED_REFUSED,
};

struct chunked {
	enum chunked_state state;
	unsigned digits;	/* of the size being read */
	uint64_t left;		/* bytes of the current chunk */
	size_t extras;
	enum chunked_result refusal;
};

void chunked_init(struct chunked *c);

/* Takes n bytes and appends what they carry to out. *used tells how many of them
 * belong to this body; all of them unless DONE or refused. */
enum chunked_result chunked_read(struct chunked *c, const char *p, size_t n, struct buf *out,
				 size_t *used);

#endif
