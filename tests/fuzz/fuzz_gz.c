/* fuzz_gz.c - whatever a page holds: packed, it is one member that unpacks to the same bytes.
 *
 * Packed twice: as pages are (gz_page), and by the one code even where it does not suit.
 */
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "base/mem.h"
#include "gz/gz.h"
#include "gz/quick.h"

#define CEILING (4 * MIB)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void prove(struct str gz, struct str text)
{
	CLEANUP(buf_release) struct buf back = BUF(CEILING);

	if (!gz_read(gz, &back, NULL) || !str_eq(buf_str(&back), text))
		abort();
}

static void put4(struct buf *b, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		buf_addc(b, (char)(v >> (8 * i) & 0xff));
}

static void pack_by_hand(struct str text)
{
	CLEANUP(buf_release) struct buf gz = BUF(CEILING);
	unsigned char *stream = mem_alloc(quick_room(text.n));

	buf_add(&gz, STR("\x1f\x8b\x08\0\0\0\0\0\4\xff"));
	buf_add(&gz, str_from((char *)stream, quick_pack(text, stream)));
	put4(&gz, gz_crc(text));
	put4(&gz, (uint32_t)text.n);
	prove(buf_str(&gz), text);
	mem_free(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = str_from((const char *)data, size);
	CLEANUP(buf_release) struct buf gz = BUF(CEILING);

	if (size > MIB || !gz_page(text, &gz))
		return 0;
	prove(buf_str(&gz), text);
	pack_by_hand(text);
	return 0;
}
