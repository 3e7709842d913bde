/* format.h - what the files of this folder share: one probe and one cleaner a format,
 * and reading numbers from bytes. Only for image/ itself.
 *
 * A probe fills width, height, has_alpha and orientation (type is set already) and
 * gives the size as stored; image_probe() turns it. Each expects bytes that
 * image_probe() found to be of its format.
 */
#ifndef IMAGE_FORMAT_H
#define IMAGE_FORMAT_H

#include "image/image.h"

bool format_jpeg_probe(struct str s, struct image *ret);
bool format_jpeg_clean(struct str s, struct buf *out, struct fail *f);
bool format_png_probe(struct str s, struct image *ret);
bool format_png_clean(struct str s, struct buf *out, struct fail *f);
bool format_gif_probe(struct str s, struct image *ret);
bool format_gif_clean(struct str s, struct buf *out, struct fail *f);
bool format_webp_probe(struct str s, struct image *ret);
bool format_webp_clean(struct str s, struct buf *out, struct fail *f);
bool format_svg_probe(struct str s, struct image *ret);
bool format_avif_probe(struct str s, struct image *ret);
bool format_avif_clean(struct str s, struct buf *out, struct fail *f);

/* The orientation in a TIFF block ("II*\0..." or "MM\0*..."), 1 when it tells none. */
int format_tiff_orientation(struct str tiff);

/* A TIFF block with the orientation and nothing else. */
#define FORMAT_TIFF_LEN 26
void format_tiff_minimal(int orientation, unsigned char out[FORMAT_TIFF_LEN]);

static inline uint32_t format_u8(struct str s, size_t at)
{
	return (unsigned char)s.p[at];
}

static inline uint32_t format_be16(struct str s, size_t at)
{
	return format_u8(s, at) << 8 | format_u8(s, at + 1);
}

static inline uint32_t format_be32(struct str s, size_t at)
{
	return format_be16(s, at) << 16 | format_be16(s, at + 2);
}

static inline uint32_t format_le16(struct str s, size_t at)
{
	return format_u8(s, at) | format_u8(s, at + 1) << 8;
}

static inline uint32_t format_le24(struct str s, size_t at)
{
	return format_le16(s, at) | format_u8(s, at + 2) << 16;
}

static inline uint32_t format_le32(struct str s, size_t at)
{
	return format_le16(s, at) | format_le16(s, at + 2) << 16;
}

#endif
