/* scale_test.c - pictures made narrower. Started as "scale_test scale-child" it is the child
 * that does it. */
#include <gd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/limits.h"
#include "base/test.h"
#include "scale/scale.h"
#include "scale/scale_child.h"

/* Left half red, right half blue, with a see-through line at the top. */
static gdImagePtr sample(int width, int height)
{
	gdImagePtr im = gdImageCreateTrueColor(width, height);

	gdImageAlphaBlending(im, 0);
	gdImageSaveAlpha(im, 1);
	gdImageFilledRectangle(im, 0, 0, width / 2 - 1, height - 1, 0xff0000);
	gdImageFilledRectangle(im, width / 2, 0, width - 1, height - 1, 0x0000ff);
	return im;
}

static struct str take(struct arena *a, gdImagePtr im, void *bytes, int size)
{
	struct str s = arena_str(a, str_from(bytes, (size_t)size));

	gdFree(bytes);
	gdImageDestroy(im);
	return s;
}

static struct str jpeg(struct arena *a, int width, int height)
{
	gdImagePtr im = sample(width, height);
	int size;
	void *bytes = gdImageJpegPtr(im, &size, 90);

	return take(a, im, bytes, size);
}

static struct str png(struct arena *a, int width, int height)
{
	gdImagePtr im = sample(width, height);
	int size;
	void *bytes;

	gdImageFilledRectangle(im, 0, 0, width - 1, height / 2, gdTrueColorAlpha(0, 0, 0, 127));
	bytes = gdImagePngPtr(im, &size);
	return take(a, im, bytes, size);
}

static struct str webp(struct arena *a, int width, int height)
{
	gdImagePtr im = sample(width, height);
	int size;
	void *bytes = gdImageWebpPtr(im, &size);

	return take(a, im, bytes, size);
}

static void assert_size(struct str picture, enum image_type type, unsigned width, unsigned height)
{
	struct image im;

	assert_true(image_probe(picture, &im));
	assert_int_equal(im.type, type);
	assert_int_equal(im.width, width);
	assert_int_equal(im.height, height);
}

static void a_picture_becomes_narrower_and_stays_of_its_kind(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf j = BUF(MIB), p = BUF(MIB), w = BUF(MIB);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(scale_down(jpeg(a, 400, 200), 100, &j, &f), &f);
	assert_size(buf_str(&j), IMAGE_JPEG, 100, 50);
	assert_ok(scale_down(png(a, 300, 100), 99, &p, &f), &f);
	assert_size(buf_str(&p), IMAGE_PNG, 99, 33);
	assert_ok(scale_down(webp(a, 400, 2), 20, &w, &f), &f);
	assert_size(buf_str(&w), IMAGE_WEBP, 20, 1);
}

static void what_could_be_seen_through_still_can(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(MIB);
	struct fail f = FAIL_INIT;
	gdImagePtr im;

	(void)state;
	assert_ok(scale_down(png(a, 200, 200), 50, &out, &f), &f);
	im = gdImageCreateFromPngPtr((int)out.n, out.p);
	assert_int_equal(gdTrueColorGetAlpha(gdImageGetTrueColorPixel(im, 10, 5)), 127);
	assert_int_equal(gdImageGetTrueColorPixel(im, 10, 45), 0xff0000);
	assert_int_equal(gdImageGetTrueColorPixel(im, 40, 45), 0x0000ff);
	gdImageDestroy(im);
}

/* An Exif block that holds the orientation alone (TIFF 6.0, big-endian). */
static struct str turned(struct arena *a, struct str picture, int orientation)
{
	static const char head[] = "\xff\xe1\x00\x22" "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01"
				   "\x01\x12\0\x03\0\0\0\x01\0";
	CLEANUP(buf_release) struct buf b = BUF(MIB);

	buf_add(&b, str_sub(picture, 0, 2));
	buf_add(&b, str_from(head, sizeof head - 1));
	buf_addc(&b, (char)orientation);
	buf_add(&b, str_from("\0\0\0\0\0\0", 6));
	buf_add(&b, str_skip(picture, 2));
	return arena_str(a, buf_str(&b));
}

/* Where red is in a picture whose left half was red when it was stored. */
static void a_picture_that_lies_on_its_side_is_put_upright(void **state)
{
	static const struct { int orientation, x, y; } cases[] = {
		{ 1, 5, 10 }, { 2, 35, 10 }, { 3, 35, 10 }, { 4, 5, 10 },
		{ 5, 10, 5 }, { 6, 10, 5 }, { 7, 10, 35 }, { 8, 10, 35 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		CLEANUP(buf_release) struct buf out = BUF(MIB);
		bool side = cases[i].orientation >= 5;
		struct str picture = turned(a, jpeg(a, 400, 200), cases[i].orientation);
		struct fail f = FAIL_INIT;
		gdImagePtr im;
		int c;

		assert_ok(scale_down(picture, side ? 20 : 40, &out, &f), &f);
		assert_size(buf_str(&out), IMAGE_JPEG, side ? 20 : 40, side ? 40 : 20);
		im = gdImageCreateFromJpegPtr((int)out.n, out.p);
		c = gdImageGetTrueColorPixel(im, cases[i].x, cases[i].y);
		if (gdTrueColorGetRed(c) < 200 || gdTrueColorGetBlue(c) > 60)
			fail_msg("orientation %d: %06x", cases[i].orientation, (unsigned)c);
		gdImageDestroy(im);
	}
}

static void what_cannot_be_made_narrower_is_refused(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(MIB);
	struct str good = jpeg(a, 100, 50), torn = str_sub(png(a, 300, 300), 0, 60);
	char *huge = arena_cstr(a, png(a, 300, 300));
	struct fail f = FAIL_INIT;
	struct image im;

	(void)state;
	assert_false(scale_down(good, 100, &out, &f));
	assert_false(scale_down(good, 200, &out, &f));
	assert_false(scale_down(good, 0, &out, &f));
	assert_false(scale_down(STR("GIF89a"), 10, &out, &f));
	assert_false(scale_down(torn, 10, &out, &f));
	assert_int_equal(f.code, FAIL_INVALID);
	/* A bomb says that it is large, and is not even begun. */
	memcpy(huge + 16, "\0\0\x70\0\0\0\x70\0", 8);
	assert_true(image_probe(str_from(huge, 60), &im));
	assert_false(scale_can(&im));
	assert_int_equal(out.n, 0);
}

enum { DEADLY = 13, DULL = 14 };	/* widths at which the child below ends otherwise */

static void what_is_no_fault_of_the_picture_is_told_apart(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(MIB);
	struct str good = jpeg(a, 100, 50);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(scale_down(good, DEADLY, &out, &f), &f, FAIL_IO);
	assert_fails(scale_down(good, DULL, &out, &f), &f, FAIL_INVALID);
	assert_int_equal(out.n, 0);
}

/* Looks at its request first, to do evil at some widths. */
static void child(void)
{
	char chunk[65536], head[64] = "";
	int copy = memfd_create("request", 0), type, width;
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) > 0)
		if (write(copy, chunk, (size_t)n) != n)
			abort();
	if (pread(copy, head, sizeof head - 1, 0) < 0 || sscanf(head, "%d %d", &type, &width) != 2)
		abort();
	if (width == DEADLY)
		raise(SIGKILL);
	if (width == DULL)
		abort();
	lseek(copy, 0, SEEK_SET);
	dup2(copy, STDIN_FILENO);
	close(copy);
	scale_child_main();
}

static void whether_it_can_be_done_here_is_found_by_doing_it(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(scale_try(&f), &f);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_becomes_narrower_and_stays_of_its_kind),
		cmocka_unit_test(what_could_be_seen_through_still_can),
		cmocka_unit_test(a_picture_that_lies_on_its_side_is_put_upright),
		cmocka_unit_test(what_cannot_be_made_narrower_is_refused),
		cmocka_unit_test(what_is_no_fault_of_the_picture_is_told_apart),
		cmocka_unit_test(whether_it_can_be_done_here_is_found_by_doing_it),
	};

	if (argc > 1 && strcmp(argv[1], "scale-child") == 0)
		child();
	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
