/* fields_test.c - conditions, ranges, preferences, and heads of replies. */
#include "base/test.h"
#include "http/http_test.h"
#include "http/negotiate.h"
#include "http/parser.h"
#include "http/reply.h"

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

static struct request request(struct arena *a, const char *method, const char *fields)
{
	struct request rq;
	struct parser p;

	request_init(&rq, a);
	parser_init(&p);
	assert_int_equal(parser_head(&p, arena_printf(a, "%s / HTTP/1.1\r\nHost: a\r\n%s\r\n",
						      method, fields), &rq), PARSER_DONE);
	return rq;
}

static int condition(struct arena *a, const char *method, const char *fields)
{
	struct request rq = request(a, method, fields);

	return http_precondition(&rq, STR("\"x\""), 784111777);
}

static void conditions_compare_as_they_should(void **state)
{
	struct arena *a = *state;

	assert_int_equal(condition(a, "GET", ""), 0);
	assert_int_equal(condition(a, "GET", "If-None-Match: \"x\"\r\n"), 304);
	assert_int_equal(condition(a, "HEAD", "If-None-Match: \"a,b\", W/\"x\"\r\n"), 304);
	assert_int_equal(condition(a, "GET", "If-None-Match: *\r\n"), 304);
	assert_int_equal(condition(a, "GET", "If-None-Match: \"y\"\r\n"), 0);
	assert_int_equal(condition(a, "GET", "If-None-Match: x\r\n"), 0);
	assert_int_equal(condition(a, "PUT", "If-None-Match: *\r\n"), 412);
	assert_int_equal(condition(a, "PUT", "If-Match: W/\"x\"\r\n"), 412);
	assert_int_equal(condition(a, "PUT", "If-Match: \"x\"\r\n"), 0);
	assert_int_equal(condition(a, "GET", "If-Modified-Since: "
				   "Sun, 06 Nov 1994 08:49:37 GMT\r\n"),
			 304);
	assert_int_equal(condition(a, "GET", "If-Modified-Since: "
				   "Sun, 06 Nov 1994 08:49:36 GMT\r\n"),
			 0);
	assert_int_equal(condition(a, "GET", "If-Modified-Since: yesterday\r\n"), 0);
	assert_int_equal(condition(a, "GET", "If-None-Match: \"y\"\r\n"
				   "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), 0);
	assert_int_equal(condition(a, "PUT", "If-Unmodified-Since: "
				   "Sun, 06 Nov 1994 08:49:36 GMT\r\n"), 412);
}

static void range_is(struct arena *a, const char *fields, enum http_range_kind kind, int from,
		     int n)
{
	struct request rq = request(a, "GET", fields);
	struct http_range r = http_range(&rq, STR("\"x\""), 784111777, 100);

	if (r.kind != kind || (kind == HTTP_RANGE_PART &&
			       ((int)r.from != from || (int)r.bytes != n)))
		fail_msg("%s: %d %d %d", fields, r.kind, (int)r.from, (int)r.bytes);
}

static void one_range_is_cut_and_many_give_the_whole(void **state)
{
	struct arena *a = *state;

	range_is(a, "", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: bytes=0-9\r\n", HTTP_RANGE_PART, 0, 10);
	range_is(a, "Range: bytes=90-\r\n", HTTP_RANGE_PART, 90, 10);
	range_is(a, "Range: bytes=90-1000\r\n", HTTP_RANGE_PART, 90, 10);
	range_is(a, "Range: bytes=-10\r\n", HTTP_RANGE_PART, 90, 10);
	range_is(a, "Range: bytes=-1000\r\n", HTTP_RANGE_PART, 0, 100);
	range_is(a, "Range: bytes=100-\r\n", HTTP_RANGE_NONE, 0, 0);
	range_is(a, "Range: bytes=-0\r\n", HTTP_RANGE_NONE, 0, 0);
	range_is(a, "Range: bytes=0-1,5-6\r\n", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: bytes=9-5\r\n", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: bytes=--5\r\n", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: lines=1-5\r\n", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: bytes=0-99999999999999999999\r\n", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: bytes=0-9\r\nIf-Range: \"x\"\r\n", HTTP_RANGE_PART, 0, 10);
	range_is(a, "Range: bytes=0-9\r\nIf-Range: W/\"x\"\r\n", HTTP_RANGE_WHOLE, 0, 0);
	range_is(a, "Range: bytes=0-9\r\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
		 HTTP_RANGE_PART, 0, 10);
	range_is(a, "Range: bytes=0-9\r\nIf-Range: Sun, 06 Nov 1994 08:49:38 GMT\r\n",
		 HTTP_RANGE_WHOLE, 0, 0);
}

static bool gzip(struct arena *a, const char *value)
{
	struct request rq = request(a, "GET", arena_printf(a, "Accept-Encoding: %s\r\n", value).p);

	return negotiate_gzip(&rq);
}

static void gzip_is_sent_to_those_who_like_it(void **state)
{
	struct arena *a = *state;

	assert_true(gzip(a, "gzip"));
	assert_true(gzip(a, "br;q=1.0, GZIP;q=0.8, *;q=0.1"));
	assert_true(gzip(a, "*"));
	assert_false(gzip(a, ""));
	assert_false(gzip(a, "gzip;q=0"));
	assert_false(gzip(a, "gzip;q=0.000, *"));
	assert_false(gzip(a, "identity"));
	assert_false(gzip(a, "gzip;q=0.5, identity;q=0.8"));
	assert_true(gzip(a, "identity;q=0.5, gzip ; q=0.5"));
	assert_false(gzip(a, "gzip;q=2"));
	assert_false(gzip(a, "gzipped"));
}

static void a_reply_becomes_a_head(void **state)
{
	struct buf b = BUF(1000);
	struct reply r = REPLY(200);
	struct reply_frame frame = { .date = STR("Date: now\r\n") };

	(void)state;
	r.head = STR("X: y\r\n");
	r.body = STR("hello");
	r.more[0] = STR(" you");
	reply_head(&b, &r, &frame);
	assert_str_eq(buf_str(&b),
		      STR("HTTP/1.1 200 OK\r\nDate: now\r\nX: y\r\nContent-Length: 9\r\n\r\n"));
	buf_clear(&b);
	r.head = STR("X: y\r\nContent-Length: 9\r\n\r\n");
	r.prepared = true;
	frame.ok = STR("HTTP/1.1 200 OK\r\nDate: then\r\n");
	reply_head(&b, &r, &frame);
	assert_str_eq(buf_str(&b),
		      STR("HTTP/1.1 200 OK\r\nDate: then\r\nX: y\r\nContent-Length: 9\r\n\r\n"));
	buf_clear(&b);
	r.head = STR("X: y\r\n");
	r.prepared = false;
	r.status = 304;
	frame.close = true;
	reply_head(&b, &r, &frame);
	assert_str_eq(buf_str(&b), STR("HTTP/1.1 304 Not Modified\r\nDate: now\r\n"
				       "Connection: close\r\nX: y\r\n\r\n"));
	buf_clear(&b);
	reply_field(&b, STR("Location"), STR("/a\r\nSet-Cookie: b"));
	assert_str_eq(buf_str(&b), STR("Location: /a  Set-Cookie: b\r\n"));
	buf_release(&b);
}

static void a_range_turns_a_reply_into_a_part(void **state)
{
	struct request rq = request(*state, "GET", "Range: bytes=2-3\r\n");
	struct reply r = REPLY(200);

	r.body = STR("abcdef");
	reply_range(&rq, &r, STR_NONE, 0);
	assert_int_equal(r.status, 206);
	assert_str_eq(r.body, STR("cd"));
	assert_str_eq(r.head, STR("Content-Range: bytes 2-3/6\r\n"));
	r = REPLY(200);
	r.body = STR("a");
	reply_range(&rq, &r, STR_NONE, 0);
	assert_int_equal(r.status, 416);
	assert_str_eq(r.head, STR("Content-Range: bytes */1\r\n"));
	assert_int_equal(reply_length(&r), 0);
}

int fields_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_compare_as_they_should),
		cmocka_unit_test(one_range_is_cut_and_many_give_the_whole),
		cmocka_unit_test(gzip_is_sent_to_those_who_like_it),
		cmocka_unit_test(a_reply_becomes_a_head),
		cmocka_unit_test(a_range_turns_a_reply_into_a_part),
	};

	return cmocka_run_group_tests_name("http/fields", tests, setup, teardown);
}
