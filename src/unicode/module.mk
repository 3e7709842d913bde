noinst_LIBRARIES += src/unicode/libunicode.a
A_UNICODE += src/unicode/libunicode.a
src_unicode_libunicode_a_SOURCES = \
	src/unicode/confusable.c src/unicode/confusable.h src/unicode/dateformat.c \
	src/unicode/dateformat.h src/unicode/fold.c src/unicode/fold.h src/unicode/idn.c \
	src/unicode/idn.h src/unicode/language.c src/unicode/language.h src/unicode/memo.c \
	src/unicode/memo.h src/unicode/number.c src/unicode/number.h src/unicode/pattern.c \
	src/unicode/pattern.h src/unicode/slug.c src/unicode/slug.h src/unicode/spare.c \
	src/unicode/spare.h src/unicode/wide.c src/unicode/wide.h src/unicode/wrap.c \
	src/unicode/wrap.h src/unicode/zone.c src/unicode/zone.h
unit_tests += src/unicode/unicode_test
src_unicode_unicode_test_SOURCES = \
	src/unicode/format_test.c src/unicode/memo_test.c src/unicode/names_test.c \
	src/unicode/spare_test.c src/unicode/unicode_test.c src/unicode/unicode_test.h
src_unicode_unicode_test_LDADD = src/unicode/libunicode.a $(A_1) $(CMOCKA_LIBS)
