/* image.h - what kind of picture some bytes are, how large, and without its secrets.
 *
 * Knows JPEG, PNG, GIF, WebP, SVG and AVIF by their bytes, never by a name or a
 * type that somebody claimed. Nothing is decoded: only the headers are walked, so
 * a picture of any size costs microseconds. image_clean() makes the copy that may
 * be published: the pixels are the same bytes, but camera data, places, editing
 * history, thumbnails and comments are gone. No state; any thread.
 */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/buf.h"
#include "base/fail.h"

enum image_type {
	IMAGE_NONE,
	IMAGE_JPEG,
	IMAGE_PNG,
	IMAGE_GIF,
	IMAGE_WEBP,
	IMAGE_SVG,
	IMAGE_AVIF,
};

struct image {
	enum image_type type;
	uint32_t width, height;		/* as shown, after turning; 0 where an SVG has no size */
	bool has_alpha;			/* may have see-through pixels */
	int orientation;		/* 1 to 8 as Exif counts; 1 is upright */
};

/* False when the bytes are none of the kinds above or end before the size is told. */
MUST_CHECK bool image_probe(struct str bytes, struct image *ret);

const char *image_mime(enum image_type type);		/* "image/jpeg"; "" for IMAGE_NONE */

/* Appends the publishable copy to out, whose ceiling is at least bytes.n + 64.
 * Kept: pixels, colour profiles, animation, and the orientation as the only field
 * of an Exif block. SVG is copied as it is (it is served in a sandbox). An AVIF
 * with camera data is refused: its parts are addressed by offset and cannot be
 * taken out. FAIL_INVALID says what is broken. */
MUST_CHECK bool image_clean(struct str bytes, struct buf *out, struct fail *f);

#endif
