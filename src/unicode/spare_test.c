/* spare_test.c - the store of waiting objects is bounded and forgets nothing. */
#include <stdio.h>
#include "base/test.h"
#include "unicode/spare.h"
#include "unicode/unicode_test.h"

static int open_count;

static void count_close(void *object)
{
	(void)object;
	open_count--;
}

static struct spare *spare_of(const char *key)
{
	open_count++;
	return spare_new(key, NULL, count_close);
}

static void spare_is_with_one_owner_at_a_time(void **state)
{
	struct spare *s = spare_of("one"), *again;

	(void)state;
	assert_null(spare_take("one"));
	spare_give(s);
	again = spare_take("one");
	assert_ptr_equal(again, s);
	assert_null(spare_take("one"));
	spare_give(again);
	assert_null(spare_take("other"));
}

static void spare_store_keeps_no_more_than_its_places(void **state)
{
	char key[32];

	(void)state;
	for (int i = 0; i < 4 * SPARE_SETS * SPARE_WAYS; i++) {
		snprintf(key, sizeof key, "key%d", i);
		spare_give(spare_of(key));
	}
	assert_true(open_count <= SPARE_SETS * SPARE_WAYS);
	spare_drop_all();
	assert_int_equal(open_count, 0);
}

int spare_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spare_is_with_one_owner_at_a_time),
		cmocka_unit_test(spare_store_keeps_no_more_than_its_places),
	};

	return cmocka_run_group_tests_name("spare", tests, NULL, NULL);
}
