/* outcome_test.c - what a failure becomes, and the page that needs nothing. */
#include "app/outcome.h"

#include <stdio.h>

#include "app/app_test.h"
#include "app/notice.h"
#include "base/log.h"

static struct request request(struct arena *a, const char *accept)
{
	struct request rq;

	request_init(&rq, a);
	rq.fields = arena_array(a, 1, sizeof *rq.fields);
	rq.fields[0] = (struct field){ STR("accept-language"), str_of(accept) };
	rq.n_fields = accept ? 1 : 0;
	rq.names = rq.shared = UINT64_MAX;
	return rq;
}

static void a_failure_has_its_status(void **state)
{
	(void)state;
	assert_int_equal(outcome_status(FAIL_NOT_FOUND), 404);
	assert_int_equal(outcome_status(FAIL_GONE), 410);
	assert_int_equal(outcome_status(FAIL_BUSY), 503);
	assert_int_equal(outcome_status(FAIL_CORRUPT), 500);
	assert_int_equal(outcome_status(FAIL_IO), 500);
	assert_int_equal(outcome_status(FAIL_BUG), 500);
}

static void the_same_sentence_is_told_once_in_ten_minutes(void **state)
{
	char text[32];

	(void)state;
	assert_true(outcome_is_news("a is damaged", 1000));
	assert_false(outcome_is_news("a is damaged", 1599));
	assert_true(outcome_is_news("b is damaged", 1001));
	assert_true(outcome_is_news("a is damaged", 1600));
	assert_false(outcome_is_news("a is damaged", 1601));
	/* The clock was put back. */
	assert_true(outcome_is_news("a is damaged", 500));
	assert_false(outcome_is_news("a is damaged", 501));
	assert_true(outcome_is_news("a is damaged", 1600));
	/* However many others there are, the last ones are remembered. */
	for (int i = 0; i < 500; i++) {
		snprintf(text, sizeof text, "site %d", i);
		assert_true(outcome_is_news(text, 2000 + i));
		assert_false(outcome_is_news(text, 2000 + i));
	}
}

static void a_busy_host_says_when_to_come_again(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct fail why = { FAIL_BUSY, "busy" };
	struct request rq = request(a, NULL);
	struct reply r;

	log_level(LOG_ERROR + 1);
	outcome_reply(*state, &rq, &why, &r);
	log_level(LOG_INFO);
	assert_int_equal(r.status, 503);
	assert_true(str_find(r.head, STR("Retry-After: 5\r\n")) >= 0);
}

static void a_notice_needs_no_file_and_says_whom_to_ask(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct request rq = request(a, "en");
	struct reply r = REPLY(400);

	app_test_configure(*state, "[host]\ncontact = <me>@test.example\n");
	notice_reply(*state, &rq, 400, STR("X: y\r\n"), &r);
	assert_int_equal(r.status, 400);
	assert_true(str_ends(r.head, STR("X: y\r\n")));
	assert_true(str_find(r.body, STR("mailto:&lt;me&gt;@test.example")) > 0);
	assert_true(str_find(r.body, STR("<html lang=\"en\" dir=\"ltr\">")) > 0);
	assert_true(str_find(r.body, STR("src=")) < 0);
	assert_true(str_find(r.body, STR("<link")) < 0);
	app_test_configure(*state, "[host]\ncontact = javascript:x\n");
	notice_reply(*state, &rq, 400, STR(""), &r);
	assert_true(str_find(r.body, STR("href")) < 0);
}

static void a_notice_may_be_made_for_a_request_that_was_never_read(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct reply r = REPLY(408);
	struct request rq;

	request_init(&rq, a);
	notice_reply(*state, &rq, 408, STR(""), &r);
	assert_true(str_find(r.body, STR("408")) > 0);
}

int outcome_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_has_its_status),
		cmocka_unit_test(the_same_sentence_is_told_once_in_ten_minutes),
		ON_OPEN_HOST(a_busy_host_says_when_to_come_again),
		ON_OPEN_HOST(a_notice_needs_no_file_and_says_whom_to_ask),
		ON_OPEN_HOST(a_notice_may_be_made_for_a_request_that_was_never_read),
	};

	return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
