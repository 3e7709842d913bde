/* fuzz_chunked.c - any bytes as a chunked body: same verdict, same body, whole and
 * cut, and never more than the limit. */
#include <stdlib.h>

#include "http/chunked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum chunked_result read_in_steps(struct str wire, size_t step, struct buf *out,
					 size_t *used)
{
	enum chunked_result r = CHUNKED_MORE;
	struct chunked c;
	size_t n;

	chunked_init(&c);
	for (*used = 0; *used < wire.n && r == CHUNKED_MORE; *used += n) {
		n = wire.n - *used < step ? wire.n - *used : step;
		r = chunked_read(&c, wire.p + *used, n, out, &n);
	}
	return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(buf_release) struct buf whole = BUF(500);
	CLEANUP(buf_release) struct buf cut = BUF(500);
	enum chunked_result r;
	size_t used, used_whole;
	struct str wire;

	if (size < 2)
		return 0;
	wire = str_from((const char *)data + 1, size - 1);
	r = read_in_steps(wire, wire.n, &whole, &used_whole);
	if (read_in_steps(wire, 1 + data[0] % 32, &cut, &used) != r)
		abort();
	if (!str_eq(buf_str(&whole), buf_str(&cut)) || !buf_ok(&whole))
		abort();
	if (r == CHUNKED_DONE && used != used_whole)
		abort();
	return 0;
}
