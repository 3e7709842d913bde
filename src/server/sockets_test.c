/* sockets_test.c - listening sockets that outlive the server that opened them. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "server/loopback_test.h"
#include "server/server_test.h"

#define RQ "GET /fast HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

enum { ROOM = 16, WAITING = 40 };

/* What the other process would get. */
static size_t receive(struct loopback *k, struct server_socket *ret)
{
	size_t n = server_sockets(loopback_server(k), ret, ROOM);

	for (size_t i = 0; i < n; i++)
		ret[i].fd = fcntl(ret[i].fd, F_DUPFD_CLOEXEC, 0);
	return n;
}

static void hand_over(const char *address, unsigned before, unsigned after)
{
	struct server_config config = loopback_config();
	struct server_socket given[ROOM];
	char name[SERVER_ADDRESS_TEXT];
	struct loopback *old, *new;
	int fd[WAITING];

	config.loops = before;
	config.grace_ms = config.drain_ms = config.idle_ms = 600000;
	old = loopback_start_at(&config, address);
	snprintf(name, sizeof name, "%s", server_address(loopback_server(old), 0));
	config.n_given = receive(old, given);
	assert_int_equal(config.n_given, before);
	config.given = given;
	config.loops = after;
	new = loopback_start_at(&config, name);
	assert_string_equal(server_address(loopback_server(new), 0), name);
	for (int i = 0; i < WAITING / 2; i++)
		fd[i] = loopback_connect(new);
	server_hand_over(loopback_server(old));
	for (int i = WAITING / 2; i < WAITING; i++)
		fd[i] = loopback_connect(new);
	for (int i = 0; i < WAITING; i++) {
		CLEANUP(buf_release) struct buf out = BUF(10000);

		loopback_send(fd[i], STR(RQ), 1000);
		loopback_read_all(fd[i], &out);
		assert_int_equal(loopback_status(buf_str(&out)), 200);
		close(fd[i]);
	}
	loopback_stop(old);
	if (str_starts(str_of(name), STR("unix:")))
		assert_int_equal(access(name + 5, F_OK), 0);
	loopback_stop(new);
	if (str_starts(str_of(name), STR("unix:")))
		assert_int_not_equal(access(name + 5, F_OK), 0);
}

static void every_queue_has_a_loop_however_many_loops_there_are(void **state)
{
	char path[60];

	(void)state;
	snprintf(path, sizeof path, "unix:/tmp/sockets_test.%d", (int)getpid());
	for (unsigned before = 1; before <= 3; before++)
		for (unsigned after = 1; after <= 3; after++) {
			hand_over("127.0.0.1:0", before, after);
			hand_over(path, before, after);
		}
	hand_over(":0", 2, 1);
	hand_over("[::1]:0", 1, 2);
}

static void a_socket_says_what_it_listens_on(void **state)
{
	static const char *const addresses[] = { "127.0.0.1:0", ":0", "[::1]:0" };
	struct server_config config = loopback_config();
	char text[SERVER_ADDRESS_TEXT];
	struct server_socket socket_of;
	struct fail f = FAIL_INIT;
	int fd;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		struct loopback *k = loopback_start_at(&config, addresses[i]);

		assert_int_equal(server_sockets(loopback_server(k), &socket_of, 1), 1);
		assert_ok(server_socket_address(socket_of.fd, text, &f), &f);
		assert_string_equal(text, server_address(loopback_server(k), 0));
		loopback_stop(k);
	}
	fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_fails(server_socket_address(fd, text, &f), &f, FAIL_INVALID);
	close(fd);
	assert_fails(server_socket_address(fd, text, &f), &f, FAIL_INVALID);
}

static void who_was_just_active_is_answered_once_more_in_a_drain(void **state)
{
	struct server_config config = loopback_config();
	CLEANUP(buf_release) struct buf out = BUF(10000);
	struct loopback *k;
	int active, fresh;

	(void)state;
	config.grace_ms = config.drain_ms = 600000;
	k = loopback_start(&config);
	fresh = loopback_connect(k);
	active = loopback_connect(k);
	loopback_send(active, STR("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n"), 1000);
	loopback_read_some(active, &out, 1);		/* both are known now */
	server_stop(loopback_server(k));
	loopback_wait_for_drain(k);
	for (int i = 0; i < 2; i++) {
		int fd = i ? active : fresh;

		buf_clear(&out);
		loopback_send(fd, STR("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n"), 1000);
		loopback_read_all(fd, &out);
		assert_int_equal(loopback_status(buf_str(&out)), 200);
		assert_int_equal(loopback_count(buf_str(&out), "Connection: close\r\n"), 1);
		close(fd);
	}
	loopback_stop(k);
}

static void who_was_idle_for_longer_is_closed_in_a_drain(void **state)
{
	struct server_config config = loopback_config();
	CLEANUP(buf_release) struct buf out = BUF(10000);
	struct loopback *k;
	int idle;

	(void)state;
	config.grace_ms = 1;
	config.drain_ms = 600000;
	k = loopback_start(&config);
	idle = loopback_connect(k);
	loopback_send(idle, STR("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n"), 1000);
	loopback_read_some(idle, &out, 1);
	uv_sleep(20);
	server_stop(loopback_server(k));
	buf_clear(&out);
	loopback_read_all(idle, &out);
	assert_int_equal(out.n, 0);
	close(idle);
	loopback_stop(k);
}

int sockets_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_queue_has_a_loop_however_many_loops_there_are),
		cmocka_unit_test(a_socket_says_what_it_listens_on),
		cmocka_unit_test(who_was_just_active_is_answered_once_more_in_a_drain),
		cmocka_unit_test(who_was_idle_for_longer_is_closed_in_a_drain),
	};

	return cmocka_run_group_tests_name("server/sockets", tests, NULL, NULL);
}
