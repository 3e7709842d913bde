/* fuzz_save.c - what a text that is saved by itself goes through beside its head: its address as
 * somebody typed it (line one), and the tags of its body, which are written out as comments and
 * read back.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "transfer/export_text.h"
#include "transfer/save.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_address(struct arena *a, struct str asked)
{
	struct str address = save_address(a, asked);

	if (address.n == 0)
		return;
	assert(address.n >= 3 && address.n <= LIMIT_TARGET + 2);
	assert(address.p[0] == '/' && address.p[address.n - 1] == '/');
	for (size_t i = 0; i < address.n; i++)
		assert((unsigned char)address.p[i] >= ' ');
}

static void check_body(struct arena *a, struct str body)
{
	CLEANUP(buf_release) struct buf out = BUF(8 * LIMIT_POST);

	export_text_tag(&out, body);
	assert(buf_ok(&out));
	assert(str_eq(export_text_untag(a, buf_str(&out)), body));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str rest, first = str_cut(str_from((const char *)data, size), '\n', &rest);

	if (size > LIMIT_POST / 4)
		return 0;
	check_address(a, first);
	check_body(a, rest);
	return 0;
}
