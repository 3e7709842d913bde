/* fuzz_image.c - pictures from outside: sizes, and clean copies that stay pictures. */
#include <stdlib.h>
#include "base/limits.h"
#include "image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(buf_release) struct buf once = BUF(16 * MIB);
	CLEANUP(buf_release) struct buf twice = BUF(16 * MIB);
	struct str bytes = str_from((const char *)data, size);
	struct fail f = FAIL_INIT;
	struct image im;

	if (image_probe(bytes, &im) && im.type == IMAGE_NONE)
		abort();
	if (!image_clean(bytes, &once, &f))
		return 0;
	if (!image_clean(buf_str(&once), &twice, &f) || !str_eq(buf_str(&once), buf_str(&twice)))
		abort();
	return 0;
}
