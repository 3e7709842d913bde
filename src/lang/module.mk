noinst_LIBRARIES += src/lang/liblang.a
A_LANG += src/lang/liblang.a
src_lang_liblang_a_SOURCES = \
	src/lang/catalog.c src/lang/catalog.h src/lang/catalogs.c src/lang/catalogs.h \
	src/lang/catalogs_impl.h src/lang/catalogs_read.c src/lang/marks.c \
	src/lang/marks.h src/lang/placeholder.c src/lang/placeholder.h src/lang/plural.c \
	src/lang/plural.h src/lang/po.c src/lang/po.h src/lang/po_edit.c \
	src/lang/po_edit.h src/lang/po_write.c src/lang/po_write.h src/lang/speak.c \
	src/lang/speak.h src/lang/text.c src/lang/text.h src/lang/texts.c \
	src/lang/texts.h
unit_tests += src/lang/lang_test
src_lang_lang_test_SOURCES = \
	src/lang/catalog_test.c src/lang/catalogs_test.c src/lang/lang_test.c \
	src/lang/lang_test.h src/lang/marks_test.c src/lang/placeholder_test.c \
	src/lang/plural_test.c src/lang/po_edit_test.c src/lang/po_test.c \
	src/lang/po_write_test.c src/lang/texts_test.c
src_lang_lang_test_LDADD = src/lang/liblang.a $(A_2) $(CMOCKA_LIBS)
