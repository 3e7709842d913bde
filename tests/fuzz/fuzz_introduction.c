/* fuzz_introduction.c - any bytes before the first request: the verdict is the same whole
 * and cut, and whoever is named is an address. */
#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "http/forwarded.h"
#include "http/introduction.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = str_from((const char *)data, size);
	enum introduction_result whole, r = INTRODUCTION_MORE;
	struct introduction in, cut;
	struct forwarded_net all;

	whole = introduction_read(bytes, &in);
	for (size_t n = 1; n <= bytes.n && r == INTRODUCTION_MORE; n++)
		r = introduction_read(str_sub(bytes, 0, n), &cut);
	assert(r == whole);
	if (whole == INTRODUCTION_BAD)
		assert(in.why);
	if (whole != INTRODUCTION_DONE)
		return 0;
	assert(in.used == cut.used && in.used <= size && in.used <= LIMIT_INTRODUCTION);
	assert(in.known == (in.address[0] != '\0') || !in.known);
	if (in.known && forwarded_net_parse(STR("::/0"), &all, NULL))
		assert(forwarded_net_has(&all, 1, str_of(in.address)));
	return 0;
}
