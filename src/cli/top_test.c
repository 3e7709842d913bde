/* top_test.c - what happened between two looks. */
#include "cli/top.h"

#include "base/test.h"
#include "cli/cli_test.h"

#define FIRST "{\"ns\":1000000000,\"version\":\"1.2\",\"requests\":100," \
	"\"answers\":[0,0,90,5,5,0],\"hits\":80,\"misses\":10,\"stale\":10,\"renders\":20," \
	"\"render_ns\":0,\"cpu_ms\":0}"
#define SECOND "{\"ns\":3000000000,\"version\":\"1.2\",\"uptime\":7380,\"requests\":300," \
	"\"answers\":[0,0,250,35,13,2],\"hits\":170,\"misses\":20,\"stale\":10,\"renders\":30," \
	"\"render_ns\":50000000,\"cpu_ms\":500,\"bytes_out\":4194304,\"connections\":7," \
	"\"sites\":[{\"name\":\"anna\",\"renders\":9,\"mean_us\":1500,\"slowest_us\":4000," \
	"\"total_us\":13500}]}"

static void look(struct arena *a, const char *json, struct top_sample *ret)
{
	struct fail f = FAIL_INIT;

	assert_ok(top_parse(a, str_of(json), ret, &f), &f);
}

static bool shows(const struct buf *b, const char *what)
{
	return str_find(buf_str(b), str_of(what)) >= 0;
}

static void rates_are_of_the_time_between(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(10000);
	struct top_sample first, second;

	(void)state;
	look(a, FIRST, &first);
	look(a, SECOND, &second);
	top_show(&b, NULL, &first, &second, 100, 200);
	assert_true(shows(&b, "Hameau 1.2, up for 2 h 3 min\n"));
	assert_true(shows(&b, "100 a second: 80 2xx, 15 3xx, 4 4xx, 1 5xx\n"));
	assert_true(shows(&b, " 90.0 % found in memory"));
	assert_true(shows(&b, " 5.0 a second, 5.00 ms each"));
	assert_true(shows(&b, " 2.00 MiB a second out"));
	assert_true(shows(&b, "; 25 % of a processor"));
	assert_true(shows(&b, "   anna\n"));
	buf_clear(&b);
	top_json(&b, &first, &second);
	assert_true(shows(&b, "\"requests_per_second\":100.000,\"hit_percent\":90.000"));
	assert_true(shows(&b, "\"connections\":7"));
}

static void a_server_that_was_started_anew_has_no_negative_rates(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(10000);
	struct top_sample first, second;

	(void)state;
	look(a, FIRST, &first);
	look(a, SECOND, &second);
	top_show(&b, NULL, &second, &first, 100, 200);
	assert_false(shows(&b, "-"));
}

static void lines_are_cut_to_the_terminal(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf b = BUF(10000);
	struct top_sample first, second;
	struct str rest, line;
	int n = 0;

	(void)state;
	look(a, FIRST, &first);
	look(a, SECOND, &second);
	top_show(&b, NULL, &first, &second, 5, 30);
	for (rest = buf_str(&b); str_line(&rest, &line); n++)
		assert_in_range(line.n, 0, 30);
	assert_int_equal(n, 5);
}

static void what_is_no_sample_is_refused(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct top_sample sample;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(top_parse(a, STR(""), &sample, &f), &f, FAIL_INVALID);
	assert_fails(top_parse(a, STR("[1]"), &sample, &f), &f, FAIL_INVALID);
	look(a, "{\"requests\":\"many\",\"sites\":[1,{}]}", &sample);
	assert_int_equal(sample.requests, 0);
}

int top_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_are_of_the_time_between),
		cmocka_unit_test(a_server_that_was_started_anew_has_no_negative_rates),
		cmocka_unit_test(lines_are_cut_to_the_terminal),
		cmocka_unit_test(what_is_no_sample_is_refused),
	};

	return cmocka_run_group_tests_name("cli/top", tests, NULL, NULL);
}
