noinst_LIBRARIES += src/content/libcontent.a
A_CONTENT += src/content/libcontent.a
src_content_libcontent_a_SOURCES = \
	src/content/address.h src/content/address_store.c src/content/announce.c \
	src/content/announce.h src/content/arrange.c src/content/batch.c \
	src/content/batch.h src/content/batch_store.c src/content/batch_store.h \
	src/content/body.c src/content/body.h src/content/browse.h \
	src/content/browse_store.c src/content/edit.c src/content/edit.h \
	src/content/edit_store.c src/content/edit_store.h src/content/kinds.c \
	src/content/kinds.h src/content/list.h src/content/list_store.c \
	src/content/media.h src/content/media_store.c src/content/month.h \
	src/content/month_store.c src/content/post.h src/content/post_around_store.c \
	src/content/post_store.c src/content/relate.c src/content/relate.h \
	src/content/rows.c src/content/rows.h src/content/seen.c src/content/seen.h \
	src/content/shelve.c src/content/shelve.h src/content/term.h \
	src/content/term_store.c
unit_tests += src/content/content_test
src_content_content_test_SOURCES = \
	src/content/blog_test.c src/content/blog_test.h src/content/content_test.c
src_content_content_test_LDADD = src/content/libcontent.a $(A_4) $(CMOCKA_LIBS)
unit_tests += src/content/cost_test
src_content_cost_test_SOURCES = \
	src/content/blog_test.c src/content/blog_test.h src/content/cost_test.c
src_content_cost_test_LDADD = src/content/libcontent.a $(A_4) $(CMOCKA_LIBS)
unit_tests += src/content/batch_test
src_content_batch_test_SOURCES = \
	src/content/batch_test.c src/content/blog_test.c src/content/blog_test.h
src_content_batch_test_LDADD = src/content/libcontent.a $(A_4) $(CMOCKA_LIBS)
