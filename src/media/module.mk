noinst_LIBRARIES += src/media/libmedia.a
A_MEDIA += src/media/libmedia.a
src_media_libmedia_a_SOURCES = src/media/files.c src/media/files.h
