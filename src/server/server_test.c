/* server_test.c - time, limits and endings, over real sockets; runs all tests of
 * server/. */
#include "server/loopback_test.h"
#include "server/server_test.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#define HOST "Host: a\r\n"
#define GET_FAST "GET /fast HTTP/1.1\r\n" HOST "\r\n"

static struct server_config hasty(void)
{
	struct server_config config = loopback_config();

	config.idle_ms = config.head_ms = config.body_ms = config.write_ms = 150;
	config.linger_ms = 100;
	return config;
}

/* What the server says to one who sends this and then waits. */
static int status_after_waiting(struct loopback *k, struct str bytes)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	int64_t began = loopback_ms();

	loopback_talk(k, bytes, 1000, &out);
	assert_true(loopback_ms() - began >= 100);
	return loopback_status(buf_str(&out));
}

static void slow_clients_are_closed_in_time(void **state)
{
	struct server_config config = hasty();
	struct loopback *k = loopback_start(&config);

	(void)state;
	assert_int_equal(status_after_waiting(k, STR("GET / HT")), 408);
	assert_int_equal(status_after_waiting(k, STR("GET / HTTP/1.1\r\nHost: a\r\n")), 408);
	assert_int_equal(status_after_waiting(k, STR("POST / HTTP/1.1\r\n" HOST
						     "Content-Length: 9\r\n\r\nabc")), 408);
	assert_int_equal(status_after_waiting(k, STR("")), 0);
	assert_int_equal(status_after_waiting(k, STR(GET_FAST)), 200);
	loopback_stop(k);
}

static void dripping_does_not_help(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct server_config config = hasty();
	struct loopback *k = loopback_start(&config);
	int fd = loopback_connect(k), drops = 0;

	(void)state;
	loopback_send(fd, STR("POST / HTTP/1.1\r\n" HOST "Content-Length: 90000\r\n\r\n"), 1000);
	for (; drops < 5000 && send(fd, "x", 1, MSG_NOSIGNAL) == 1; drops++)
		uv_sleep(20);
	assert_in_range(drops, 1, 4999);
	loopback_read_all(fd, &out);
	close(fd);
	loopback_stop(k);
}

static void a_reader_who_does_not_read_is_closed_and_harms_nobody(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	CLEANUP(buf_release) struct buf big = BUF(100 << 20);
	struct server_config config = hasty();
	struct loopback *k = loopback_start(&config);
	int fd = loopback_connect(k);

	(void)state;
	for (int i = 0; i < 20; i++)
		loopback_send(fd, STR("GET /big HTTP/1.1\r\n" HOST "\r\n"), 1000);
	loopback_talk(k, STR(GET_FAST), 1000, &out);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	uv_sleep(600);
	loopback_read_all(fd, &big);
	assert_true(big.n < 20u * LOOPBACK_BIG);
	close(fd);
	loopback_stop(k);
}

/* The kernel holds megabytes for a reader and asks for more when a third of them has left. */
static void a_reader_who_takes_enough_of_what_the_kernel_holds_gets_all_of_it(void **state)
{
	CLEANUP(buf_release) struct buf big = BUF(100 << 20);
	struct server_config config = loopback_config();
	int fd, little = 65536, answers = 8;
	struct loopback *k;

	(void)state;
	config.write_ms = 1000;
	k = loopback_start(&config);
	fd = loopback_connect(k);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
	for (int i = 0; i < answers; i++)
		loopback_send(fd, STR("GET /big HTTP/1.1\r\n" HOST "\r\n"), 1000);
	for (size_t taken = 0; taken < 15; taken++) {
		loopback_read_some(fd, &big, taken * 8192);
		uv_sleep(100);
	}
	loopback_read_some(fd, &big, (size_t)answers * LOOPBACK_BIG);
	assert_true(big.n >= (size_t)answers * LOOPBACK_BIG);
	close(fd);
	loopback_stop(k);
}

static void what_lies_ready_for_a_reader_who_takes_nothing_is_thrown_away(void **state)
{
	struct server_config config = hasty();
	struct loopback *k = loopback_start(&config);
	struct pollfd p = { .fd = loopback_connect(k) };

	(void)state;
	for (int i = 0; i < 20; i++)
		loopback_send(p.fd, STR("GET /big HTTP/1.1\r\n" HOST "\r\n"), 1000);
	/* A connection that is only closed would end after its last byte. */
	assert_int_equal(poll(&p, 1, 5000), 1);
	assert_true(p.revents & POLLERR);
	close(p.fd);
	loopback_stop(k);
}

static void large_answers_arrive_whole(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100 << 20);
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);
	int fd = loopback_connect(k);

	(void)state;
	for (int i = 0; i < 5; i++)
		loopback_send(fd, STR("GET /big HTTP/1.1\r\n" HOST "\r\n" GET_FAST), 1000);
	loopback_send(fd, STR("GET /file HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"), 1000);
	loopback_read_some(fd, &out, 1000);
	uv_sleep(50);
	loopback_read_all(fd, &out);
	assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1 200 OK\r\n"), 11);
	assert_true(out.n > 5 * LOOPBACK_BIG + LOOPBACK_FILE + 11 * 60);
	close(fd);
	loopback_stop(k);
}

static void the_longest_idle_makes_room(void **state)
{
	struct server_config config = loopback_config();
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct loopback *k;
	int fd[4];

	(void)state;
	config.max_connections = 3;
	k = loopback_start(&config);
	for (int i = 0; i < 3; i++) {
		fd[i] = loopback_connect(k);
		loopback_send(fd[i], STR(GET_FAST), 1000);
		loopback_read_some(fd[i], &out, 1);
		buf_clear(&out);
		uv_sleep(5);
	}
	loopback_send(fd[0], STR(GET_FAST), 1000);
	loopback_read_some(fd[0], &out, 1);
	fd[3] = loopback_connect(k);
	loopback_send(fd[3], STR(GET_FAST), 1000);
	buf_clear(&out);
	loopback_read_some(fd[3], &out, 1);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	buf_clear(&out);
	loopback_read_all(fd[1], &out);		/* the second was idle longest: closed */
	assert_int_equal(out.n, 0);
	loopback_send(fd[0], STR(GET_FAST), 1000);
	loopback_read_some(fd[0], &out, 1);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
	loopback_stop(k);
}

static void a_full_house_waits_for_a_seat(void **state)
{
	struct server_config config = loopback_config();
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct loopback *k;
	int busy, waiting;

	(void)state;
	config.max_connections = 1;
	k = loopback_start(&config);
	busy = loopback_connect(k);
	loopback_send(busy, STR("GET /held HTTP/1.1\r\n" HOST "\r\n"), 1000);
	loopback_wait_at_work(k);
	waiting = loopback_connect(k);
	loopback_send(waiting, STR(GET_FAST), 1000);
	loopback_wait_for_look(k);
	loopback_open_gate(k);
	loopback_read_all(busy, &out);		/* served, and asked to give way */
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	assert_int_equal(loopback_count(buf_str(&out), "Connection: close\r\n"), 1);
	buf_clear(&out);
	loopback_read_some(waiting, &out, 1);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	close(busy);
	close(waiting);
	loopback_stop(k);
}

static void descriptors_do_not_run_out(void **state)
{
	struct server_config config = loopback_config();
	struct rlimit limit, low;
	struct loopback *k;
	int fd[100];

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	low = limit;
	low.rlim_cur = 100;
	setrlimit(RLIMIT_NOFILE, &low);
	k = loopback_start(&config);
	setrlimit(RLIMIT_NOFILE, &limit);
	for (size_t i = 0; i < ARRAY_LEN(fd); i++) {
		CLEANUP(buf_release) struct buf out = BUF(100000);

		fd[i] = loopback_connect(k);
		loopback_send(fd[i], STR(GET_FAST), 1000);
		loopback_read_some(fd[i], &out, 1);
		assert_int_equal(loopback_status(buf_str(&out)), 200);
	}
	for (size_t i = 0; i < ARRAY_LEN(fd); i++)
		close(fd[i]);
	loopback_stop(k);
}

static void a_drain_finishes_what_is_under_way(void **state)
{
	struct server_config config = loopback_config();
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct loopback *k;
	int idle, busy;

	(void)state;
	config.loops = 2;
	k = loopback_start(&config);
	idle = loopback_connect(k);
	busy = loopback_connect(k);
	loopback_send(busy, STR("GET /held HTTP/1.1\r\n" HOST "\r\n" GET_FAST), 1000);
	loopback_wait_at_work(k);
	server_stop(loopback_server(k));
	loopback_read_all(idle, &out);
	assert_int_equal(out.n, 0);
	loopback_open_gate(k);
	loopback_read_all(busy, &out);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	assert_int_equal(loopback_count(buf_str(&out), "Connection: close\r\n"), 1);
	assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1"), 1);
	close(idle);
	close(busy);
	loopback_stop(k);
}

static void an_answer_to_nobody_is_thrown_away(void **state)
{
	struct server_config config = loopback_config();
	struct linger reset = { 1, 0 };
	struct loopback *k;
	int fd;

	(void)state;
	config.drain_ms = 20;
	k = loopback_start(&config);
	for (int i = 0; i < 3; i++) {
		fd = loopback_connect(k);
		loopback_send(fd, STR("GET /slow HTTP/1.1\r\n" HOST "\r\n"), 1000);
		loopback_wait_at_work(k);
		if (i)
			setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(fd);
	}
	/* The drain closes the last connections while their requests are worked on. */
	loopback_stop(k);
}

static void a_late_answer_waits_for_the_next_tick(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);

	(void)state;
	server_observe(loopback_server(k), true);
	loopback_talk(k, STR("GET /late HTTP/1.1\r\n" HOST "\r\n"
			     "GET /late/2 HTTP/1.1\r\n" HOST "\r\n"
			     "GET /thread HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"),
		      1000, &out);
	assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1 200"), 3);
	assert_int_equal(loopback_count(buf_str(&out), "GET /late/2 0"), 1);
	assert_int_equal(loopback_late(k), 2);
	loopback_stop(k);
}

/* The other end may go while they wait, and a drain waits for none of them. */
static void late_answers_end_with_the_server(void **state)
{
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);

	(void)state;
	for (int i = 0; i < 20; i++) {
		int fd = loopback_connect(k);

		loopback_send(fd, STR("GET /late HTTP/1.1\r\n" HOST "\r\n"), 1000);
		close(fd);
	}
	loopback_stop(k);
}

static void every_kind_of_address_can_be_listened_to(void **state)
{
	char path[60];
	const char *const addresses[] = { "[::1]:0", ":0", "localhost:0", path };
	struct server_config config = loopback_config();

	(void)state;
	snprintf(path, sizeof path, "unix:/tmp/server_test.%d", (int)getpid());
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++)
		for (config.loops = 1; config.loops <= 2; config.loops++) {
			CLEANUP(buf_release) struct buf out = BUF(100000);
			struct loopback *k = loopback_start_at(&config, addresses[i]);

			loopback_talk(k, STR("GET /thread HTTP/1.1\r\n" HOST
					     "Connection: close\r\n\r\n"), 3, &out);
			assert_int_equal(loopback_status(buf_str(&out)), 200);
			loopback_stop(k);
		}
	assert_int_not_equal(access(path + 5, F_OK), 0);
}

static void wrong_and_taken_addresses_are_refused(void **state)
{
	static const char *const wrong[] = { "8080", "a:80", "1.2.3.4:", "1.2.3.4:99999",
					     "1.2.3:80", "[::1:80", "unix:", ":-1" };
	char path[60];
	const char *const twice[] = { path, path };
	struct server_config config = loopback_config();
	const struct server_hooks hooks = { .app = NULL };
	struct loopback *k = loopback_start(&config);
	const char *address;
	struct server *s;
	struct fail f = FAIL_INIT;

	(void)state;
	config.listen = &address;
	config.n_listen = 1;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		address = wrong[i];
		if (server_new(&config, &hooks, &s, &f))
			fail_msg("taken: %s", address);
		assert_int_equal(f.code, FAIL_INVALID);
	}
	address = server_address(loopback_server(k), 0);
	for (config.loops = 1; config.loops <= 2; config.loops++)
		assert_false(server_new(&config, &hooks, &s, &f));
	assert_non_null(strstr(f.text, address));
	snprintf(path, sizeof path, "unix:/tmp/server_test.twice.%d", (int)getpid());
	config.listen = twice;
	config.n_listen = 2;
	assert_false(server_new(&config, &hooks, &s, &f));
	assert_non_null(strstr(f.text, "a second time"));
	config.listen = &address;
	config.n_listen = 1;
	address = "unix:/etc/passwd";
	assert_false(server_new(&config, &hooks, &s, &f));
	assert_non_null(strstr(f.text, "is no socket"));
	loopback_stop(k);
}

static void signals_reload_and_stop(void **state)
{
	struct server_config config = loopback_config();
	struct loopback *k;

	(void)state;
	config.signals = true;
	k = loopback_start(&config);
	kill(getpid(), SIGHUP);
	while (!loopback_reloads(k))
		uv_sleep(5);
	assert_int_equal(loopback_reloads(k), 1);
	kill(getpid(), SIGTERM);
	uv_sleep(20);
	loopback_stop(k);
}

/* Many clients on two loops, all kinds of requests at once: for the sanitizers. */
static void crowd(void *arg)
{
	struct loopback *k = arg;

	for (int i = 0; i < 30; i++) {
		CLEANUP(buf_release) struct buf out = BUF(10 << 20);

		loopback_talk(k, STR(GET_FAST "GET /thread HTTP/1.1\r\n" HOST "\r\n"
				     "POST /thread HTTP/1.1\r\n" HOST
				     "Content-Length: 5\r\n\r\nhello"
				     "GET /file HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"), 50,
			      &out);
		if (loopback_count(buf_str(&out), "HTTP/1.1 200") != 4)
			abort();
	}
}

static void a_crowd_is_served_by_two_loops(void **state)
{
	struct server_config config = loopback_config();
	uv_thread_t threads[6];
	struct loopback *k;

	(void)state;
	config.loops = 2;
	k = loopback_start(&config);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		uv_thread_create(&threads[i], crowd, k);
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		uv_thread_join(&threads[i]);
	assert_int_equal(server_stats(loopback_server(k)).requests, 6 * 30 * 4);
	loopback_stop(k);
}

static void a_proxy_is_believed_only_when_it_is_ours(void **state)
{
	static const char *const proxies[] = { "10.0.0.0/8", "127.0.0.1" };
	const struct str rq = STR("GET /fast/who HTTP/1.1\r\n" HOST "X-Forwarded-For: 192.0.2.1\r\n"
				  "X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n");
	CLEANUP(buf_release) struct buf out = BUF(10000);
	struct server_config config = loopback_config();
	struct loopback *k;

	(void)state;
	config.https_lines = "Strict-Transport-Security: max-age=1\r\n";
	config.proxies = proxies;
	for (size_t n = 1; n <= 2; n++) {
		bool believed = n == 2;

		config.n_proxies = n;
		k = loopback_start(&config);
		buf_clear(&out);
		loopback_talk(k, rq, 0, &out);
		loopback_stop(k);
		assert_int_equal(loopback_count(buf_str(&out), "https 192.0.2.1\n"), believed);
		assert_int_equal(loopback_count(buf_str(&out), "http 127.0.0.1\n"), !believed);
		assert_int_equal(loopback_count(buf_str(&out),
						"Strict-Transport-Security: max-age=1\r"),
				 believed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slow_clients_are_closed_in_time),
		cmocka_unit_test(a_reader_who_takes_enough_of_what_the_kernel_holds_gets_all_of_it),
		cmocka_unit_test(what_lies_ready_for_a_reader_who_takes_nothing_is_thrown_away),
		cmocka_unit_test(dripping_does_not_help),
		cmocka_unit_test(a_reader_who_does_not_read_is_closed_and_harms_nobody),
		cmocka_unit_test(large_answers_arrive_whole),
		cmocka_unit_test(the_longest_idle_makes_room),
		cmocka_unit_test(a_full_house_waits_for_a_seat),
		cmocka_unit_test(descriptors_do_not_run_out),
		cmocka_unit_test(a_drain_finishes_what_is_under_way),
		cmocka_unit_test(an_answer_to_nobody_is_thrown_away),
		cmocka_unit_test(a_late_answer_waits_for_the_next_tick),
		cmocka_unit_test(late_answers_end_with_the_server),
		cmocka_unit_test(every_kind_of_address_can_be_listened_to),
		cmocka_unit_test(wrong_and_taken_addresses_are_refused),
		cmocka_unit_test(signals_reload_and_stop),
		cmocka_unit_test(a_crowd_is_served_by_two_loops),
		cmocka_unit_test(a_proxy_is_believed_only_when_it_is_ours),
	};

	return framing_tests() + crowd_tests() + proxy_tests() + sockets_tests() + turn_tests()
	       + cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
