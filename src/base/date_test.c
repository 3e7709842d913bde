/* date_test.c - the calendar against known days and against itself. */
#include "base/base_test.h"

#include "base/date.h"

static void the_calendar_goes_there_and_back(void **state)
{
	(void)state;
	for (int64_t t = -62000000000; t < 100000000000; t += 86399 * 397) {
		struct date d = date_of(t, 3600);

		assert_int_equal(date_unix(&d, 3600), t);
	}
}

static void http_dates_are_read_in_all_three_forms(void **state)
{
	char out[DATE_HTTP_LEN + 1];
	int64_t t;

	(void)state;
	assert_true(date_parse_http(STR("Sun, 06 Nov 1994 08:49:37 GMT"), &t) && t == 784111777);
	assert_true(date_parse_http(STR("Sunday, 06-Nov-94 08:49:37 GMT"), &t) && t == 784111777);
	assert_true(date_parse_http(STR("Sun Nov  6 08:49:37 1994"), &t) && t == 784111777);
	assert_false(date_parse_http(STR("Sun, 31 Feb 1994 08:49:37 GMT"), &t));
	date_http(784111777, out);
	assert_string_equal(out, "Sun, 06 Nov 1994 08:49:37 GMT");
}

static void written_dates_may_name_an_offset(void **state)
{
	bool has;
	int64_t t, u;

	(void)state;
	assert_true(date_parse(STR("2031-02-03"), &t, &has) && !has);
	assert_true(date_parse(STR("2031-02-03T01:00:00+01:00"), &u, &has) && has && u == t);
	assert_true(date_parse(STR("2031-02-03 00:00"), &u, &has) && !has && u == t);
	assert_true(date_parse(STR("2031-02-03 01:00:00.250 +0100"), &u, &has) && has && u == t);
	assert_false(date_parse(STR("2031-02-29"), &t, &has));
	assert_false(date_parse(STR("2031-02-03T25:00"), &t, &has));
	assert_false(date_parse(STR("yesterday"), &t, &has));
}

static void protocols_get_their_own_forms(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(100);

	(void)state;
	date_rfc3339(&b, 784111777, 3600);
	buf_addc(&b, '|');
	date_rfc5322(&b, 784111777, -5400);
	assert_str_eq(buf_str(&b),
		      STR("1994-11-06T09:49:37+01:00|Sun, 06 Nov 1994 07:19:37 -0130"));
}

int date_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_calendar_goes_there_and_back),
		cmocka_unit_test(http_dates_are_read_in_all_three_forms),
		cmocka_unit_test(written_dates_may_name_an_offset),
		cmocka_unit_test(protocols_get_their_own_forms),
	};

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
