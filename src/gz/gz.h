/* gz.h - whole bodies to gzip and back (libdeflate, pages by ISA-L; RFC 1952).
 *
 * Any thread. The compressors' memory is kept and used again.
 */
#ifndef GZ_GZ_H
#define GZ_GZ_H

#include "base/buf.h"
#include "base/fail.h"

#define GZ_EXTRA_MAX 65535

/* Appends one gzip member to out; level 1 to 12. The same input always gives the same bytes (no
 * time, no name). extra: put as it is into the FEXTRA field, may be empty. False: out is
 * over its ceiling, or extra too large. */
MUST_CHECK bool gz_whole(struct str plain, int level, struct str extra, struct buf *out);

/* The same for a page that somebody waits for: in half of the time of level 1 for some 7 % more
 * bytes; in two thirds, for 5 %, where it is in other than Latin letters. Another machine may
 * make other bytes of it. False: out has no room for the worst case, which is a frame of 18 bytes
 * and five more for each 64 KiB. */
MUST_CHECK bool gz_page(struct str plain, struct buf *out);

/* Appends what is in one gzip member to out, with its checksum proved. Too large for
 * out's ceiling is FAIL_TOO_LARGE, anything else wrong (also bytes behind the end) is
 * FAIL_CORRUPT. */
MUST_CHECK bool gz_read(struct str gz, struct buf *out, struct fail *f);

/* The checksum of gzip, by itself. */
uint32_t gz_crc(struct str s);
uint32_t gz_crc_on(uint32_t before, struct str s);	/* of what came before, and s */

/* The FEXTRA field, lent from gz, without unpacking. False: no gzip head, or torn. */
bool gz_extra(struct str gz, struct str *ret);

/* The same member with another FEXTRA field, or without one (extra empty), appended to
 * out: nothing is packed again, and gz_put_extra(gz_put_extra(m, x), none) is m. Only for
 * members that were made here. */
MUST_CHECK bool gz_put_extra(struct str gz, struct str extra, struct buf *out);

#endif
