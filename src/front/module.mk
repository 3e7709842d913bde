noinst_LIBRARIES += src/front/libfront.a
A_FRONT += src/front/libfront.a
src_front_libfront_a_SOURCES = \
	src/front/front.c src/front/front.h src/front/paper.c src/front/paper.h
unit_tests += src/front/front_test
src_front_front_test_SOURCES = \
	src/front/front_test.c src/front/square_test.c src/front/square_test.h \
	src/site/village_test.c src/site/village_test.h src/web/show_test.c \
	src/web/show_test.h
src_front_front_test_LDADD = src/front/libfront.a $(A_6) $(CMOCKA_LIBS)
