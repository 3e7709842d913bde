noinst_LIBRARIES += src/gz/libgz.a
A_GZ += src/gz/libgz.a
src_gz_libgz_a_SOURCES = src/gz/code.c src/gz/code.h src/gz/gz.c src/gz/gz.h src/gz/quick.c \
	src/gz/quick.h
EXTRA_DIST += src/gz/code.py
unit_tests += src/gz/gz_test src/gz/quick_test
src_gz_gz_test_SOURCES = src/gz/gz_test.c
src_gz_gz_test_LDADD = src/gz/libgz.a $(A_2) $(CMOCKA_LIBS)
src_gz_quick_test_SOURCES = src/gz/quick_test.c
src_gz_quick_test_LDADD = src/gz/libgz.a $(A_2) $(CMOCKA_LIBS)
