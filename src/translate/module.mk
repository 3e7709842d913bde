noinst_LIBRARIES += src/translate/libtranslate.a
A_TRANSLATE += src/translate/libtranslate.a
src_translate_libtranslate_a_SOURCES = \
	src/translate/extract.c src/translate/extract.h src/translate/extract_c.c \
	src/translate/extract_impl.h src/translate/extract_tree.c src/translate/glossary.c \
	src/translate/glossary.h src/translate/plurals.c src/translate/plurals.h \
	src/translate/po_check.c src/translate/po_check.h src/translate/po_check_impl.h \
	src/translate/po_check_prose.c src/translate/po_check_rules.c \
	src/translate/po_folder.c src/translate/po_folder.h src/translate/po_merge.c \
	src/translate/po_merge.h src/translate/po_new.c src/translate/po_new.h \
	src/translate/po_stats.c src/translate/po_stats.h src/translate/pseudo.c \
	src/translate/pseudo.h src/translate/text_check.c src/translate/text_check.h \
	src/translate/text_folder.c src/translate/text_folder.h
unit_tests += src/translate/translate_test
src_translate_translate_test_SOURCES = \
	src/translate/extract_test.c src/translate/po_check_test.c \
	src/translate/po_merge_test.c src/translate/text_check_test.c \
	src/translate/tools_test.c src/translate/translate_test.c \
	src/translate/translate_test.h
src_translate_translate_test_LDADD = src/translate/libtranslate.a $(A_6) $(CMOCKA_LIBS)
