/* format_png.c - PNG: a signature, then chunks of length, name, data and check sum.
 *
 * Kept are the chunks that change pixels, colour or animation; what is text, time
 * or Exif goes, and whatever stands behind IEND. Source: PNG, third edition.
 */
#include "image/format.h"

static const char KEPT[][5] = {
	"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP",
	"mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
};

struct chunk {
	struct str name, body, whole;
};

enum { SIGNATURE = 8, FRAME = 12 };

static bool chunk_next(struct str s, size_t *at, struct chunk *ret)
{
	uint32_t n;

	if (s.n < FRAME || *at > s.n - FRAME)
		return false;
	n = format_be32(s, *at);
	if (n > s.n - *at - FRAME)
		return false;
	ret->name = str_sub(s, *at + 4, *at + 8);
	ret->body = str_sub(s, *at + 8, *at + 8 + n);
	ret->whole = str_sub(s, *at, *at + FRAME + n);
	*at += FRAME + n;
	return true;
}

bool format_png_probe(struct str s, struct image *ret)
{
	size_t at = SIGNATURE;
	struct chunk c;

	if (!chunk_next(s, &at, &c) || !str_eq(c.name, STR("IHDR")) || c.body.n != 13)
		return false;
	ret->width = format_be32(c.body, 0);
	ret->height = format_be32(c.body, 4);
	ret->has_alpha = (format_u8(c.body, 9) & 4) != 0;
	if (ret->width > INT32_MAX || ret->height > INT32_MAX)
		return false;
	while (chunk_next(s, &at, &c) && !str_eq(c.name, STR("IDAT")))
		if (str_eq(c.name, STR("tRNS")))
			ret->has_alpha = true;
	return true;
}

static bool is_kept(struct str name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(KEPT); i++)
		if (str_eq(name, str_of(KEPT[i])))
			return true;
	return false;
}

bool format_png_clean(struct str s, struct buf *out, struct fail *f)
{
	size_t at = SIGNATURE;
	struct chunk c;

	buf_add(out, str_sub(s, 0, SIGNATURE));
	while (chunk_next(s, &at, &c)) {
		if (is_kept(c.name))
			buf_add(out, c.whole);
		if (str_eq(c.name, STR("IEND")))
			return buf_ok(out) || fail(f, FAIL_TOO_LARGE, "this picture is too large");
	}
	return fail(f, FAIL_INVALID, "this PNG picture is broken: it has no end");
}
