noinst_LIBRARIES += src/blog/libblog.a
A_BLOG += src/blog/libblog.a
src_blog_libblog_a_SOURCES = \
	src/blog/archive.c src/blog/archive.h src/blog/blog.c src/blog/blog.h src/blog/lists.c \
	src/blog/lists.h src/blog/posts.c src/blog/posts.h
unit_tests += src/blog/blog_test
src_blog_blog_test_SOURCES = src/blog/blog_test.c src/web/show_test.c src/web/show_test.h
src_blog_blog_test_LDADD = src/blog/libblog.a $(A_6) $(CMOCKA_LIBS)
