/* scale_child.c - the only file that calls libgd. */
#include "scale/scale_child.h"
#include <gd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/library.h"
#include "base/limits.h"
#include "base/spawn.h"
#include "image/image.h"

/* What is called of libgd, which is loaded here and nowhere else (base/library.h). */
#define CALLS(X) \
	X(ImageAlphaBlending) X(ImageCopyResampled) X(ImageCreateFromJpegPtr) \
	X(ImageCreateFromPngPtr) X(ImageCreateFromWebpPtr) X(ImageCreateTrueColor) \
	X(ImageGetTrueColorPixel) X(ImageInterlace) X(ImageJpegPtr) X(ImagePaletteToTrueColor) \
	X(ImagePngPtrEx) X(ImageSaveAlpha) X(ImageSetPixel) X(ImageWebpPtrEx) \
	X(SetErrorMethod)
#define FIELD(name) __typeof__(gd##name) *name;
#define CALL(name) { "gd" #name, &gd.name },

static struct { CALLS(FIELD) } gd;
static const struct library_call calls[] = { CALLS(CALL) };

enum { JPEG_QUALITY = 82, WEBP_QUALITY = 80, PNG_LEVEL = 9 };

struct request {
	int64_t type, width, height, orientation;
	struct str picture;
};

static bool parse_request(struct str in, struct request *rq)
{
	struct str line, rest;

	rq->picture = in;
	return str_line(&rq->picture, &line)
		&& str_to_i64(str_cut(line, ' ', &rest), &rq->type)
		&& str_to_i64(str_cut(rest, ' ', &rest), &rq->width)
		&& str_to_i64(str_cut(rest, ' ', &rest), &rq->height)
		&& str_to_i64(rest, &rq->orientation) && rq->picture.n <= LIMIT_MEDIA;
}

static gdImagePtr decode(const struct request *rq)
{
	int n = (int)rq->picture.n;
	void *p = (void *)(uintptr_t)rq->picture.p;

	switch ((enum image_type)rq->type) {
	case IMAGE_JPEG:
		return gd.ImageCreateFromJpegPtr(n, p);
	case IMAGE_PNG:
		/* An animation would lose all but its first picture. */
		return str_find(rq->picture, STR("acTL")) < 0 ? gd.ImageCreateFromPngPtr(n, p)
			: NULL;
	case IMAGE_WEBP:
		return gd.ImageCreateFromWebpPtr(n, p);
	default:
		return NULL;
	}
}

static gdImagePtr canvas(int width, int height)
{
	gdImagePtr im = gd.ImageCreateTrueColor(width, height);

	if (im) {
		gd.ImageAlphaBlending(im, 0);
		gd.ImageSaveAlpha(im, 1);
	}
	return im;
}

/* Every pixel is the mean of those it stands for. */
static gdImagePtr shrink(gdImagePtr from, int width, int height)
{
	gdImagePtr im = canvas(width, height);

	if (im && gd.ImagePaletteToTrueColor(from))
		gd.ImageCopyResampled(im, from, 0, 0, 0, 0, width, height, gdImageSX(from),
				     gdImageSY(from));
	return im;
}

/* As Exif counts (TIFF 6.0, Orientation): where the pixel at x, y of the upright picture is in
 * the one that was stored, w by h. */
static int stored_pixel(gdImagePtr im, int64_t orientation, int x, int y)
{
	int w = gdImageSX(im) - 1, h = gdImageSY(im) - 1;

	switch (orientation) {
	case 2: return gd.ImageGetTrueColorPixel(im, w - x, y);
	case 3: return gd.ImageGetTrueColorPixel(im, w - x, h - y);
	case 4: return gd.ImageGetTrueColorPixel(im, x, h - y);
	case 5: return gd.ImageGetTrueColorPixel(im, y, x);
	case 6: return gd.ImageGetTrueColorPixel(im, y, h - x);
	case 7: return gd.ImageGetTrueColorPixel(im, w - y, h - x);
	case 8: return gd.ImageGetTrueColorPixel(im, w - y, x);
	default: return gd.ImageGetTrueColorPixel(im, x, y);
	}
}

static gdImagePtr turn(gdImagePtr from, const struct request *rq)
{
	gdImagePtr im;

	if (rq->orientation < 2 || rq->orientation > 8)
		return from;
	im = canvas((int)rq->width, (int)rq->height);
	for (int y = 0; im && y < rq->height; y++)
		for (int x = 0; x < rq->width; x++)
			gd.ImageSetPixel(im, x, y, stored_pixel(from, rq->orientation, x, y));
	return im;
}

static void *encode(gdImagePtr im, int64_t type, int *size)
{
	if (type == IMAGE_PNG)
		return gd.ImagePngPtrEx(im, size, PNG_LEVEL);
	if (type == IMAGE_WEBP)
		return gd.ImageWebpPtrEx(im, size, WEBP_QUALITY);
	gd.ImageInterlace(im, 1);	/* shows early */
	return gd.ImageJpegPtr(im, size, JPEG_QUALITY);
}

static bool scale(const struct request *rq)
{
	bool turned = rq->orientation >= 5 && rq->orientation <= 8;
	gdImagePtr im = decode(rq);
	int size = 0;
	void *bytes;

	if (im)
		im = shrink(im, (int)(turned ? rq->height : rq->width),
			    (int)(turned ? rq->width : rq->height));
	if (im)
		im = turn(im, rq);
	bytes = im ? encode(im, rq->type, &size) : NULL;
	return bytes && fwrite(bytes, 1, (size_t)size, stdout) == (size_t)size;
}

static void silent(int priority, const char *format, va_list ap)
{
	(void)priority;
	(void)format;
	(void)ap;
}

/* Ends at once: what is still held goes with the process. */
void scale_child_main(void)
{
	struct rlimit none = { 3, 3 }, empty = { 0, 0 };
	struct buf in = BUF(LIMIT_MEDIA + 100);
	struct request rq;

	if (!library_load(HAMEAU_LIBGD, calls, ARRAY_LEN(calls), NULL)
	    || setrlimit(RLIMIT_NOFILE, &none) < 0 || setrlimit(RLIMIT_FSIZE, &empty) < 0)
		_exit(SPAWN_UNFIT);
	gd.SetErrorMethod(silent);
	if (!fd_read(STDIN_FILENO, &in))
		_exit(SPAWN_UNFIT);
	_exit(parse_request(buf_str(&in), &rq) && scale(&rq) && fflush(stdout) == 0 ? 0 : 2);
}
