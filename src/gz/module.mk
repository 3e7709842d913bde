noinst_LIBRARIES += src/gz/libgz.a
A_GZ += src/gz/libgz.a
src_gz_libgz_a_SOURCES = src/gz/gz.c src/gz/gz.h
unit_tests += src/gz/gz_test
src_gz_gz_test_SOURCES = src/gz/gz_test.c
src_gz_gz_test_LDADD = src/gz/libgz.a $(A_2) $(CMOCKA_LIBS)
