noinst_LIBRARIES += src/gz/libgz.a
A_GZ += src/gz/libgz.a
src_gz_libgz_a_SOURCES = src/gz/gz.c src/gz/gz.h src/gz/histogram.c \
	src/gz/histogram.h src/gz/page.c src/gz/shelf.c src/gz/shelf.h
EXTRA_DIST += src/gz/histogram.py
unit_tests += src/gz/gz_test src/gz/page_test
src_gz_gz_test_SOURCES = src/gz/gz_test.c
src_gz_gz_test_LDADD = src/gz/libgz.a $(A_2) $(CMOCKA_LIBS)
src_gz_page_test_SOURCES = src/gz/page_test.c
src_gz_page_test_LDADD = src/gz/libgz.a $(A_2) $(CMOCKA_LIBS)
