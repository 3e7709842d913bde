/* access_log_test.c - lines of the access log, and how they reach its file. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/access_line.h"
#include "app/access_log.h"
#include "app/app_test.h"
#include "base/file.h"

static struct request request(struct arena *a)
{
	struct request rq;

	request_init(&rq, a);
	rq.method = HTTP_GET;
	rq.method_name = STR("GET");
	rq.host = STR("anna.example");
	rq.path = STR("/a \"b\"\n/");
	rq.query = STR("q=secret");
	rq.peer = STR("192.0.2.77");
	rq.id = STR("0123456789abcdef");
	return rq;
}

static const char *line_of(struct arena *a, struct access_style style, const struct request *rq)
{
	char text[ACCESS_LINE_MAX];
	struct reply r = REPLY(200);
	struct str line;

	r.body = STR("hello");
	r.source = "hit";
	line = str_from(text, access_line(text, &style, rq, &r, 1234567));
	assert_true(str_ends(line, STR("\n")));
	assert_int_equal(str_find_char(line, '\n'), (ptrdiff_t)line.n - 1);
	assert_true(str_find(line, STR("secret")) < 0);
	return arena_cstr(a, str_skip(line, (size_t)str_find(line, STR("id")) + 2));
}

static void a_line_tells_of_the_request_and_nothing_of_the_reader(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct request rq = request(a);

	(void)state;
	assert_string_equal(line_of(a, (struct access_style){ .is_json = true }, &rq),
			    "\":\"0123456789abcdef\",\"host\":\"anna.example\",\"method\":\"GET\","
			    "\"path\":\"/a \\\"b\\\"\\n/\",\"status\":200,\"bytes\":5,"
			    "\"ms\":1.234,\"cache\":\"hit\"}\n");
	assert_string_equal(line_of(a, (struct access_style){ .is_json = false }, &rq),
			    "=0123456789abcdef host=anna.example method=GET"
			    " path=\"/a \\\"b\\\"\\n/\" status=200 bytes=5 ms=1.234 cache=hit\n");
	rq.method = HTTP_HEAD;
	rq.path = rq.host = STR_NONE;		/* as of a head that was refused */
	assert_string_equal(line_of(a, (struct access_style){ .is_json = false }, &rq),
			    "=0123456789abcdef host=\"\" method=GET path=\"\" status=200 bytes=0"
			    " ms=1.234 cache=hit\n");
	assert_string_equal(line_of(a, (struct access_style){ .is_json = true }, &rq),
			    "\":\"0123456789abcdef\",\"host\":\"\",\"method\":\"GET\","
			    "\"path\":\"\",\"status\":200,\"bytes\":0,\"ms\":1.234,"
			    "\"cache\":\"hit\"}\n");
}

static void a_path_that_leads_nowhere_is_told_as_it_was_asked_for(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct request rq = request(a);

	(void)state;
	rq.path = REQUEST_NOWHERE;
	rq.target = STR("/../a%00?q=secret");
	assert_non_null(strstr(line_of(a, (struct access_style){ .is_json = false }, &rq),
			       " path=/../a%00 status="));
}

static void a_line_that_is_too_long_is_none(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	static const struct access_style styles[] = { { .is_json = false }, { .is_json = true } };
	CLEANUP(buf_release) struct buf path = BUF(ACCESS_LINE_MAX);
	char text[ACCESS_LINE_MAX];
	struct request rq = request(a);
	struct reply r = REPLY(200);

	(void)state;
	while (path.n < ACCESS_LINE_MAX - 200)
		buf_addc(&path, 'a');
	rq.path = buf_str(&path);
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		assert_in_range(access_line(text, &styles[i], &rq, &r, 1), path.n, sizeof text);
	path.p[0] = '"';			/* it takes another byte */
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		assert_in_range(access_line(text, &styles[i], &rq, &r, 1), path.n, sizeof text);
	while (path.n < ACCESS_LINE_MAX)
		buf_addc(&path, 'a');
	rq.path = buf_str(&path);
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		assert_int_equal(access_line(text, &styles[i], &rq, &r, 1), 0);
	path.p[0] = 'a';
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		assert_int_equal(access_line(text, &styles[i], &rq, &r, 1), 0);
}

static void an_address_is_told_as_far_as_it_was_asked_for(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct request rq = request(a);
	char network[ACCESS_NETWORK_TEXT];

	(void)state;
	assert_non_null(strstr(line_of(a, (struct access_style){
					.address = ACCESS_ADDRESS_FULL }, &rq),
			       "address=192.0.2.77\n"));
	assert_non_null(strstr(line_of(a, (struct access_style){
					.address = ACCESS_ADDRESS_NETWORK }, &rq),
			       "address=192.0.2.0\n"));
	access_line_network(STR("2001:db8:1:2:3:4:5:6"), network);
	assert_string_equal(network, "2001:db8:1::");
	access_line_network(STR("nobody"), network);
	assert_string_equal(network, "");
}

static struct config *config_with(const char *line)
{
	CLEANUP(buf_release) struct buf text = BUF(1000);
	struct fail f = FAIL_INIT;
	struct config *c;

	buf_addf(&text, "[log]\n%s\n", line);
	assert_ok(config_parse(buf_str(&text), "test", &c, &f), &f);
	return c;
}

static size_t lines_in(const char *path)
{
	CLEANUP(buf_release) struct buf text = BUF(4 * MIB);
	size_t n = 0;

	if (!file_read(path, &text, NULL))
		return 0;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static void configure(struct access_log *l, const char *line)
{
	struct config *c = config_with(line);
	struct fail f = FAIL_INIT;

	assert_ok(access_log_configure(l, c, &f), &f);
	config_unref(c);
}

static void a_log_that_was_renamed_is_opened_anew(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	char dir[] = "/tmp/access_log_test.XXXXXX", first[60], second[60];
	const struct reply r = REPLY(200);
	struct request rq = request(a);
	struct access_log *l;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(first, sizeof first, "%s/log.1", dir);
	snprintf(second, sizeof second, "%s/log", dir);
	l = access_log_new(dir);
	assert_false(access_log_is_on(l));
	configure(l, "access = log");
	assert_true(access_log_is_on(l));
	for (int i = 0; i < 10; i++)
		access_log_add(l, &rq, &r, 0);
	assert_int_equal(rename(second, first), 0);
	configure(l, "access = log");
	access_log_add(l, &rq, &r, 0);
	configure(l, "");
	assert_false(access_log_is_on(l));
	assert_int_equal(lines_in(first), 10);
	assert_int_equal(lines_in(second), 1);
	assert_int_equal(access_log_stats(l).lines, 11);
	access_log_free(l);
	assert_ok(dir_remove(dir, &f), &f);
}

static void what_does_not_fit_is_dropped_and_counted(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct reply r = REPLY(200);
	struct request rq = request(a);
	struct access_log *l = access_log_new("/tmp");
	struct access_log_stats s;

	(void)state;
	configure(l, "access = /dev/full");
	for (int i = 0; i < 20000; i++)
		access_log_add(l, &rq, &r, 0);
	configure(l, "");
	s = access_log_stats(l);
	assert_int_equal(s.lines, 0);
	assert_int_equal(s.dropped, 20000);
	access_log_free(l);
}

/* A loop answers a hundred thousand requests a second, and the writer sleeps a tenth of one. */
static void no_line_of_a_storm_is_lost(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct reply r = REPLY(200);
	struct request rq = request(a);
	struct access_log *l = access_log_new("/tmp");

	(void)state;
	configure(l, "access = /dev/null");
	for (int i = 0; i < 40000; i++)
		access_log_add(l, &rq, &r, 0);
	configure(l, "");
	assert_int_equal(access_log_stats(l).lines, 40000);
	access_log_free(l);
}

int access_log_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_tells_of_the_request_and_nothing_of_the_reader),
		cmocka_unit_test(a_path_that_leads_nowhere_is_told_as_it_was_asked_for),
		cmocka_unit_test(a_line_that_is_too_long_is_none),
		cmocka_unit_test(an_address_is_told_as_far_as_it_was_asked_for),
		cmocka_unit_test(a_log_that_was_renamed_is_opened_anew),
		cmocka_unit_test(no_line_of_a_storm_is_lost),
		cmocka_unit_test(what_does_not_fit_is_dropped_and_counted),
	};

	return cmocka_run_group_tests_name("app/access_log", tests, NULL, NULL);
}
