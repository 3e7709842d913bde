noinst_LIBRARIES += src/fulltext/libfulltext.a
A_FULLTEXT += src/fulltext/libfulltext.a
src_fulltext_libfulltext_a_SOURCES = \
	src/fulltext/build.c src/fulltext/build.h src/fulltext/build_store.c \
	src/fulltext/build_store.h src/fulltext/concord.c src/fulltext/concord.h \
	src/fulltext/fulltext.h src/fulltext/fulltext_store.c src/fulltext/highlight.c \
	src/fulltext/highlight.h src/fulltext/segment.c \
	src/fulltext/segment.h src/fulltext/slots.c src/fulltext/slots.h src/fulltext/varint.h
unit_tests += src/fulltext/fulltext_test
src_fulltext_fulltext_test_SOURCES = src/fulltext/fulltext_test.c
src_fulltext_fulltext_test_LDADD = src/fulltext/libfulltext.a $(A_3) $(CMOCKA_LIBS)
