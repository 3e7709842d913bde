/* parser_test.c - what the parser takes and what it refuses, however it is cut. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "base/wide.h"
#include "http/http_test.h"
#include "http/parser.h"

static int setup(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

/* Parses in steps of `step` bytes; 0: random ones. Each step sees a copy of exactly
 * the bytes so far, so that a read too far is seen by the sanitizer. Returns 200 or
 * the status of the refusal, 0 for "more". */
static int parse_in_steps(struct arena *a, struct str head, size_t step, struct request *rq)
{
	struct parser p;
	enum parser_result r = PARSER_MORE;

	parser_init(&p);
	for (size_t n = 0; n < head.n && r == PARSER_MORE;) {
		char *copy;

		n += step ? step : 1 + (size_t)rand() % 40;
		if (n > head.n)
			n = head.n;
		copy = malloc(n);
		memcpy(copy, head.p, n);
		request_init(rq, a);
		r = parser_head(&p, str_from(copy, n), rq);
		if (r == PARSER_DONE)
			request_rebase(rq, copy, n, head.p);
		free(copy);
	}
	return r == PARSER_DONE ? 200 : r == PARSER_BAD ? p.status : 0;
}

/* The verdict, which must be the same for every segmentation, and on any processor. */
static int verdict(struct arena *a, struct str head, struct request *rq)
{
	int byte_by_byte = parse_in_steps(a, head, 1, rq);
	bool wide = wide_is_used;

	for (int i = 0; i < 5; i++)
		assert_int_equal(parse_in_steps(a, head, 0, rq), byte_by_byte);
	wide_is_used = false;
	assert_int_equal(parse_in_steps(a, head, head.n, rq), byte_by_byte);
	wide_is_used = wide;
	assert_int_equal(parse_in_steps(a, head, head.n, rq), byte_by_byte);
	return byte_by_byte;
}

#define HOST "Host: a.example\r\n"

static void a_plain_request_is_read(void **state)
{
	struct request rq;
	struct str head = STR("GET /a/b?x=1&y HTTP/1.1\r\nHost: Anna.Example.:8080\r\n"
			      "Accept:  text/html \t\r\nX: a\r\nx: b\r\n\r\n");

	assert_int_equal(verdict(*state, head, &rq), 200);
	assert_int_equal(rq.method, HTTP_GET);
	assert_str_eq(rq.path, STR("/a/b"));
	assert_str_eq(rq.query, STR("x=1&y"));
	assert_true(rq.has_query);
	assert_str_eq(rq.host, STR("anna.example"));
	assert_int_equal(rq.port, 8080);
	assert_int_equal(rq.minor, 1);
	assert_true(rq.keep_alive);
	assert_str_eq(request_field(&rq, STR("ACCEPT")), STR("text/html"));
	assert_str_eq(request_field(&rq, STR("x")), STR("a, b"));
	assert_null(request_field(&rq, STR("y")).p);
}

/* A GET of the usual kind is read by a shorter way than what has another method. */
static void the_usual_ways_and_the_close_one_agree(void **state)
{
	static const char *const targets[] = {
		"/", "/a/b/", "/?", "/a?", "/a?b=c&d", "/a?b?c", "/a?b/../c", "/a/../b?c",
		"/a//b?c", "/.a?b", "/a/.?b", "/a?b%20c", "/a%20b?c", "/a?b#c", "/a#b?c",
		"/a?\303\244", "?a", "http://b.example/a?b",
		"/a-path-of-more-than-sixteen-bytes?and-a-query-of-as-many",
	};
	static const char *const hosts[] = {
		"a.example", "A.example", "a.example:8080", "a.example.:80", "a.example:",
		"a..example", "a.example:99999", "[::1]:80", "", "a b",
		"a_name-of-more-than-sixteen-bytes.example:8080",
	};
	CLEANUP(buf_release) struct buf get = BUF(KIB), post = BUF(KIB);

	for (size_t i = 0; i < ARRAY_LEN(targets) * ARRAY_LEN(hosts); i++) {
		const char *target = targets[i % ARRAY_LEN(targets)];
		const char *host = hosts[i / ARRAY_LEN(targets)];
		struct request usual, close;
		int status;

		buf_clear(&get);
		buf_clear(&post);
		buf_addf(&get, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", target, host);
		buf_addf(&post, "POST %s HTTP/1.1\r\nHost: %s\r\n\r\n", target, host);
		status = verdict(*state, buf_str(&get), &usual);
		assert_int_equal(verdict(*state, buf_str(&post), &close), status);
		if (status != 200)
			continue;
		assert_str_eq(usual.path, close.path);
		assert_int_equal(usual.path_folded, close.path_folded);
		assert_int_equal(usual.has_query, close.has_query);
		assert_str_eq(usual.query, close.query);
		assert_str_eq(usual.host, close.host);
		assert_int_equal(usual.port, close.port);
	}
}

static void malformed_heads_are_refused_in_any_segmentation(void **state)
{
	static const struct { int status; struct str head; } cases[] = {
		{ 400, STR_INIT("GET / HTTP/1.1\nHost: a\n\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\x7f\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n Host: a\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost : a\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST ": a\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST "nonsense\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost:\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\n" HOST HOST "\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.0\r\n" HOST HOST "\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a..b\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n") },
		{ 400, STR_INIT("GET  / HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.1 \r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET\t/\tHTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET /\r\n") },
		{ 400, STR_INIT("GET / http/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET / HTTP/1.10\r\n" HOST "\r\n") },
		{ 505, STR_INIT("GET / HTTP/2.0\r\n" HOST "\r\n") },
		{ 400, STR_INIT("G@T / HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET a HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET * HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET /a#b HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET ftp://a/ HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("GET http:///x HTTP/1.1\r\n" HOST "\r\n") },
		{ 501, STR_INIT("CONNECT a.example:443 HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n") },
		{ 400, STR_INIT("\nGET / HTTP/1.1\r\n" HOST "\r\n") },
	};
	struct request rq;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int got = verdict(*state, cases[i].head, &rq);

		if (got != cases[i].status)
			fail_msg("%d for %.*s", got, STR_ARG(cases[i].head));
	}
}

/* Nothing is wrong with such a message: it asks for what is not there. */
static void a_path_that_nothing_can_have_leads_nowhere(void **state)
{
	static const char *const paths[] = {
		"/%zz", "/%0", "/%", "/%00", "/a%00b", "/%0d%0aX:y", "/%7f", "/%ff", "/%c0%ae",
		"/%ed%a0%80", "/../a", "/a/..", "/..", "/.", "/./a", "//../a", "/a/%2E%2e/b",
		"/a%2f..%2fb", "/.%2e/", "http://a.example/../a", "http://a.example/%ff?x",
	};
	struct request rq;

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct str head = arena_printf(*state, "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[i]);

		if (verdict(*state, head, &rq) != 200 || !request_leads_nowhere(&rq))
			fail_msg("%s", paths[i]);
		assert_str_eq(rq.path, REQUEST_NOWHERE);
		assert_str_eq(rq.host, STR("a.example"));
		assert_false(rq.path_folded);
	}
	assert_int_equal(verdict(*state, STR("GET /... HTTP/1.1\r\n" HOST "\r\n"), &rq), 200);
	assert_false(request_leads_nowhere(&rq));
}

static void the_length_of_a_body_is_said_once_and_sanely(void **state)
{
	static const char *const refused[] = {
		"Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n",
		"Content-Length: +5\r\n", "Content-Length: -5\r\n", "Content-Length: 0x5\r\n",
		"Content-Length: 5 5\r\n", "Content-Length:\r\n", "Content-Length: 5.0\r\n",
		"Content-Length: 99999999999999999999\r\n",
		"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
		"Transfer-Encoding: identity\r\n", "Transfer-Encoding: xchunked\r\n",
		"Transfer-Encoding: chunked;a=b\r\n", "Transfer-Encoding: \"chunked\"\r\n",
		"Transfer-Encoding:\vchunked\r\n", "Transfer-Encoding:\r\n",
	};
	struct arena *a = *state;
	struct request rq;

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct str head = arena_printf(a, "POST / HTTP/1.1\r\n" HOST "%s\r\n", refused[i]);

		if (verdict(a, head, &rq) != 400)
			fail_msg("taken: %s", refused[i]);
	}
	assert_int_equal(verdict(a, STR("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
				 &rq), 400);
	assert_int_equal(verdict(a, STR("POST / HTTP/1.1\r\n" HOST "Content-Length: 0017\r\n\r\n"),
				 &rq), 200);
	assert_int_equal(rq.length, 17);
	assert_int_equal(verdict(a, STR("POST / HTTP/1.1\r\n" HOST
					"Transfer-Encoding: Chunked\r\n\r\n"), &rq), 200);
	assert_true(rq.chunked);
}

static void targets_give_host_and_path(void **state)
{
	struct request rq;

	assert_int_equal(verdict(*state, STR("GET http://B.example:81?q HTTP/1.1\r\n" HOST "\r\n"),
				 &rq), 200);
	assert_str_eq(rq.host, STR("b.example"));
	assert_int_equal(rq.port, 81);
	assert_str_eq(rq.path, STR("/"));
	assert_str_eq(rq.query, STR("q"));
	assert_int_equal(verdict(*state, STR("GET //a///b%2Fc%C3%A9/?%zz HTTP/1.1\r\n" HOST "\r\n"),
				 &rq), 200);
	assert_str_eq(rq.path, STR("/a/b/c\xc3\xa9/"));
	assert_true(rq.path_folded);
	assert_int_equal(verdict(*state, STR("GET /.well-known/x..y HTTP/1.1\r\n" HOST "\r\n"),
				 &rq), 200);
	assert_str_eq(rq.path, STR("/.well-known/x..y"));
	assert_false(rq.path_folded);
	assert_int_equal(verdict(*state, STR("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), &rq), 200);
	assert_str_eq(rq.path, STR("*"));
	assert_int_equal(verdict(*state, STR("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), &rq),
			 200);
	assert_str_eq(rq.host, STR("[::1]"));
}

static void connections_stay_as_the_version_and_the_field_say(void **state)
{
	struct request rq;

	assert_int_equal(verdict(*state, STR("\r\nGET / HTTP/1.0\r\n\r\n"), &rq), 200);
	assert_false(rq.keep_alive);
	assert_str_eq(rq.host, STR(""));
	verdict(*state, STR("GET / HTTP/1.0\r\nConnection: x, Keep-Alive\r\n\r\n"), &rq);
	assert_true(rq.keep_alive);
	verdict(*state, STR("GET / HTTP/1.1\r\n" HOST "Connection: a,close\r\n\r\n"), &rq);
	assert_false(rq.keep_alive);
	verdict(*state, STR("PUT / HTTP/1.1\r\n" HOST "Expect: 100-Continue\r\n\r\n"), &rq);
	assert_true(rq.wants_continue);
	assert_int_equal(verdict(*state, STR("BREW / HTTP/1.3\r\n" HOST "\r\n"), &rq), 200);
	assert_int_equal(rq.method, HTTP_OTHER);
}

static void limits_have_their_own_status(void **state)
{
	struct arena *a = *state;
	struct request rq;
	char *many = arena_alloc(a, 40000);
	struct str head;

	memset(many, 'a', 39999);
	head = arena_printf(a, "GET /%.*s HTTP/1.1\r\n" HOST "\r\n", LIMIT_TARGET, many);
	assert_int_equal(verdict(a, head, &rq), 414);
	head = arena_printf(a, "GET /%.*s HTTP/1.1\r\n" HOST "\r\n", LIMIT_TARGET - 1, many);
	assert_int_equal(verdict(a, head, &rq), 200);
	assert_int_equal(parse_in_steps(a, str_from(many, 20000), 20000, &rq), 414);
	head = arena_printf(a, "GET / HTTP/1.1\r\n" HOST "X: %.*s\r\n\r\n", LIMIT_HEAD, many);
	assert_int_equal(parse_in_steps(a, head, 0, &rq), 431);
	assert_int_equal(parse_in_steps(a, head, head.n, &rq), 431);
	head = STR("GET / HTTP/1.1\r\n" HOST);
	for (int i = 0; i < LIMIT_FIELDS; i++)
		head = arena_printf(a, "%.*sa: b\r\n", STR_ARG(head));
	head = arena_printf(a, "%.*s\r\n", STR_ARG(head));
	assert_int_equal(verdict(a, head, &rq), 431);
}

static struct str head_with(struct arena *a, const char *line, size_t n, const char *end)
{
	struct buf b = BUF(1000);
	struct str head;

	buf_adds(&b, "GET / HTTP/1.1\r\n" HOST);
	buf_add(&b, str_from(line, n));
	buf_adds(&b, end);
	head = arena_str(a, buf_str(&b));
	buf_release(&b);
	return head;
}

static bool is_token_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
		|| (c && str_has_char(STR("!#$%&'*+-.^_`|~"), c));
}

/* RFC 9110 section 5.6.2 and 5.5, byte by byte: where the colon behind the name is; -1: this is no
 * field. */
static int colon_of(struct str line)
{
	size_t n = 0;

	for (size_t i = 0; i < line.n; i++)
		if (((unsigned char)line.p[i] < 0x20 && line.p[i] != '\t') || line.p[i] == 0x7f)
			return -1;
	while (n < line.n && is_token_byte(line.p[n]))
		n++;
	return n && n < line.n && line.p[n] == ':' ? (int)n : -1;
}

static struct str without_space(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_skip(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s = str_sub(s, 0, s.n - 1);
	return s;
}

static void check_field(struct arena *a, struct str line, const char *end, size_t fields)
{
	int colon = colon_of(line);
	struct request rq;

	assert_int_equal(parse_in_steps(a, head_with(a, line.p, line.n, end), 1000, &rq),
			 colon < 0 ? 400 : 200);
	if (colon < 0)
		return;
	assert_int_equal(rq.n_fields, fields);
	assert_str_eq(rq.fields[1].name, str_sub(line, 0, (size_t)colon));
	assert_str_eq(rq.fields[1].value, without_space(str_skip(line, (size_t)colon + 1)));
}

static void a_field_is_what_the_grammar_says(void **state)
{
	char bytes[] = "Quite-A-Longish-Name: a value of more than sixteen bytes";
	struct str line = str_of(bytes);
	struct arena *a = *state;

	for (size_t i = 0; i < line.n * 256; i++) {
		char kept = bytes[i / 256];

		bytes[i / 256] = (char)(i % 256);
		check_field(a, line, "\r\n\r\n", 2);
		check_field(a, line, "\t\r\n\r\n", 2);
		check_field(a, line, "\r\nY: another\r\n\r\n", 3);
		bytes[i / 256] = kept;
		arena_reset(a);
	}
}

static struct str head_with_host(struct arena *a, const char *line)
{
	return arena_printf(a, "GET /a HTTP/1.1\r\n%s\r\nX: y\r\n\r\n", line);
}

static void a_host_is_the_same_however_it_is_written(void **state)
{
	static const char *const same[] = {
		"Host: a-1.example", "host:a-1.example", "HOST: \ta-1.example ",
		"Host: A-1.Example", "Host: a-1.example.", "Host: a-1.example:80",
		"Host:  a-1.example", "hOsT: a-1.example\t",
	};
	static const char *const refused[] = {
		"Host: .a", "Host: a..b", "Host: a b", "Host: a/b", "Host: a,b", "Host: a@b",
		"Host: ", "Host:", "Host: .", "Host: a\x80", "Host: aaaaaaaaaaaaaaaa..b",
	};
	struct arena *a = *state;
	struct request rq;

	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		assert_int_equal(verdict(a, head_with_host(a, same[i]), &rq), 200);
		assert_str_eq(rq.host, STR("a-1.example"));
		assert_str_eq(rq.path, STR("/a"));
		assert_true(request_field(&rq, STR("Host")).n > 0);
	}
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		if (verdict(a, head_with_host(a, refused[i]), &rq) != 400)
			fail_msg("taken: %s", refused[i]);
}

/* One more than the room that a request has for them at first, and than there may be. */
static void fields_are_as_many_as_were_sent(void **state)
{
	struct arena *a = *state;
	struct request rq;
	int status;

	for (size_t n = 0; n <= LIMIT_FIELDS; n++) {
		struct str head = STR("GET / HTTP/1.1\r\n" HOST);

		for (size_t i = 0; i < n; i++)
			head = arena_printf(a, "%.*sName-%zu: %zu\r\n", STR_ARG(head), i % 10, i);
		head = arena_printf(a, "%.*s\r\n", STR_ARG(head));
		status = n < LIMIT_FIELDS ? 200 : 431;
		assert_int_equal(parse_in_steps(a, head, head.n, &rq), status);
		assert_int_equal(parse_in_steps(a, head, 1, &rq), status);
		if (n == LIMIT_FIELDS)
			break;
		assert_int_equal(rq.n_fields, n + 1);
		assert_str_eq(request_field(&rq, STR("Host")), STR("a.example"));
		if (n > 12)
			assert_true(str_starts(request_field(&rq, STR("name-2")), STR("2, 12")));
		arena_reset(a);
	}
}

/* Wherever lines end in the blocks that are looked at in one step, and in the last bytes. */
static void lines_end_anywhere_in_a_block(void **state)
{
	struct arena *a = *state;
	bool wide = wide_is_used;
	struct request rq;

	for (int n = 0; n < 8 * 150; n++) {
		int first = n / 8, last = 1 + n / 2 % 4 * 20;
		struct str head = arena_printf(a, "GET / HTTP/1.1\r\n" HOST "Name: %0*d\r\nB: c\r\n"
					       "D-E: %0*d\r\n\r\n", 1 + first, 1, last, 2);

		wide_is_used = wide && n % 2;
		assert_int_equal(parse_in_steps(a, head, head.n, &rq), 200);
		assert_int_equal(rq.n_fields, 4);
		assert_int_equal(rq.fields[1].value.n, 1 + first);
		assert_str_eq(rq.fields[2].name, STR("B"));
		assert_str_eq(rq.fields[2].value, STR("c"));
		assert_str_eq(rq.fields[3].name, STR("D-E"));
		assert_int_equal(rq.fields[3].value.n, last);
		arena_reset(a);
	}
	wide_is_used = wide;
}

static void a_head_ends_where_it_ends(void **state)
{
	struct request rq;
	struct parser p;
	struct str two = STR("GET /a HTTP/1.1\r\n" HOST "\r\nGET /b HTTP/1.1\r\n");

	request_init(&rq, *state);
	parser_init(&p);
	assert_int_equal(parser_head(&p, two, &rq), PARSER_DONE);
	assert_int_equal(p.used, strlen("GET /a HTTP/1.1\r\n" HOST "\r\n"));
	assert_str_eq(rq.target, STR("/a"));
}

int parser_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_request_is_read),
		cmocka_unit_test(the_usual_ways_and_the_close_one_agree),
		cmocka_unit_test(malformed_heads_are_refused_in_any_segmentation),
		cmocka_unit_test(a_path_that_nothing_can_have_leads_nowhere),
		cmocka_unit_test(the_length_of_a_body_is_said_once_and_sanely),
		cmocka_unit_test(targets_give_host_and_path),
		cmocka_unit_test(connections_stay_as_the_version_and_the_field_say),
		cmocka_unit_test(limits_have_their_own_status),
		cmocka_unit_test(a_field_is_what_the_grammar_says),
		cmocka_unit_test(a_host_is_the_same_however_it_is_written),
		cmocka_unit_test(fields_are_as_many_as_were_sent),
		cmocka_unit_test(lines_end_anywhere_in_a_block),
		cmocka_unit_test(a_head_ends_where_it_ends),
	};

	return cmocka_run_group_tests_name("http/parser", tests, setup, teardown);
}
