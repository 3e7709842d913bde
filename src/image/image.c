/* image.c - finds the format by the first bytes and hands over to its file.
 *
 * The TIFF block of Exif is here, because three formats carry one.
 */
#include "image/format.h"

static bool is_svg(struct str s)
{
	struct str head = str_sub(s, 0, 4096);

	if (str_starts(head, STR("\xef\xbb\xbf")))
		head = str_skip(head, 3);
	head = str_trim(head);
	if (str_starts(head, STR("<svg")))
		return true;
	return (str_starts(head, STR("<?xml")) || str_starts(head, STR("<!--")) ||
		str_starts(head, STR("<!DOCTYPE svg"))) && str_find(head, STR("<svg")) >= 0;
}

static bool is_avif(struct str s)
{
	if (s.n < 16 || !str_eq(str_sub(s, 4, 8), STR("ftyp")))
		return false;
	return str_eq(str_sub(s, 8, 12), STR("avif")) || str_eq(str_sub(s, 8, 12), STR("avis"));
}

static enum image_type sniff(struct str s)
{
	if (str_starts(s, STR("\xff\xd8\xff")))
		return IMAGE_JPEG;
	if (str_starts(s, STR("\x89PNG\r\n\x1a\n")))
		return IMAGE_PNG;
	if (str_starts(s, STR("GIF87a")) || str_starts(s, STR("GIF89a")))
		return IMAGE_GIF;
	if (str_starts(s, STR("RIFF")) && str_eq(str_sub(s, 8, 12), STR("WEBP")))
		return IMAGE_WEBP;
	if (is_avif(s))
		return IMAGE_AVIF;
	return is_svg(s) ? IMAGE_SVG : IMAGE_NONE;
}

const char *image_mime(enum image_type type)
{
	switch (type) {
	case IMAGE_JPEG: return "image/jpeg";
	case IMAGE_PNG:  return "image/png";
	case IMAGE_GIF:  return "image/gif";
	case IMAGE_WEBP: return "image/webp";
	case IMAGE_SVG:  return "image/svg+xml";
	case IMAGE_AVIF: return "image/avif";
	case IMAGE_NONE: break;
	}
	return "";
}

static bool probe_stored(struct str s, struct image *im)
{
	switch (im->type) {
	case IMAGE_JPEG: return format_jpeg_probe(s, im);
	case IMAGE_PNG:  return format_png_probe(s, im);
	case IMAGE_GIF:  return format_gif_probe(s, im);
	case IMAGE_WEBP: return format_webp_probe(s, im);
	case IMAGE_SVG:  return format_svg_probe(s, im);
	case IMAGE_AVIF: return format_avif_probe(s, im);
	case IMAGE_NONE: break;
	}
	return false;
}

bool image_probe(struct str s, struct image *ret)
{
	struct image im = { .type = sniff(s), .orientation = 1 };

	if (!probe_stored(s, &im))
		return false;
	if (im.type != IMAGE_SVG && (im.width == 0 || im.height == 0))
		return false;
	if (im.orientation >= 5) {
		uint32_t w = im.width;

		im.width = im.height;
		im.height = w;
	}
	*ret = im;
	return true;
}

bool image_clean(struct str s, struct buf *out, struct fail *f)
{
	switch (sniff(s)) {
	case IMAGE_JPEG: return format_jpeg_clean(s, out, f);
	case IMAGE_PNG:  return format_png_clean(s, out, f);
	case IMAGE_GIF:  return format_gif_clean(s, out, f);
	case IMAGE_WEBP: return format_webp_clean(s, out, f);
	case IMAGE_AVIF: return format_avif_clean(s, out, f);
	case IMAGE_SVG:  buf_add(out, s); return true;
	case IMAGE_NONE: break;
	}
	return fail(f, FAIL_INVALID, "this is not a JPEG, PNG, GIF, WebP, SVG or AVIF picture");
}

/* --- the TIFF block of Exif --- */

enum { TAG_ORIENTATION = 0x0112, TIFF_SHORT = 3 };

int format_tiff_orientation(struct str t)
{
	bool little = str_starts(t, STR("II*\0"));
	uint32_t ifd, count, i;

	if (t.n < 14 || (!little && !str_starts(t, STR("MM\0*"))))
		return 1;
	ifd = little ? format_le32(t, 4) : format_be32(t, 4);
	if (ifd > t.n - 2)
		return 1;
	count = little ? format_le16(t, ifd) : format_be16(t, ifd);
	for (i = 0; i < count; i++) {
		size_t at = (size_t)ifd + 2 + 12 * (size_t)i;
		uint32_t tag, v;

		if (at + 12 > t.n)
			return 1;
		tag = little ? format_le16(t, at) : format_be16(t, at);
		if (tag != TAG_ORIENTATION)
			continue;
		v = little ? format_le16(t, at + 8) : format_be16(t, at + 8);
		return v >= 1 && v <= 8 ? (int)v : 1;
	}
	return 1;
}

void format_tiff_minimal(int orientation, unsigned char out[FORMAT_TIFF_LEN])
{
	const unsigned char block[FORMAT_TIFF_LEN] = {
		'M', 'M', 0, '*', 0, 0, 0, 8,			/* header: directory at 8 */
		0, 1,						/* one entry */
		0x01, 0x12, 0, TIFF_SHORT, 0, 0, 0, 1, 0, (unsigned char)orientation, 0, 0,
		0, 0, 0, 0,					/* no further directory */
	};
	size_t i;

	for (i = 0; i < FORMAT_TIFF_LEN; i++)
		out[i] = block[i];
}
