/* proxy_test.c - what stands before us and speaks for readers. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/loopback_test.h"
#include "server/server_test.h"

#define HOST "Host: a\r\n"
#define WHO "GET /fast/who HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"
#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define TLS "\x20\0\5\1\0\0\0\0"

static const char *const home[] = { "127.0.0.1" };

static struct server_config with_introducer(const char *const *who)
{
	struct server_config config = loopback_config();

	config.introducers = who;
	config.n_introducers = 1;
	config.head_ms = 150;
	return config;
}

/* What is said to these bytes, in any segmentation. */
static void expect(struct loopback *k, struct str bytes, const char *answer)
{
	for (size_t step = 0; step < 3; step++) {
		CLEANUP(buf_release) struct buf out = BUF(10000);

		loopback_talk(k, bytes, step == 2 ? 10000 : step, &out);
		if (*answer ? loopback_count(buf_str(&out), answer) != 1 : out.n > 0)
			fail_msg("%s: %.*s", answer, STR_ARG(buf_str(&out)));
	}
}

static void a_proxy_introduces_the_reader(void **state)
{
	struct server_config config = with_introducer(home);
	struct loopback *k = loopback_start(&config);

	(void)state;
	expect(k, STR("PROXY TCP4 192.0.2.1 192.0.2.2 5001 80\r\n" WHO), "\nhttp 192.0.2.1\n");
	expect(k, STR("PROXY TCP6 ::ffff:192.0.2.1 ::1 5001 80\r\n" WHO), "\nhttp 192.0.2.1\n");
	expect(k, STR("PROXY UNKNOWN\r\n" WHO), "\nhttp 127.0.0.1\n");
	expect(k, STR(SIGNATURE "\x21\x11\0\x0c" "\xc0\0\2\1" "\xc0\0\2\2" "\x13\x89\0\x50" WHO),
	       "\nhttp 192.0.2.1\n");
	expect(k, STR(SIGNATURE "\x21\x11\0\x14" "\xc0\0\2\1" "\xc0\0\2\2" "\x13\x89\0\x50"
		      TLS WHO), "\nhttps 192.0.2.1\n");
	expect(k, STR(SIGNATURE "\x20\0\0\0" WHO), "\nhttp 127.0.0.1\n");
	loopback_stop(k);
}

static void who_has_to_be_introduced_and_is_not_is_closed(void **state)
{
	struct server_config config = with_introducer(home);
	struct loopback *k = loopback_start(&config);

	(void)state;
	expect(k, STR(WHO), "");
	expect(k, STR("PROXY TCP4 192.0.2.1 192.0.2.2 5001\r\n" WHO), "");
	expect(k, STR("PROXY TCP4 192.0.2.1"), "");	/* and then nothing: has its time */
	expect(k, STR(""), "");
	loopback_stop(k);
}

static void nobody_else_may_introduce_anybody(void **state)
{
	static const char *const others[] = { "10.0.0.0/8" };
	struct server_config config = with_introducer(others);
	struct loopback *k = loopback_start(&config);

	(void)state;
	expect(k, STR("PROXY TCP4 192.0.2.1 192.0.2.2 5001 80\r\n" WHO), "HTTP/1.1 400 ");
	expect(k, STR(WHO), "\nhttp 127.0.0.1\n");
	loopback_stop(k);
}

static void who_is_introduced_is_not_believed_but_counted(void **state)
{
	struct server_config config = with_introducer(home);
	CLEANUP(buf_release) struct buf out = BUF(10000);
	struct loopback *k;
	int first;

	(void)state;
	config.max_per_address = 1;
	config.proxies = home;
	config.n_proxies = 1;
	config.head_ms = 5000;
	k = loopback_start(&config);
	expect(k, STR("PROXY TCP4 192.0.2.1 192.0.2.2 5001 80\r\nGET /fast/who HTTP/1.1\r\n" HOST
		      "X-Forwarded-For: 6.6.6.6\r\nConnection: close\r\n\r\n"),
	       "\nhttp 192.0.2.1\n");
	first = loopback_connect(k);
	loopback_send(first, STR("PROXY TCP4 192.0.2.9 192.0.2.2 5001 80\r\n"
				 "GET /fast HTTP/1.1\r\n" HOST "\r\n"), 1000);
	loopback_read_some(first, &out, 1);
	expect(k, STR("PROXY TCP4 192.0.2.9 192.0.2.2 5001 80\r\n" WHO), "");
	close(first);
	loopback_stop(k);
}

static void a_unix_socket_has_its_mode_and_may_want_an_introduction(void **state)
{
	static const char *const sockets[] = { "unix" };
	struct server_config config = with_introducer(sockets);
	struct stat st;
	char path[60];
	struct loopback *k;

	(void)state;
	snprintf(path, sizeof path, "unix:/tmp/proxy_test.%d", (int)getpid());
	config.socket_mode = 0606;
	k = loopback_start_at(&config, path);
	assert_int_equal(stat(path + 5, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0606);
	expect(k, STR("PROXY TCP4 192.0.2.1 192.0.2.2 5001 80\r\n" WHO), "\nhttp 192.0.2.1\n");
	expect(k, STR(WHO), "");
	loopback_stop(k);
}

int proxy_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_proxy_introduces_the_reader),
		cmocka_unit_test(who_has_to_be_introduced_and_is_not_is_closed),
		cmocka_unit_test(nobody_else_may_introduce_anybody),
		cmocka_unit_test(who_is_introduced_is_not_believed_but_counted),
		cmocka_unit_test(a_unix_socket_has_its_mode_and_may_want_an_introduction),
	};

	return cmocka_run_group_tests_name("server/proxy", tests, NULL, NULL);
}
