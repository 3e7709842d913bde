noinst_LIBRARIES += src/pack/libpack.a
A_PACK += src/pack/libpack.a
src_pack_libpack_a_SOURCES = src/pack/gather.c src/pack/gather.h src/pack/pack.c src/pack/pack.h
unit_tests += src/pack/pack_test
src_pack_pack_test_SOURCES = src/pack/pack_test.c
src_pack_pack_test_LDADD = src/pack/libpack.a $(A_2) $(CMOCKA_LIBS)
