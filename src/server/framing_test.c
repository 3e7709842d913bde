/* framing_test.c - where messages begin and end, over real sockets: what is
 * smuggled, cut or too large is refused and the connection closed. */
#include <stdio.h>
#include <unistd.h>

#include "server/loopback_test.h"
#include "server/server_test.h"

#define HOST "Host: a\r\n"
#define POST "POST / HTTP/1.1\r\n" HOST
#define LAST "GET /fast/last HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"

static int setup(void **state)
{
	struct server_config config = loopback_config();

	*state = loopback_start(&config);
	return 0;
}

static int teardown(void **state)
{
	loopback_stop(*state);
	return 0;
}

#define EVIL "GET /evil HTTP/1.1\r\n" HOST "\r\n"
#define LENGTH(n) "Content-Length: " n "\r\n\r\n"
#define CODING(te) "Transfer-Encoding: " te "\r\n\r\n"
#define NO_CHUNKS "0\r\n\r\n"

static const struct { int status; struct str bytes; } cases[] = {
	{ 400, STR_INIT(POST "Content-Length: 5\r\n"
			"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "Content-Length: 5\r\n"
			"Content-Length: 0\r\n\r\nhello" EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding: xchunked\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding : chunked\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "X: y\r\n Content-Length: 3\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "X: y\nContent-Length: 3\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding: chunked\r\n\r\n"
			"5 \r\nhello\r\n0\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding: chunked\r\n\r\n"
			"5\r\nhelloX0\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding: chunked\r\n\r\n"
			"5\nhello\n0\n\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n\r\n" EVIL) },
	{ 505, STR_INIT("GET / HTTP/3.0\r\n" HOST "\r\n" EVIL) },
	{ 501, STR_INIT("CONNECT a:1 HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 417, STR_INIT("GET / HTTP/1.1\r\n" HOST "Expect: much\r\n\r\n" EVIL) },
	{ 413, STR_INIT(POST "Content-Length: 100001\r\n\r\n" EVIL) },
	{ 413, STR_INIT(POST "Transfer-Encoding: chunked\r\n\r\n"
			"fffff\r\n" EVIL) },
	{ 413, STR_INIT("POST /nobody HTTP/1.1\r\n" HOST
			"Content-Length: 1\r\n\r\nx" EVIL) },
	{ 400, STR_INIT(POST "X: y\r\n\tContent-Length: 3\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n Host: b\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding: chunked\r\n"
			"Content-Length: 5\r\n\r\n0\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST LENGTH("+5") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("-5") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("5 5") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("5, 5") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("5,") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("0x5") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("5.0") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("\"5\"") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("18446744073709551621") "hello" EVIL) },
	{ 400, STR_INIT(POST LENGTH("5\r\nContent-Length: 5") "hello" EVIL) },
	{ 400, STR_INIT(POST "Content-Length : 5\r\n\r\nhello" EVIL) },
	{ 400, STR_INIT(POST "Content-Length\t: 5\r\n\r\nhello" EVIL) },
	{ 400, STR_INIT(POST " Content-Length: 5\r\n\r\nhello" EVIL) },
	{ 400, STR_INIT(POST "Content-Length: 5\0\r\n\r\nhello" EVIL) },
	{ 400, STR_INIT(POST "Content-Length: 5\r\r\n\r\nhello" EVIL) },
	{ 400, STR_INIT(POST CODING("chunked, chunked") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("gzip, chunked") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked, identity") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("identity") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("\"chunked\"") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked;q=1") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING(",chunked") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("\x0b" "chunked") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("\xa0" "chunked") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked\r\nTransfer-Encoding: chunked")
			NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("identity\r\nTransfer-Encoding: chunked")
			NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST "Transfer-Encoding:\r\n chunked\r\n\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST "Transfer_Encoding\0: chunked\r\n\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT("POST / HTTP/1.0\r\n" HOST CODING("chunked") NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "-5\r\nhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "+5\r\nhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "0x5\r\nhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") " 5\r\nhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "5\rXhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "5;a\nhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "5;a=\0\r\nhello\r\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "5\r\nhello\n" NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "10000000000000005\r\nhello\r\n"
			NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "fffffffffffffffb\r\nhello\r\n"
			NO_CHUNKS EVIL) },
	{ 413, STR_INIT(POST CODING("chunked") "fffffffffffffff\r\nhello\r\n"
			NO_CHUNKS EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "\r\n" EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "0\r\n X: folded\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "0\r\nX : y\r\n\r\n" EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "0\r\nX: y\n\n" EVIL) },
	{ 400, STR_INIT(POST CODING("chunked") "0\r\nno colon\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a b\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\nHost:\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\nHost : a\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET /\tHTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET / x HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET / http/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET /\r HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET /\0 HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("G\0T / HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X y: a\r\n\r\n" EVIL) },
	{ 400, STR_INIT("\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n" EVIL) },
	{ 505, STR_INIT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" EVIL) },
	{ 505, STR_INIT("GET / HTTP/0.9\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("GET /\r\n\r\n" EVIL) },
	{ 400, STR_INIT("GET / HTTP/11\r\n" HOST "\r\n" EVIL) },
	{ 400, STR_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03") },
};

static void smuggled_requests_are_refused_in_any_segmentation(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (size_t step = 0; step < 3; step++) {
			CLEANUP(buf_release) struct buf out = BUF(100000);

			loopback_talk(*state, cases[i].bytes, step == 2 ? 100000 : step, &out);
			if (loopback_status(buf_str(&out)) != cases[i].status ||
			    loopback_count(buf_str(&out), "HTTP/1.1 ") != 1 ||
			    loopback_count(buf_str(&out), "Connection: close\r\n") != 1)
				fail_msg("case %zu: %.*s", i, STR_ARG(buf_str(&out)));
		}
}

/* What is framed well and asks for nonsense is answered like anything else. */
static void a_path_that_nothing_can_have_costs_no_connection(void **state)
{
	static const struct str wire = STR_INIT(
		"GET /../etc/passwd HTTP/1.1\r\n" HOST "\r\n"
		"GET /a/%2e%2e/b HTTP/1.1\r\n" HOST "\r\n"
		"POST /%00 HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello"
		"GET /%zz HTTP/1.1\r\n" HOST "\r\n"
		"GET /%ff HTTP/1.1\r\n" HOST "\r\n" LAST);

	for (size_t step = 0; step < 3; step++) {
		CLEANUP(buf_release) struct buf out = BUF(100000);

		loopback_talk(*state, wire, step == 2 ? 100000 : step, &out);
		assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1 200 OK\r\n"), 6);
		assert_int_equal(loopback_count(buf_str(&out), "\r\n\r\nGET /\x7f 0\n"), 4);
		assert_int_equal(loopback_count(buf_str(&out), "\r\n\r\nPOST /\x7f 5\n"), 1);
		assert_int_equal(loopback_count(buf_str(&out), "Connection: close\r\n"), 1);
	}
}

static void bodies_are_read_whatever_the_answer(void **state)
{
	static const struct str wire = STR_INIT(
		"POST /none HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello"
		"POST /a HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
		"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n"
		"PUT /thread HTTP/1.1\r\n" HOST "Content-Length: 003\r\n\r\n123"
		"GET /fast HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nbody" LAST);

	for (size_t step = 0; step < 3; step++) {
		CLEANUP(buf_release) struct buf out = BUF(100000);
		struct str s;

		loopback_talk(*state, wire, step == 2 ? 100000 : step, &out);
		s = buf_str(&out);
		assert_int_equal(loopback_status(s), 404);
		assert_int_equal(loopback_count(s, "HTTP/1.1 "), 5);
		assert_int_equal(loopback_count(s, "\r\n\r\nPOST /none 5\n"), 1);
		assert_int_equal(loopback_count(s, "\r\n\r\nPOST /a 5\n"), 1);
		assert_int_equal(loopback_count(s, "\r\n\r\nPUT /thread 3\n"), 1);
		assert_int_equal(loopback_count(s, "\r\n\r\nfast\n"), 2);
	}
}

static void pipelined_answers_keep_their_order(void **state)
{
	CLEANUP(buf_release) struct buf in = BUF(1000000);
	CLEANUP(buf_release) struct buf out = BUF(1000000);
	struct str rest;
	ptrdiff_t at;
	int fd = loopback_connect(*state);

	for (int i = 0; i < 300; i++)
		buf_addf(&in, "GET /%s/%d HTTP/1.1\r\n" HOST "\r\n",
			 i % 7 == 3 ? "thread" : i % 5 ? "fast" : "now", i);
	buf_adds(&in, LAST);
	loopback_send(fd, buf_str(&in), 100000);
	loopback_read_all(fd, &out);
	rest = buf_str(&out);
	assert_int_equal(loopback_count(rest, "HTTP/1.1 200 OK\r\n"), 301);
	for (int i = 0; i < 300; i++) {
		char want[50];

		if (i % 7 == 3)
			snprintf(want, sizeof want, "\r\n\r\nGET /thread/%d 0\n", i);
		else if (i % 5)
			snprintf(want, sizeof want, "\r\n\r\nfast\n");
		else
			snprintf(want, sizeof want, "\r\n\r\nGET /now/%d 0\n", i);
		at = str_find(rest, STR("\r\n\r\n"));
		assert_true(at >= 0);
		if (!str_starts(str_skip(rest, (size_t)at), str_of(want)))
			fail_msg("answer %d", i);
		rest = str_skip(rest, (size_t)at + 4);
	}
	close(fd);
}

static void head_has_the_length_and_no_body(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);

	loopback_talk(*state, STR("HEAD /fast HTTP/1.1\r\n" HOST "\r\n"
				  "HEAD /file HTTP/1.1\r\n" HOST "\r\n"
				  "HEAD /thread HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"),
		      1000, &out);
	assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1 200 OK\r\n"), 3);
	assert_int_equal(loopback_count(buf_str(&out), "Content-Length: 5\r\n"), 1);
	assert_int_equal(loopback_count(buf_str(&out), "Content-Length: 300000\r\n"), 1);
	assert_true(str_ends(buf_str(&out), STR("\r\n\r\n")));
	assert_int_equal(loopback_count(buf_str(&out), "fast"), 0);
	assert_int_equal(loopback_count(buf_str(&out), "Date: "), 3);
}

static void a_client_that_asks_is_told_to_go_on(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	int fd = loopback_connect(*state);

	loopback_send(fd, STR("POST /a HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
			      "Expect: 100-continue\r\nConnection: close\r\n\r\n"), 1000);
	loopback_read_some(fd, &out, 25);
	assert_str_eq(buf_str(&out), STR("HTTP/1.1 100 Continue\r\n\r\n"));
	loopback_send(fd, STR("hello"), 1);
	loopback_read_all(fd, &out);
	assert_int_equal(loopback_count(buf_str(&out), "POST /a 5\n"), 1);
	close(fd);

	buf_clear(&out);
	loopback_talk(*state, STR("POST /a HTTP/1.1\r\n" HOST "Content-Length: 500000\r\n"
				  "Expect: 100-continue\r\n\r\n"), 1000, &out);
	assert_int_equal(loopback_status(buf_str(&out)), 413);
}

static void old_clients_are_closed_unless_they_ask(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);

	loopback_talk(*state, STR("GET /fast HTTP/1.0\r\n\r\n"), 1000, &out);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	assert_int_equal(loopback_count(buf_str(&out), "Connection: close\r\n"), 1);
	buf_clear(&out);
	loopback_talk(*state, STR("GET /fast HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" LAST),
		      1000, &out);
	assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1 200"), 2);
	assert_int_equal(loopback_count(buf_str(&out), "Connection: keep-alive\r\n"), 1);
	buf_clear(&out);
	loopback_talk(*state, STR("OPTIONS * HTTP/1.1\r\n" HOST "\r\n" LAST), 1, &out);
	assert_int_equal(loopback_status(buf_str(&out)), 204);
}

static void files_are_sent_whole_and_in_parts(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(2000000);
	struct str s;

	loopback_talk(*state, STR("GET /file HTTP/1.1\r\n" HOST "\r\n" LAST), 1000, &out);
	s = buf_str(&out);
	assert_int_equal(loopback_count(s, "Content-Length: 300000\r\n"), 1);
	assert_int_equal(str_find(s, STR("HTTP/1.1 200 OK\r\nDate")), 0);
	s = str_skip(s, (size_t)str_find(s, STR("\r\n\r\n")) + 4);
	for (size_t i = 0; i < LOOPBACK_FILE; i++)
		assert_int_equal(s.p[i], 'a' + i % 26);
	assert_int_equal(loopback_status(str_skip(s, LOOPBACK_FILE)), 200);

	buf_clear(&out);
	loopback_talk(*state, STR("GET /file HTTP/1.1\r\n" HOST "Range: bytes=26-28\r\n\r\n"
				  "GET /file HTTP/1.1\r\n" HOST "Range: bytes=-2\r\n\r\n"
				  "GET /file HTTP/1.1\r\n" HOST "Range: bytes=300000-\r\n\r\n"
				  LAST), 1, &out);
	s = buf_str(&out);
	assert_int_equal(loopback_count(s, "HTTP/1.1 206 Partial Content\r\n"), 2);
	assert_int_equal(loopback_count(s, "Content-Range: bytes 26-28/300000\r\n"
					"Content-Length: 3\r\n\r\nabcHTTP"), 1);
	assert_int_equal(loopback_count(s, "HTTP/1.1 416 "), 1);
	assert_int_equal(loopback_count(s, "fast\n"), 1);
}

int framing_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smuggled_requests_are_refused_in_any_segmentation),
		cmocka_unit_test(a_path_that_nothing_can_have_costs_no_connection),
		cmocka_unit_test(bodies_are_read_whatever_the_answer),
		cmocka_unit_test(pipelined_answers_keep_their_order),
		cmocka_unit_test(head_has_the_length_and_no_body),
		cmocka_unit_test(a_client_that_asks_is_told_to_go_on),
		cmocka_unit_test(old_clients_are_closed_unless_they_ask),
		cmocka_unit_test(files_are_sent_whole_and_in_parts),
	};

	return cmocka_run_group_tests_name("server/framing", tests, setup, teardown);
}
