/* digest.h - content digests and random bytes (libsodium).
 *
 * BLAKE2b (RFC 7693) at 16 bytes: enough to name content, short enough for file names; who
 * has no secret finds no two texts with one digest. Any thread; nothing here fails.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <string.h>
#include "base/str.h"

#define DIGEST_LEN 16
#define DIGEST_HEX_LEN 32

struct digest {
	unsigned char b[DIGEST_LEN];
};

struct digest digest_of(struct str bytes);
struct digest digest_of_parts(const struct str *parts, size_t count);	/* as one string */

/* A tenth of the work, by a hash of our own: tells the versions of one page apart, and nothing that
 * is believed. Who wants two texts with one digest can make them. Of this machine's byte order. */
struct digest digest_quick(struct str bytes);

static inline bool digest_eq(const struct digest *a, const struct digest *b)
{
	return memcmp(a->b, b->b, DIGEST_LEN) == 0;
}

/* In small letters, with a NUL at its end. */
void digest_hex(const struct digest *d, char out[DIGEST_HEX_LEN + 1]);

/* From the system's source of randomness: fit for secrets. */
void rand_bytes(void *p, size_t n);
uint64_t rand_u64(void);

#endif
