noinst_LIBRARIES += src/check/libcheck.a
A_CHECK += src/check/libcheck.a
src_check_libcheck_a_SOURCES = \
	src/check/check.c src/check/check.h src/check/css_cascade.c \
	src/check/css_cascade.h src/check/css_color.c src/check/css_color.h \
	src/check/css_color_names.c src/check/css_match.c src/check/css_match.h \
	src/check/css_media.c src/check/css_media.h src/check/css_names.c \
	src/check/css_names.h src/check/css_number.c src/check/css_scan.c \
	src/check/css_scan.h src/check/css_space.c src/check/css_space.h \
	src/check/css_vars.c src/check/css_vars.h src/check/html_scan.c \
	src/check/html_scan.h src/check/html_tree.c src/check/html_tree.h \
	src/check/look.h src/check/look_contrast.c src/check/look_files.c \
	src/check/look_links.c src/check/look_load.c src/check/look_manifest.c \
	src/check/look_markup.c src/check/look_messages.c src/check/look_names.c \
	src/check/look_pages.c src/check/look_styles.c src/check/look_templates.c \
	src/check/look_vars.c src/check/mask.c src/check/mask.h src/check/render.c src/check/render.h src/check/rules.c \
	src/check/sample.c src/check/sample.h src/check/unpack.c
unit_tests += src/check/check_test
src_check_check_test_SOURCES = \
	src/check/check_test.c src/check/check_test.h src/check/contrast_test.c \
	src/check/rules_test.c
src_check_check_test_LDADD = src/check/libcheck.a $(A_6) $(CMOCKA_LIBS)
