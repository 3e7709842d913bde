noinst_LIBRARIES += src/search/libsearch.a
A_SEARCH += src/search/libsearch.a
src_search_libsearch_a_SOURCES = src/search/search.c src/search/search.h
