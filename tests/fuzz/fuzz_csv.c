/* fuzz_csv.c - any bytes as a table: each record ends, and lines only go up. */
#include <stdlib.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str fields[CSV_FIELDS];
	struct fail f = FAIL_INIT;
	enum csv_result r;
	int line = 0;
	struct csv c;
	size_t n;

	csv_init(&c, str_from((const char *)data, size));
	while ((r = csv_next(&c, a, fields, &n, &f)) == CSV_RECORD) {
		if (c.line <= line || !n || n > CSV_FIELDS)
			abort();
		line = c.line;
	}
	if ((r == CSV_BAD) != (f.code != FAIL_NONE) || (r == CSV_END && c.rest.n))
		abort();
	return 0;
}
