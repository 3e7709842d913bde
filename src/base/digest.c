/* digest.c - the only file that knows libsodium. */
#include "base/digest.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- digest_quick: four words a step, each on a lane of its own ---- */

enum { LANES = 4, STEP = LANES * sizeof(uint64_t) };

static uint64_t stir(uint64_t h)
{
	h *= 0xd6e8feb86659fd93u;
	return h ^ h >> 32;
}

static void take_step(uint64_t lane[LANES], const char *p)
{
	uint64_t word[LANES];

	memcpy(word, p, STEP);
	for (int i = 0; i < LANES; i++)
		lane[i] = stir(lane[i] ^ word[i]);
}

struct digest digest_quick(struct str s)
{
	uint64_t lane[LANES] = { 0x9e3779b97f4a7c15u, 0xbf58476d1ce4e5b9u, 0x94d049bb133111ebu,
				 0xcbf29ce484222325u };
	uint64_t out[2] = { s.n, ~(uint64_t)s.n };
	char last[STEP] = { 0 };
	struct digest d;
	size_t i = 0;

	for (; s.n - i >= STEP; i += STEP)
		take_step(lane, s.p + i);
	if (s.n > i)
		memcpy(last, s.p + i, s.n - i);
	take_step(lane, last);
	for (int k = 0; k < LANES; k++) {
		out[0] = stir(stir(out[0] ^ lane[k]));
		out[1] = stir(stir(out[1] ^ lane[LANES - 1 - k]));
	}
	memcpy(d.b, out, DIGEST_LEN);
	return d;
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
