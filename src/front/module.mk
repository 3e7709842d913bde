noinst_LIBRARIES += src/front/libfront.a
A_FRONT += src/front/libfront.a
src_front_libfront_a_SOURCES = src/front/front.c src/front/front.h
