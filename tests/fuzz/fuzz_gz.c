/* fuzz_gz.c - whatever a page holds: packed, it is one member that unpacks to the same bytes, and
 * hardly larger than they are.
 */
#include <stdlib.h>
#include "base/limits.h"
#include "gz/gz.h"

#define CEILING (4 * MIB)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_from((const char *)data, size);
	CLEANUP(buf_release) struct buf gz = BUF(CEILING), back = BUF(CEILING);

	if (size > MIB)
		return 0;
	if (!gz_page(text, &gz) || gz.n > size + 5 * (size / UINT16_MAX + 1) + 18)
		abort();
	if (!gz_read(buf_str(&gz), &back, NULL) || !str_eq(buf_str(&back), text))
		abort();
	return 0;
}
