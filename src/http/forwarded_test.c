/* forwarded_test.c - a proxy is believed for what it saw itself. */
#include "base/buf.h"
#include "base/test.h"
#include "http/forwarded.h"
#include "http/http_test.h"

static struct forwarded_net net(const char *text)
{
	struct forwarded_net n;
	struct fail f = FAIL_INIT;

	assert_ok(forwarded_net_parse(str_of(text), &n, &f), &f);
	return n;
}

static void networks_hold_their_addresses(void **state)
{
	const struct forwarded_net nets[] = {
		net("10.1.0.0/12"), net("fd00::/8"), net("192.0.2.7"),
	};

	(void)state;
	assert_true(forwarded_net_has(nets, 3, STR("10.15.255.1")));
	assert_false(forwarded_net_has(nets, 3, STR("10.16.0.1")));
	assert_true(forwarded_net_has(nets, 3, STR("fd12::1")));
	assert_false(forwarded_net_has(nets, 3, STR("fe80::1")));
	assert_true(forwarded_net_has(nets, 3, STR("192.0.2.7")));
	assert_true(forwarded_net_has(nets, 3, STR("::ffff:192.0.2.7")));
	assert_false(forwarded_net_has(nets, 3, STR("192.0.2.8")));
	assert_false(forwarded_net_has(nets, 3, STR("")));
	assert_false(forwarded_net_has(nets, 0, STR("192.0.2.7")));
}

static void what_is_no_network_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "localhost", "10.0.0.0/33", "::/129", "1.2.3.4/", "1.2.3", "10.0.0.0/x",
		"1.2.3.4:80",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct fail f = FAIL_INIT;
		struct forwarded_net n;

		assert_fails(forwarded_net_parse(str_of(bad[i]), &n, &f), &f, FAIL_INVALID);
	}
}

/* A request from 127.0.0.1 with these two fields, as its proxy and that of 10.0.0.0/8 are
 * believed. */
static struct request told(struct arena *a, const char *by, const char *scheme)
{
	const struct forwarded_net nets[] = { net("127.0.0.1"), net("10.0.0.0/8") };
	struct request rq;

	request_init(&rq, a);
	rq.fields = arena_array(a, 2, sizeof *rq.fields);
	rq.fields[0] = (struct field){ STR("X-Forwarded-For"), str_of(by) };
	rq.fields[1] = (struct field){ STR("X-Forwarded-Proto"), str_of(scheme) };
	rq.n_fields = 2;
	rq.names = rq.shared = UINT64_MAX;
	rq.peer = STR("127.0.0.1");
	forwarded_apply(&rq, FORWARDED_X, nets, 2);
	return rq;
}

static void the_reader_is_the_last_address_that_is_no_proxy(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	assert_str_eq(told(a, "192.0.2.1", "https").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "6.6.6.6, 192.0.2.1, 10.0.0.3", "https").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "10.0.0.2,10.0.0.3", "https").peer, STR("10.0.0.2"));
	assert_str_eq(told(a, "192.0.2.1, unknown", "https").peer, STR("127.0.0.1"));
	assert_str_eq(told(a, "2001:db8::1", "https").peer, STR("2001:db8::1"));
	assert_str_eq(told(a, "[2001:db8::1]", "https").peer, STR("2001:db8::1"));
	assert_str_eq(told(a, "192.0.2.1:5678", "https").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "6.6.6.6:1, 192.0.2.1:2, 10.0.0.3:3", "").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "[2001:db8::1]:443", "https").peer, STR("2001:db8::1"));
	assert_str_eq(told(a, "[::ffff:192.0.2.1]:80", "https").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "::ffff:192.0.2.1", "https").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "0:0::FFFF:c000:201", "https").peer, STR("192.0.2.1"));
	assert_str_eq(told(a, "", "https").peer, STR("127.0.0.1"));
}

static void what_is_no_address_with_a_port_says_nothing(void **state)
{
	static const char *const bad[] = {
		":80", "[2001:db8::1", "[2001:db8::1]443", "[]:443", "[192.0.2.1]x", "192.0.2:80",
		"_name:80", "2001:db8:1:443",
	};
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_str_eq(told(a, bad[i], "").peer, STR("127.0.0.1"));
}

static void the_scheme_is_what_the_nearest_proxy_says(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	assert_true(told(a, "", "https").https);
	assert_true(told(a, "", "http, HTTPS").https);
	assert_false(told(a, "", "https, http").https);
	assert_true(told(a, "", "http").told_scheme);
	assert_false(told(a, "", "").told_scheme);
	assert_false(told(a, "", "gopher").told_scheme);
}

/* The same, of a proxy that sets Forwarded; X-Forwarded-For is then the reader's own. */
static struct request told_by_rfc7239(struct arena *a, const char *value)
{
	const struct forwarded_net nets[] = { net("127.0.0.1"), net("10.0.0.0/8") };
	struct request rq;

	request_init(&rq, a);
	rq.fields = arena_array(a, 2, sizeof *rq.fields);
	rq.fields[0] = (struct field){ STR("Forwarded"), str_of(value) };
	rq.fields[1] = (struct field){ STR("X-Forwarded-For"), STR("6.6.6.6") };
	rq.n_fields = 2;
	rq.names = rq.shared = UINT64_MAX;
	rq.peer = STR("127.0.0.1");
	forwarded_apply(&rq, FORWARDED_RFC7239, nets, 2);
	return rq;
}

static void forwarded_says_the_same_in_another_way(void **state)
{
	static const struct { const char *value, *peer; bool https, told; } cases[] = {
		{ "for=192.0.2.1;proto=https", "192.0.2.1", true, true },
		{ "For=\"192.0.2.1:4711\" ; Proto=\"HTTPS\"; by=10.0.0.1", "192.0.2.1", true,
		  true },
		{ "for=\"[2001:db8::7]:80\";proto=http", "2001:db8::7", false, true },
		{ "for=\"[2001:db8::7]\"", "2001:db8::7", false, false },
		{ "for=\"[::ffff:192.0.2.1]:80\"", "192.0.2.1", false, false },
		{ "for=6.6.6.6, for=192.0.2.1;proto=http, for=10.0.0.3;proto=https", "192.0.2.1",
		  true, true },
		{ "for=\"2001:db8::7\"", "2001:db8::7", false, false },
		{ "for=6.6.6.6,, for=192.0.2.1 ,", "192.0.2.1", false, false },
		{ "for=10.0.0.2,for=10.0.0.3", "10.0.0.2", false, false },
		{ "for=192.0.2.1, for=unknown", "127.0.0.1", false, false },
		{ "for=192.0.2.1, for=_hidden, for=10.0.0.3", "10.0.0.3", false, false },
		{ "for=192.0.2.1, by=10.0.0.3", "127.0.0.1", false, false },
		{ "for=192.0.2.1;secret=\"a,b;c\";proto=https", "192.0.2.1", true, true },
		{ "", "127.0.0.1", false, false },
	};
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct request rq = told_by_rfc7239(a, cases[i].value);

		if (!str_eq(rq.peer, str_of(cases[i].peer)) || rq.https != cases[i].https ||
		    rq.told_scheme != cases[i].told)
			fail_msg("%s: %.*s", cases[i].value, STR_ARG(rq.peer));
	}
}

static void a_forwarded_that_is_not_well_formed_says_nothing(void **state)
{
	static const char *const bad[] = {
		"for", "for=", "for=192.0.2.1;for=192.0.2.2", "for = 192.0.2.1", "=192.0.2.1",
		"for=192.0.2.1 proto=https", "for=\"192.0.2.1", "for=[2001:db8::7]",
		"for=\"192\\.0.2.1\"", "for=192.0.2.1;proto=https;proto=http", "for=192.0.2.1 x",
	};
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf many = BUF(10000);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct request rq = told_by_rfc7239(a, bad[i]);

		if (!str_eq(rq.peer, STR("127.0.0.1")) || rq.told_scheme)
			fail_msg("%s: %.*s", bad[i], STR_ARG(rq.peer));
	}
	for (int i = 0; i < 33; i++)
		buf_adds(&many, "for=192.0.2.1,");
	assert_str_eq(told_by_rfc7239(a, many.p).peer, STR("127.0.0.1"));
}

int forwarded_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(networks_hold_their_addresses),
		cmocka_unit_test(what_is_no_network_is_refused),
		cmocka_unit_test(the_reader_is_the_last_address_that_is_no_proxy),
		cmocka_unit_test(what_is_no_address_with_a_port_says_nothing),
		cmocka_unit_test(the_scheme_is_what_the_nearest_proxy_says),
		cmocka_unit_test(forwarded_says_the_same_in_another_way),
		cmocka_unit_test(a_forwarded_that_is_not_well_formed_says_nothing),
	};

	return cmocka_run_group_tests_name("forwarded", tests, NULL, NULL);
}
