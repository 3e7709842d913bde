noinst_LIBRARIES += src/store/libstore.a
A_STORE += src/store/libstore.a
src_store_libstore_a_SOURCES = \
	src/store/check.c src/store/checkpoint.c src/store/db.c src/store/db.h \
	src/store/gather.c src/store/handles.c \
	src/store/handles.h src/store/image.c src/store/image.h src/store/lite.c \
	src/store/lite.h src/store/prove.c src/store/query.c src/store/query.h \
	src/store/row.c src/store/row.h src/store/run.c src/store/schema.c src/store/schema.h \
	src/store/stmt.c src/store/tokens.c src/store/tokens.h src/store/tx.c src/store/tx.h \
	src/store/widen.c
unit_tests += src/store/store_test
src_store_store_test_SOURCES = \
	src/store/bulk_test.c src/store/checkpoint_test.c src/store/db_test.c \
	src/store/handles_test.c src/store/image_test.c src/store/schema_test.c \
	src/store/store_test.c src/store/store_test.h \
	src/store/tokens_test.c src/store/truth_test.c src/store/tx_deps_test.c \
	src/store/tx_test.c src/store/tx_test.h
src_store_store_test_LDADD = src/store/libstore.a $(A_2) $(CMOCKA_LIBS)
