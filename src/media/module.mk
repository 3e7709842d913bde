noinst_LIBRARIES += src/media/libmedia.a
A_MEDIA += src/media/libmedia.a
src_media_libmedia_a_SOURCES = src/media/files.c src/media/files.h
unit_tests += src/media/media_test
src_media_media_test_SOURCES = src/media/media_test.c src/web/show_test.c src/web/show_test.h
src_media_media_test_LDADD = src/media/libmedia.a $(A_6) $(CMOCKA_LIBS)
