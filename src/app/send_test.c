/* send_test.c - one finished page, and what each reader gets of it. */
#include "app/app_test.h"
#include "app/send.h"

#define TEXT "It rained for a week, and the river came up to the second step. " \
	     "It rained for a week, and the river came up to the second step. " \
	     "It rained for a week, and the river came up to the second step. " \
	     "It rained for a week, and the river came up to the second step. "

struct reader {
	struct arena *a;
	struct entry *e;
	struct entry *form[2];		/* what is sent to who reads plain, and gzip */
	struct request rq;
	struct reply reply;
};

static struct reader reader;

static int set_up(void **state)
{
	const struct entry_parts parts = {
		.status = 200, .type = STR("text/html"), .head = STR("Cache-Control: no-cache\r\n"),
		.body = STR(TEXT), .compress = true,
	};

	reader.a = arena_new(0);
	reader.e = entry_make(&parts);
	for (int i = 0; i < 2; i++)
		reader.form[i] = entry_hold(reader.e);
	*state = &reader;
	return 0;
}

static int set_up_single(void **state)
{
	int rc = set_up(state);

	for (int i = 0; i < 2; i++) {
		entry_drop(reader.form[i]);
		reader.form[i] = entry_of_form(reader.e, i);
	}
	return rc;
}

static int tear_down(void **state)
{
	(void)state;
	entry_drop(reader.e);
	entry_drop(reader.form[0]);
	entry_drop(reader.form[1]);
	arena_free(reader.a);
	return 0;
}

/* Asks with up to two fields: "name", "value", ... */
static const struct reply *ask(enum http_method method, const char *name, struct str value,
			       const char *name2, struct str value2)
{
	struct request *rq = &reader.rq;
	bool gzip;

	request_init(rq, reader.a);
	rq->method = method;
	rq->fields = arena_array(reader.a, 2, sizeof *rq->fields);
	rq->fields[0] = (struct field){ str_of(name), value };
	rq->fields[1] = (struct field){ str_of(name2), value2 };
	rq->n_fields = name2 ? 2 : name ? 1 : 0;
	rq->names = rq->shared = UINT64_MAX;
	gzip = send_takes_gzip(rq);
	send_entry(rq, entry_hold(reader.form[gzip]), gzip, &reader.reply);
	reader.reply.release(reader.reply.owner);
	return &reader.reply;
}

#define GET(...) ask(HTTP_GET, __VA_ARGS__)
#define GZIP "accept-encoding", STR("gzip")
#define NOTHING NULL, STR_NONE

static bool says(const struct reply *r, const char *line)
{
	return str_find(r->head, str_of(line)) >= 0;
}

static void each_reader_gets_the_form_he_can_read(void **state)
{
	const struct reply *r = GET(NOTHING, NOTHING);

	(void)state;
	assert_int_equal(r->status, 200);
	assert_str_eq(r->body, STR(TEXT));
	assert_true(says(r, "Vary: Accept-Encoding\r\n"));
	assert_false(says(r, "Content-Encoding"));
	r = GET(GZIP, NOTHING);
	assert_str_eq(r->body, reader.e->gzip);
	assert_true(says(r, "Content-Encoding: gzip\r\n"));
	assert_true(says(r, "Vary: Accept-Encoding\r\n"));
}

static void the_two_forms_have_two_tags(void **state)
{
	(void)state;
	assert_false(str_eq(reader.e->etag, reader.e->etag_gzip));
	assert_int_equal(GET("if-none-match", reader.e->etag, NOTHING)->status, 304);
	assert_int_equal(GET("if-none-match", reader.e->etag_gzip, NOTHING)->status, 200);
	assert_int_equal(GET("if-none-match", reader.e->etag_gzip, GZIP)->status, 304);
	assert_int_equal(ask(HTTP_HEAD, "if-none-match", reader.e->etag, NOTHING)->status, 304);
}

static void not_modified_says_what_a_cache_must_know(void **state)
{
	const struct reply *r = GET("if-none-match", reader.e->etag, NOTHING);

	(void)state;
	assert_int_equal(r->body.n, 0);
	assert_true(says(r, "ETag: "));
	assert_true(says(r, "Vary: Accept-Encoding\r\n"));
	assert_true(says(r, "Cache-Control: no-cache\r\n"));
	assert_false(says(r, "Content-Length"));
}

static void parts_are_of_the_plain_bytes(void **state)
{
	const struct reply *r = GET("range", STR("bytes=3-8"), GZIP);

	(void)state;
	assert_int_equal(r->status, 206);
	assert_str_eq(r->body, STR("rained"));
	assert_true(says(r, "Vary: Accept-Encoding\r\n"));
	assert_false(says(r, "Content-Encoding"));
	assert_int_equal(GET("range", STR("bytes=9999-"), NOTHING)->status, 416);
	assert_int_equal(GET("range", STR("bytes=0-1"), "if-range", STR("\"x\""))->status, 200);
	assert_int_equal(GET("range", STR("bytes=0-1"), "if-range", reader.e->etag)->status, 206);
	assert_int_equal(ask(HTTP_HEAD, "range", STR("bytes=0-1"), NOTHING)->status, 200);
}

static bool takes_gzip(enum http_method method, const char *name, struct str value,
		       const char *name2, struct str value2)
{
	ask(method, name, value, name2, value2);
	return send_takes_gzip(&reader.rq);
}

static void who_asks_for_a_part_is_sent_plain_bytes(void **state)
{
	(void)state;
	assert_true(takes_gzip(HTTP_GET, GZIP, NOTHING));
	assert_false(takes_gzip(HTTP_GET, NOTHING, NOTHING));
	assert_false(takes_gzip(HTTP_GET, "range", STR("bytes=3-8"), GZIP));
	assert_true(takes_gzip(HTTP_HEAD, "range", STR("bytes=3-8"), GZIP));
}

static void a_condition_that_fails_is_412(void **state)
{
	(void)state;
	assert_int_equal(GET("if-match", STR("\"x\""), NOTHING)->status, 412);
	assert_int_equal(GET("if-match", reader.e->etag, NOTHING)->status, 200);
	assert_int_equal(GET("if-match", STR("*"), NOTHING)->status, 200);
}

static void a_move_cannot_begin_another_line(void **state)
{
	struct reply r;

	(void)state;
	request_init(&reader.rq, reader.a);
	send_moved(&reader.rq, STR("http://a/\r\nSet-Cookie: x"), &r);
	assert_int_equal(r.status, 301);
	assert_true(says(&r, "Location: http://a/  Set-Cookie: x\r\n"));
}

/* Each with a page that has both forms, and with one that has what is asked for. */
#define WITH_PAGE(test) \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down), \
	{ #test "_of_one_form", test, set_up_single, tear_down, NULL }

int send_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PAGE(each_reader_gets_the_form_he_can_read),
		WITH_PAGE(the_two_forms_have_two_tags),
		WITH_PAGE(not_modified_says_what_a_cache_must_know),
		WITH_PAGE(parts_are_of_the_plain_bytes),
		WITH_PAGE(who_asks_for_a_part_is_sent_plain_bytes),
		WITH_PAGE(a_condition_that_fails_is_412),
		WITH_PAGE(a_move_cannot_begin_another_line),
	};

	return cmocka_run_group_tests_name("send", tests, NULL, NULL);
}
