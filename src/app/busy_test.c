/* busy_test.c - the table of busy sites. */
#include "app/busy.h"

#include "app/app_test.h"

static void the_costliest_sites_come_first_and_old_storms_fade(void **state)
{
	struct busy_site list[BUSY_PLACES];
	struct busy b;
	size_t n;

	(void)state;
	busy_init(&b);
	for (uint64_t site = 1; site <= 500; site++)
		busy_note(&b, site, 1000, 1);
	for (int i = 0; i < 10; i++)
		busy_note(&b, 777, 5000000, 1);
	busy_note(&b, 778, 20000000, 1);
	n = busy_list(&b, 1, list, 3);
	assert_int_equal(n, 3);
	assert_int_equal(list[0].site, 777);
	assert_int_equal(list[1].site, 778);
	assert_int_equal(list[1].slowest_ns, 20000000);
	/* After a minute a half, after an hour nothing. */
	busy_list(&b, 60000000001, list, 1);
	assert_in_range((int)(list[0].renders * 10), 45, 60);
	assert_int_equal(busy_list(&b, 3600000000000, list, 3), 0);
	busy_release(&b);
}

int busy_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_costliest_sites_come_first_and_old_storms_fade),
	};

	return cmocka_run_group_tests_name("app/busy", tests, NULL, NULL);
}
