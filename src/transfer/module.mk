noinst_LIBRARIES += src/transfer/libtransfer.a
A_TRANSFER += src/transfer/libtransfer.a
src_transfer_libtransfer_a_SOURCES = \
	src/transfer/dialect.c src/transfer/dialect.h src/transfer/export.c \
	src/transfer/export.h src/transfer/export_link.c src/transfer/export_link.h \
	src/transfer/export_source.c src/transfer/export_source.h \
	src/transfer/export_text.c src/transfer/export_text.h src/transfer/export_write.c \
	src/transfer/export_write.h src/transfer/import.c src/transfer/import.h \
	src/transfer/import_gone.c src/transfer/import_impl.h src/transfer/import_job.c \
	src/transfer/import_job.h src/transfer/import_known.c src/transfer/import_known.h \
	src/transfer/import_put.c src/transfer/import_redirects.c \
	src/transfer/import_redirects.h src/transfer/import_rules.c \
	src/transfer/import_saved.c src/transfer/import_work.c src/transfer/import_write.c \
	src/transfer/kept.c src/transfer/kept.h src/transfer/links.c src/transfer/links.h \
	src/transfer/permalink.c src/transfer/permalink.h src/transfer/plan.c \
	src/transfer/plan.h src/transfer/plan_read.c src/transfer/plan_read.h \
	src/transfer/plan_renew.c src/transfer/plan_stamp.c src/transfer/plan_stamp.h \
	src/transfer/receipt.c src/transfer/receipt.h src/transfer/resolve.c \
	src/transfer/resolve.h src/transfer/save.c src/transfer/save.h \
	src/transfer/save_find.c src/transfer/save_impl.h src/transfer/source.c \
	src/transfer/source.h src/transfer/source_head.c src/transfer/source_head.h \
	src/transfer/source_name.c src/transfer/source_name.h src/transfer/tags.c \
	src/transfer/tags.h src/transfer/tags_impl.h src/transfer/tags_put.c \
	src/transfer/tree.c src/transfer/tree.h src/transfer/watch.c src/transfer/watch.h
unit_tests += src/transfer/transfer_test
src_transfer_transfer_test_SOURCES = \
	src/transfer/export_test.c src/transfer/import_test.c src/transfer/links_test.c \
	src/transfer/save_test.c src/transfer/source_test.c src/transfer/transfer_test.c \
	src/transfer/transfer_test.h
src_transfer_transfer_test_LDADD = src/transfer/libtransfer.a $(A_6) $(CMOCKA_LIBS)
