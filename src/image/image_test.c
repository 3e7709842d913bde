/* image_test.c - sizes and clean copies of small pictures written out by hand. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/test.h"
#include "image/image.h"

/* Headers only: enough for a probe and for the walk of a cleaner. */
#define JPEG_EXIF "\xff\xe1\x00\x22" "Exif\0\0" "II*\0\x08\0\0\0\x01\0" \
	"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" "\0\0\0\0"
#define JPEG_HEAD "\xff\xd8" "\xff\xe0\x00\x10" "JFIF\0\x01\x02\0\0\x01\0\x01\0\0"
#define JPEG_TAIL "\xff\xfe\x00\x08secret" \
	"\xff\xc0\x00\x0b\x08\x00\x02\x00\x03\x01\x01\x11\x00" \
	"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" "\x12\xff\x00\x34" "\xff\xd9"

static const struct str JPEG = STR_INIT(JPEG_HEAD JPEG_EXIF JPEG_TAIL "trailing film");
static const struct str PNG = STR_INIT("\x89PNG\r\n\x1a\n"
	"\0\0\0\x0dIHDR\0\0\0\x04\0\0\0\x05\x08\x06\0\0\0crc1"
	"\0\0\0\x06tEXtsecretcrc2" "\0\0\0\x01IDATxcrc3" "\0\0\0\0IENDcrc4" "behind");
static const struct str GIF = STR_INIT("GIF89a\x07\0\x08\0\0\0\0"
	"\x21\xfe\x06secret\0" "\x21\xf9\x04\x01\0\0\0\0"
	"\x2c\0\0\0\0\x07\0\x08\0\0\x02\x01\x44\0" "\x3b");
static const struct str WEBP = STR_INIT("RIFF\x40\0\0\0WEBP"
	"VP8X\x0a\0\0\0\x0c\0\0\0\x09\0\0\x07\0\0"
	"VP8L\x06\0\0\0\x2f\0\0\0\0\0" "XMP \x06\0\0\0secret" "EXIF\x06\0\0\0secret");

static struct image probed(struct str s)
{
	struct image im = { 0 };

	assert_true(image_probe(s, &im));
	return im;
}

static void assert_size(struct str s, enum image_type type, uint32_t w, uint32_t h)
{
	struct image im = probed(s);

	assert_int_equal(im.type, type);
	assert_int_equal(im.width, w);
	assert_int_equal(im.height, h);
}

static void clean(struct str s, struct buf *out)
{
	struct fail f = FAIL_INIT;

	assert_ok(image_clean(s, out, &f), &f);
	assert_true(str_find(buf_str(out), STR("secret")) < 0);
}

static void each_kind_tells_its_size(void **state)
{
	(void)state;
	assert_size(JPEG, IMAGE_JPEG, 2, 3);		/* 3 by 2, turned by its Exif */
	assert_size(PNG, IMAGE_PNG, 4, 5);
	assert_size(GIF, IMAGE_GIF, 7, 8);
	assert_size(WEBP, IMAGE_WEBP, 10, 8);
	assert_size(STR("<?xml version='1.0'?>\n<svg width=\"12px\" height='7.6'>"), IMAGE_SVG, 12,
		    8);
	assert_size(STR("<svg width='100%' viewBox='-5 0 30.2 40'/>"), IMAGE_SVG, 30, 40);
	assert_size(STR("<svg>"), IMAGE_SVG, 0, 0);
	assert_true(probed(PNG).has_alpha);
	assert_true(probed(GIF).has_alpha);
	assert_false(probed(JPEG).has_alpha);
}

static void an_avif_tells_its_size(void **state)
{
	static const struct str avif = STR_INIT("\0\0\0\x10" "ftypavif\0\0\0\0"
		"\0\0\0\x30meta\0\0\0\0" "\0\0\0\x24iprp" "\0\0\0\x1cipco"
		"\0\0\0\x14ispe\0\0\0\0\0\0\0\x09\0\0\0\x0a");

	(void)state;
	assert_size(avif, IMAGE_AVIF, 9, 10);
}

static void a_clean_jpeg_keeps_its_pixels_and_only_its_orientation(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1 * MIB);

	(void)state;
	clean(JPEG, &out);
	assert_size(buf_str(&out), IMAGE_JPEG, 2, 3);
	assert_int_equal(probed(buf_str(&out)).orientation, 6);
	assert_true(str_ends(buf_str(&out), STR("\x12\xff\x00\x34\xff\xd9")));
}

static void a_clean_png_ends_at_its_end_and_has_no_text(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1 * MIB);

	(void)state;
	clean(PNG, &out);
	assert_size(buf_str(&out), IMAGE_PNG, 4, 5);
	assert_true(str_ends(buf_str(&out), STR("IENDcrc4")));
	assert_true(str_find(buf_str(&out), STR("IDATx")) > 0);
}

static void a_clean_gif_keeps_its_pictures(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1 * MIB);

	(void)state;
	clean(GIF, &out);
	assert_size(buf_str(&out), IMAGE_GIF, 7, 8);
	assert_int_equal(out.n, GIF.n - 10);
}

static void a_clean_webp_has_a_true_length_and_flags(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1 * MIB);

	(void)state;
	clean(WEBP, &out);
	assert_size(buf_str(&out), IMAGE_WEBP, 10, 8);
	assert_int_equal((unsigned char)out.p[4], out.n - 8);
	assert_int_equal((unsigned char)out.p[20], 0);
}

static void cleaning_twice_changes_nothing(void **state)
{
	const struct str all[] = { JPEG, PNG, GIF, WEBP };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(all); i++) {
		CLEANUP(buf_release) struct buf once = BUF(1 * MIB);
		CLEANUP(buf_release) struct buf twice = BUF(1 * MIB);

		clean(all[i], &once);
		clean(buf_str(&once), &twice);
		assert_str_eq(buf_str(&once), buf_str(&twice));
	}
}

static void cut_pictures_are_refused_or_known_never_read_beyond(void **state)
{
	const struct str all[] = { JPEG, PNG, GIF, WEBP };
	size_t i, n;

	(void)state;
	for (i = 0; i < ARRAY_LEN(all); i++)
		for (n = 0; n < all[i].n; n++) {
			CLEANUP(buf_release) struct buf out = BUF(1 * MIB);
			char *exact = mem_cstr(str_sub(all[i], 0, n));
			struct image im;

			if (image_probe(str_from(exact, n), &im))
				assert_true(im.width > 0);
			if (!image_clean(str_from(exact, n), &out, NULL))
				assert_true(n < all[i].n);
			mem_free(exact);
		}
}

static void text_is_no_picture(void **state)
{
	struct image im;

	(void)state;
	assert_false(image_probe(STR("hello <b>"), &im));
	assert_false(image_probe(STR_NONE, &im));
	assert_false(image_probe(STR("<html><svg>"), &im));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_tells_its_size),
		cmocka_unit_test(an_avif_tells_its_size),
		cmocka_unit_test(a_clean_jpeg_keeps_its_pixels_and_only_its_orientation),
		cmocka_unit_test(a_clean_png_ends_at_its_end_and_has_no_text),
		cmocka_unit_test(a_clean_gif_keeps_its_pictures),
		cmocka_unit_test(a_clean_webp_has_a_true_length_and_flags),
		cmocka_unit_test(cleaning_twice_changes_nothing),
		cmocka_unit_test(cut_pictures_are_refused_or_known_never_read_beyond),
		cmocka_unit_test(text_is_no_picture),
	};

	return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
