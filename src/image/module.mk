noinst_LIBRARIES += src/image/libimage.a
A_IMAGE += src/image/libimage.a
src_image_libimage_a_SOURCES = \
	src/image/format.h src/image/format_avif.c src/image/format_gif.c \
	src/image/format_jpeg.c src/image/format_png.c src/image/format_svg.c \
	src/image/format_webp.c src/image/image.c src/image/image.h
unit_tests += src/image/image_test
src_image_image_test_SOURCES = src/image/image_test.c
src_image_image_test_LDADD = src/image/libimage.a $(A_2) $(CMOCKA_LIBS)
