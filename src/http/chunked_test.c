/* chunked_test.c - bodies in chunks, however they are cut. */
#include "base/test.h"
#include "http/chunked.h"
#include "http/http_test.h"

static enum chunked_result read_in_steps(struct str wire, size_t step, struct buf *out,
					 size_t *used)
{
	enum chunked_result r = CHUNKED_MORE;
	struct chunked c;
	size_t at = 0, n;

	chunked_init(&c);
	while (at < wire.n && r == CHUNKED_MORE) {
		n = wire.n - at < step ? wire.n - at : step;
		r = chunked_read(&c, wire.p + at, n, out, &n);
		at += n;
	}
	*used = at;
	return r;
}

static void expect(struct str wire, enum chunked_result wanted, struct str body)
{
	for (size_t step = 1; step <= wire.n; step++) {
		CLEANUP(buf_release) struct buf out = BUF(32);
		size_t used;

		if (read_in_steps(wire, step, &out, &used) != wanted)
			fail_msg("steps of %zu of %.*s", step, STR_ARG(wire));
		if (wanted == CHUNKED_DONE)
			assert_str_eq(buf_str(&out), body);
	}
}

static void chunks_are_put_together(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(32);
	size_t used;

	(void)state;
	expect(STR("5\r\nhello\r\n0\r\n\r\n"), CHUNKED_DONE, STR("hello"));
	expect(STR("3;a=\"b\"\r\nabc\r\nA\r\n0123456789\r\n000\r\nX: y\r\n\r\n"), CHUNKED_DONE,
	       STR("abc0123456789"));
	expect(STR("0\r\n\r\n"), CHUNKED_DONE, STR(""));
	expect(STR("5\r\nhel"), CHUNKED_MORE, STR(""));
	assert_int_equal(read_in_steps(STR("1\r\na\r\n0\r\n\r\nGET"), 99, &out, &used),
			 CHUNKED_DONE);
	assert_int_equal(used, 11);
}

static void malformed_chunks_are_refused(void **state)
{
	static const struct str bad[] = {
		STR_INIT("5\nhello\r\n0\r\n\r\n"), STR_INIT("5\r\nhello0\r\n\r\n"),
		STR_INIT("5\r\nhello\n0\r\n\r\n"), STR_INIT("5 \r\nhello\r\n"),
		STR_INIT(" 5\r\nhello\r\n"), STR_INIT("0x5\r\nhello\r\n"), STR_INIT("-1\r\n"),
		STR_INIT("\r\n"), STR_INIT(";a\r\n"), STR_INIT("g\r\n"),
		STR_INIT("1000000000000000\r\n"), STR_INIT("5;a\nb\r\nhello\r\n"),
		STR_INIT("5;a\r\r\nhello\r\n"), STR_INIT("0\r\n a: b\r\n\r\n"),
		STR_INIT("0\r\na b: c\r\n\r\n"), STR_INIT("0\r\n: c\r\n\r\n"),
		STR_INIT("0\r\na\r\n\r\n"), STR_INIT("0\r\n\rX"), STR_INIT("1\r\nab\r\n"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		expect(bad[i], CHUNKED_BAD, STR_NONE);
}

static void a_chunk_larger_than_the_limit_is_refused_before_it_comes(void **state)
{
	(void)state;
	expect(STR("21\r\n"), CHUNKED_TOO_LARGE, STR_NONE);
	expect(STR("1\r\na\r\n20\r\n"), CHUNKED_TOO_LARGE, STR_NONE);
	expect(STR("20\r\n"), CHUNKED_MORE, STR_NONE);
}

static void extensions_do_not_go_on_for_ever(void **state)
{
	CLEANUP(buf_release) struct buf wire = BUF(1024 * 1024);
	CLEANUP(buf_release) struct buf out = BUF(1024 * 1024);
	size_t used;

	(void)state;
	for (int i = 0; i < 3000; i++)
		buf_adds(&wire, "1;aaa\r\nx\r\n");
	assert_int_equal(read_in_steps(buf_str(&wire), 1000, &out, &used), CHUNKED_BAD);
}

int chunked_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chunks_are_put_together),
		cmocka_unit_test(malformed_chunks_are_refused),
		cmocka_unit_test(a_chunk_larger_than_the_limit_is_refused_before_it_comes),
		cmocka_unit_test(extensions_do_not_go_on_for_ever),
	};

	return cmocka_run_group_tests_name("http/chunked", tests, NULL, NULL);
}
