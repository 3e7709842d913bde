noinst_LIBRARIES += src/server/libserver.a
A_SERVER += src/server/libserver.a
src_server_libserver_a_SOURCES = \
	src/server/conn.c src/server/conn.h src/server/conn_accept.c src/server/conn_read.c \
	src/server/crowd.c src/server/crowd.h src/server/exchange.c src/server/exchange.h \
	src/server/listener.c src/server/listener.h src/server/loop.c src/server/loop.h \
	src/server/mailbox.c src/server/mailbox.h src/server/outbox.c src/server/outbox.h \
	src/server/ready.c src/server/ready.h \
	src/server/server.c src/server/server.h src/server/spool.c src/server/spool.h
unit_tests += src/server/server_test
src_server_server_test_SOURCES = \
	src/server/crowd_test.c src/server/framing_test.c src/server/loopback_test.c \
	src/server/loopback_test.h src/server/proxy_test.c src/server/server_test.c \
	src/server/server_test.h src/server/sockets_test.c src/server/turn_test.c
src_server_server_test_LDADD = src/server/libserver.a $(A_3) $(CMOCKA_LIBS)
EXTRA_PROGRAMS += src/server/server_bench
src_server_server_bench_SOURCES = src/server/server_bench.c
src_server_server_bench_LDADD = src/server/libserver.a $(A_3)
