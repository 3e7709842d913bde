/* format_webp.c - WebP: a RIFF file of chunks, padded to even lengths.
 *
 * EXIF and XMP chunks go and the flags that announce them; an orientation other
 * than upright is put back as the only field of a new EXIF chunk. Source: RFC 9649.
 */
#include "image/format.h"

enum { HEAD = 12, FLAG_XMP = 0x04, FLAG_EXIF = 0x08, FLAG_ALPHA = 0x10 };

struct chunk {
	struct str name, body;
};

static bool chunk_next(struct str s, size_t *at, struct chunk *ret)
{
	size_t n;

	if (s.n < 8 || *at > s.n - 8)
		return false;
	n = format_le32(s, *at + 4);
	if (n > s.n - *at - 8)
		return false;
	ret->name = str_sub(s, *at, *at + 4);
	ret->body = str_sub(s, *at + 8, *at + 8 + n);
	*at += 8 + n + (n & 1);
	return true;
}

static bool read_lossy(struct str b, struct image *ret)
{
	if (b.n < 10 || !str_eq(str_sub(b, 3, 6), STR("\x9d\x01\x2a")))
		return false;
	ret->width = format_le16(b, 6) & 0x3fff;
	ret->height = format_le16(b, 8) & 0x3fff;
	return true;
}

static bool read_lossless(struct str b, struct image *ret)
{
	uint32_t v;

	if (b.n < 5 || format_u8(b, 0) != 0x2f)
		return false;
	v = format_le32(b, 1);
	ret->width = (v & 0x3fff) + 1;
	ret->height = (v >> 14 & 0x3fff) + 1;
	ret->has_alpha = v >> 28 & 1;
	return true;
}

static bool read_extended(struct str s, size_t at, struct str b, struct image *ret)
{
	struct chunk c;

	if (b.n < 10)
		return false;
	ret->has_alpha = (format_u8(b, 0) & FLAG_ALPHA) != 0;
	ret->width = format_le24(b, 4) + 1;
	ret->height = format_le24(b, 7) + 1;
	while (chunk_next(s, &at, &c)) {
		if (!str_eq(c.name, STR("EXIF")))
			continue;
		if (str_starts(c.body, STR("Exif\0\0")))
			c.body = str_skip(c.body, 6);
		ret->orientation = format_tiff_orientation(c.body);
	}
	return true;
}

bool format_webp_probe(struct str s, struct image *ret)
{
	size_t at = HEAD;
	struct chunk c;

	if (!chunk_next(s, &at, &c))
		return false;
	if (str_eq(c.name, STR("VP8 ")))
		return read_lossy(c.body, ret);
	if (str_eq(c.name, STR("VP8L")))
		return read_lossless(c.body, ret);
	return str_eq(c.name, STR("VP8X")) && read_extended(s, at, c.body, ret);
}

static void put_le32(char *p, size_t v)
{
	p[0] = (char)v;
	p[1] = (char)(v >> 8);
	p[2] = (char)(v >> 16);
	p[3] = (char)(v >> 24);
}

static void add_chunk(struct buf *out, struct str name, struct str body)
{
	char size[4];

	put_le32(size, body.n);
	buf_add(out, name);
	buf_add(out, str_from(size, sizeof size));
	buf_add(out, body);
	if (body.n & 1)
		buf_addc(out, 0);
}

static void add_flags(struct buf *out, struct str body, bool is_turned)
{
	size_t at = out->n + 8;

	add_chunk(out, STR("VP8X"), body);
	if (!buf_ok(out))
		return;
	out->p[at] = (char)(out->p[at] & ~(FLAG_XMP | FLAG_EXIF));
	if (is_turned)
		out->p[at] |= FLAG_EXIF;
}

static bool is_kept(struct str name)
{
	return str_eq(name, STR("VP8 ")) || str_eq(name, STR("VP8L")) || str_eq(name, STR("ALPH"))
	       || str_eq(name, STR("ANIM")) || str_eq(name, STR("ANMF"))
	       || str_eq(name, STR("ICCP"));
}

bool format_webp_clean(struct str s, struct buf *out, struct fail *f)
{
	struct image im = { .orientation = 1 };
	unsigned char tiff[FORMAT_TIFF_LEN];
	size_t at = HEAD, from = out->n;
	struct chunk c;

	if (!format_webp_probe(s, &im))
		return fail(f, FAIL_INVALID, "this WebP picture is broken in its head");
	buf_add(out, str_sub(s, 0, HEAD));
	while (chunk_next(s, &at, &c)) {
		if (str_eq(c.name, STR("VP8X")) && c.body.n >= 10)
			add_flags(out, c.body, im.orientation != 1);
		else if (is_kept(c.name))
			add_chunk(out, c.name, c.body);
	}
	if (im.orientation != 1) {
		format_tiff_minimal(im.orientation, tiff);
		add_chunk(out, STR("EXIF"), str_from((const char *)tiff, sizeof tiff));
	}
	if (!buf_ok(out))
		return fail(f, FAIL_TOO_LARGE, "this picture is too large");
	put_le32(out->p + from + 4, out->n - from - 8);
	return true;
}
