noinst_LIBRARIES += src/scale/libscale.a
A_SCALE += src/scale/libscale.a
src_scale_libscale_a_SOURCES = src/scale/scale.c src/scale/scale.h src/scale/scale_child.c \
	src/scale/scale_child.h
unit_tests += src/scale/scale_test
src_scale_scale_test_SOURCES = src/scale/scale_test.c
src_scale_scale_test_LDADD = src/scale/libscale.a $(A_3) $(CMOCKA_LIBS) $(GD_LIBS)
