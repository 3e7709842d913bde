/* crowd_test.c - an address has its share of connections and no more. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/test.h"
#include "server/crowd.h"
#include "server/server_test.h"

static struct sockaddr_storage from(const char *text)
{
	struct sockaddr_storage s = { .ss_family = strchr(text, ':') ? AF_INET6 : AF_INET };

	void *address = &((struct sockaddr_in *)&s)->sin_addr;

	if (s.ss_family == AF_INET6)
		address = &((struct sockaddr_in6 *)&s)->sin6_addr;
	assert_int_equal(inet_pton(s.ss_family, text, address), 1);
	return s;
}

static struct crowd crowd;

static bool enter(const char *text, unsigned most, uint64_t *key)
{
	struct sockaddr_storage s = from(text);

	return crowd_enter(&crowd, &s, most, key);
}

static void an_address_gets_its_share_and_again_when_one_left(void **state)
{
	uint64_t one, two, more, other;

	(void)state;
	crowd_init(&crowd);
	assert_true(enter("192.0.2.1", 2, &one));
	assert_true(enter("::ffff:192.0.2.1", 2, &two));
	assert_false(enter("192.0.2.1", 2, &more));
	assert_true(enter("198.51.100.9", 2, &other));
	crowd_leave(&crowd, one);
	assert_true(enter("192.0.2.1", 2, &one));
	crowd_leave(&crowd, one);
	crowd_leave(&crowd, two);
	crowd_leave(&crowd, other);
}

static void a_reader_of_ipv6_is_his_network(void **state)
{
	uint64_t one, two;

	(void)state;
	assert_true(enter("2001:db8:1:2::1", 1, &one));
	assert_false(enter("2001:db8:1:2:ffff::2", 1, &two));
	assert_true(enter("2001:db8:1:3::1", 1, &two));
	crowd_leave(&crowd, one);
	crowd_leave(&crowd, two);
}

static void this_machine_is_not_counted(void **state)
{
	uint64_t key;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(enter("127.0.0.1", 1, &key));
		assert_true(enter("::1", 1, &key));
		assert_int_equal(key, 0);
	}
	assert_true(enter("192.0.2.1", 0, &key));
}

int crowd_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_gets_its_share_and_again_when_one_left),
		cmocka_unit_test(a_reader_of_ipv6_is_his_network),
		cmocka_unit_test(this_machine_is_not_counted),
	};

	return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
