noinst_LIBRARIES += src/base/libbase.a
A_BASE += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/arena.c src/base/arena.h src/base/ascii.h src/base/attrs.h src/base/buf.c \
	src/base/buf.h src/base/conf.c src/base/conf.h src/base/csv.c src/base/csv.h \
	src/base/date.c src/base/date.h src/base/digest.c src/base/digest.h \
	src/base/fail.c src/base/fail.h src/base/file.c src/base/file.h src/base/gens.c \
	src/base/gens.h src/base/html.c src/base/html.h src/base/json.c src/base/json.h \
	src/base/library.c src/base/library.h src/base/limits.h src/base/log.c \
	src/base/log.h src/base/map.c src/base/map.h src/base/mem.c src/base/mem.h \
	src/base/nearest.c src/base/nearest.h src/base/ref.h src/base/scan.h \
	src/base/spawn.c src/base/spawn.h src/base/str.c src/base/str.h src/base/utf8.c \
	src/base/utf8.h src/base/vec.c src/base/vec.h \
	src/base/wide.c src/base/wide.h
unit_tests += src/base/base_test
src_base_base_test_SOURCES = \
	src/base/base_test.c src/base/base_test.h src/base/csv_test.c src/base/date_test.c \
	src/base/file_test.c src/base/folder_test.h src/base/gens_test.c \
	src/base/library_test.c src/base/test.h src/base/text_test.c
src_base_base_test_LDADD = $(A_1) $(CMOCKA_LIBS)
