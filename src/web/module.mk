noinst_LIBRARIES += src/web/libweb.a
A_WEB += src/web/libweb.a
src_web_libweb_a_SOURCES = \
	src/web/answer.c src/web/answer.h src/web/ctx.c src/web/ctx.h src/web/feature.h \
	src/web/head.c src/web/head.h src/web/markup.c src/web/markup.h src/web/menu.c \
	src/web/menu.h src/web/options.c src/web/options.h src/web/pictures.c \
	src/web/pictures.h src/web/queries.c src/web/queries.h src/web/reader.c \
	src/web/reader.h src/web/route.c src/web/route.h src/web/view.c src/web/view.h \
	src/web/view_post.c
unit_tests += src/web/route_test
src_web_route_test_SOURCES = src/web/route_test.c
src_web_route_test_LDADD = src/web/libweb.a $(A_5) $(CMOCKA_LIBS)
unit_tests += src/web/reader_test
src_web_reader_test_SOURCES = src/web/reader_test.c src/web/show_test.c src/web/show_test.h
src_web_reader_test_LDADD = src/web/libweb.a $(A_5) $(CMOCKA_LIBS)
unit_tests += src/web/web_test
src_web_web_test_SOURCES = src/web/show_test.c src/web/show_test.h src/web/web_test.c
src_web_web_test_LDADD = src/web/libweb.a $(A_5) $(CMOCKA_LIBS)
