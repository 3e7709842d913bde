noinst_LIBRARIES += src/http/libhttp.a
A_HTTP += src/http/libhttp.a
src_http_libhttp_a_SOURCES = \
	src/http/chunked.c src/http/chunked.h src/http/etag.c src/http/etag.h \
	src/http/fields.c src/http/fields.h src/http/forwarded.c src/http/forwarded.h \
	src/http/heads.c src/http/heads.h src/http/http.c src/http/http.h \
	src/http/introduction.c src/http/introduction.h src/http/lex.c src/http/lex.h \
	src/http/lines.c src/http/lines.h src/http/mime.c src/http/mime.h \
	src/http/negotiate.c src/http/negotiate.h src/http/parser.c src/http/parser.h \
	src/http/query.c src/http/query.h src/http/reply.c src/http/reply.h \
	src/http/request.c src/http/request.h src/http/scan.h src/http/target.c \
	src/http/target.h src/http/url.c src/http/url.h
unit_tests += src/http/http_test
src_http_http_test_SOURCES = \
	src/http/chunked_test.c src/http/fields_test.c src/http/forwarded_test.c \
	src/http/heads_test.c src/http/http_test.c src/http/http_test.h \
	src/http/introduction_test.c src/http/parser_test.c src/http/url_test.c
src_http_http_test_LDADD = src/http/libhttp.a $(A_2) $(CMOCKA_LIBS)
