/* digest.c - the only file that knows libsodium. */
#include "base/digest.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static void need_sodium(void)
{
	if (sodium_init() < 0) {
		fputs("hameau: libsodium does not start\n", stderr);
		abort();
	}
}

struct digest digest_of_parts(const struct str *parts, size_t count)
{
	crypto_generichash_state state;
	struct digest d;

	need_sodium();
	crypto_generichash_init(&state, NULL, 0, DIGEST_LEN);
	for (size_t i = 0; i < count; i++)
		crypto_generichash_update(&state, (const unsigned char *)parts[i].p, parts[i].n);
	crypto_generichash_final(&state, d.b, DIGEST_LEN);
	return d;
}

struct digest digest_of(struct str bytes)
{
	return digest_of_parts(&bytes, 1);
}

void digest_hex(const struct digest *d, char out[DIGEST_HEX_LEN + 1])
{
	sodium_bin2hex(out, DIGEST_HEX_LEN + 1, d->b, DIGEST_LEN);
}

void rand_bytes(void *p, size_t n)
{
	need_sodium();
	randombytes_buf(p, n);
}

uint64_t rand_u64(void)
{
	uint64_t v;

	rand_bytes(&v, sizeof v);
	return v;
}
