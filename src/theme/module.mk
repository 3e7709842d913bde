noinst_LIBRARIES += src/theme/libtheme.a
A_THEME += src/theme/libtheme.a
src_theme_libtheme_a_SOURCES = \
	src/theme/asset.c src/theme/asset.h src/theme/folder.c src/theme/folder.h \
	src/theme/install.c src/theme/install.h src/theme/manifest.c \
	src/theme/manifest.h src/theme/manifest_read.c src/theme/modern.c \
	src/theme/modern.h src/theme/modern_color.c src/theme/modern_impl.h \
	src/theme/modern_math.c src/theme/modern_module.c src/theme/modern_query.c \
	src/theme/modern_walk.c src/theme/option.c src/theme/option.h src/theme/own.c \
	src/theme/own.h src/theme/sass_child.c src/theme/sass_child.h src/theme/scss.c \
	src/theme/scss.h src/theme/stylesheet.c src/theme/stylesheet.h src/theme/theme.c \
	src/theme/theme.h src/theme/sheet_cache.c src/theme/sheet_cache.h src/theme/theme_option.c src/theme/theme_option.h \
	src/theme/themes.c src/theme/themes.h src/theme/themes_impl.h \
	src/theme/themes_known.c src/theme/themes_load.c src/theme/values.c \
	src/theme/values.h src/theme/values_forum.c src/theme/values_impl.h \
	src/theme/values_site.c src/theme/words.c src/theme/words.h
src_theme_theme_test_SOURCES = \
	src/theme/hostile_sass_test.c src/theme/install_test.c src/theme/modern_test.c \
	src/theme/option_test.c src/theme/own_test.c src/theme/sass_test.c \
	src/theme/sheet_cache_test.c src/theme/theme_load_test.c src/theme/theme_test.c \
	src/theme/theme_test.h src/theme/themes_known_test.c src/theme/themes_load_test.c
src_theme_theme_test_LDADD = src/theme/libtheme.a $(A_3) $(CMOCKA_LIBS)
