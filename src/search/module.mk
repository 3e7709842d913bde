noinst_LIBRARIES += src/search/libsearch.a
A_SEARCH += src/search/libsearch.a
src_search_libsearch_a_SOURCES = src/search/search.c src/search/search.h
unit_tests += src/search/search_test
src_search_search_test_SOURCES = src/search/search_test.c src/web/show_test.c src/web/show_test.h
src_search_search_test_LDADD = src/search/libsearch.a $(A_6) $(CMOCKA_LIBS)
