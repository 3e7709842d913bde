noinst_LIBRARIES += src/fulltext/libfulltext.a
A_FULLTEXT += src/fulltext/libfulltext.a
src_fulltext_libfulltext_a_SOURCES = \
	src/fulltext/fulltext.h src/fulltext/fulltext_store.c src/fulltext/highlight.c \
	src/fulltext/highlight.h
