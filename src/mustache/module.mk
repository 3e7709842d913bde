noinst_LIBRARIES += src/mustache/libmustache.a
A_MUSTACHE += src/mustache/libmustache.a
src_mustache_libmustache_a_SOURCES = \
	src/mustache/closed.c src/mustache/closed.h src/mustache/compile.c \
	src/mustache/compile.h src/mustache/compile_message.c \
	src/mustache/compile_scan.c src/mustache/place.c src/mustache/place.h \
	src/mustache/program.h src/mustache/render.c src/mustache/template.c \
	src/mustache/template.h src/mustache/unindent.c src/mustache/value.c \
	src/mustache/value.h
unit_tests += src/mustache/mustache_test
src_mustache_mustache_test_SOURCES = \
	src/mustache/mustache_test.c src/mustache/mustache_test.h \
	src/mustache/place_test.c src/mustache/spec_test.c src/mustache/template_test.c \
	src/mustache/value_test.c
src_mustache_mustache_test_LDADD = src/mustache/libmustache.a $(A_1) $(CMOCKA_LIBS)
