/* turn_test.c - what one connection gets in one turn of the loop, and what others get meanwhile.
 *
 * The loop is held at the gate until all that a test sends lies in the kernel; then whatever it
 * does is in the order of its turns, and no clock is asked.
 */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/loop.h"
#include "server/ready.h"
#include "server/loopback_test.h"
#include "server/server_test.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"
#define NUMBER GET("/fast/number")
#define LAST "GET /fast HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
#define MANY 4000			/* more than the loop reads at once */

/* A connection that the loop knows already. */
static int known(struct loopback *k)
{
	CLEANUP(buf_release) struct buf out = BUF(10000);
	int fd = loopback_connect(k);

	loopback_send(fd, STR(GET("/fast")), 1000);
	loopback_read_some(fd, &out, 1);
	assert_int_equal(loopback_status(buf_str(&out)), 200);
	return fd;
}

static int hold(struct loopback *k)
{
	int fd = known(k);

	loopback_send(fd, STR(GET("/fast/gate")), 1000);
	loopback_wait_at_gate(k);
	return fd;
}

static void send_many(int fd, size_t n, const char *last)
{
	CLEANUP(buf_release) struct buf all = BUF(MANY * sizeof NUMBER + 1000);

	while (n--)
		buf_adds(&all, NUMBER);
	buf_adds(&all, last);
	loopback_send(fd, buf_str(&all), 1 << 20);
}

/* The number in the first answer, and *answers behind it. */
static int next_number(struct str *answers)
{
	ptrdiff_t at = str_find(*answers, STR("\r\n\r\nnumber "));

	assert_true(at >= 0);
	*answers = str_skip(*answers, (size_t)at + 11);
	return atoi(answers->p);
}

static int number_of(int fd)
{
	CLEANUP(buf_release) struct buf out = BUF(10000);
	struct str answers;

	loopback_read_some(fd, &out, 1);
	answers = buf_str(&out);
	return next_number(&answers);
}

static void another_is_answered_before_all_that_one_sent_at_once(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(MANY * 1000);
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);
	int greedy = known(k), other = known(k), gate = hold(k), before = 0, n;
	struct str answers;

	(void)state;
	send_many(greedy, MANY, LAST);
	loopback_send(other, STR(NUMBER), 1000);
	loopback_open_gate(k);
	assert_in_range(number_of(other), 1, LOOP_PART + 1);
	loopback_read_all(greedy, &out);
	assert_int_equal(loopback_count(buf_str(&out), "HTTP/1.1 200 OK\r\n"), MANY + 1);
	answers = buf_str(&out);
	for (int i = 0; i < MANY; i++, before = n) {
		n = next_number(&answers);
		assert_true(n > before);
	}
	close(gate);
	close(greedy);
	close(other);
	loopback_stop(k);
}

/* Each has as much of it, whoever was first. */
static void many_greedy_ones_take_turns(void **state)
{
	enum { GREEDY = 4, EACH = 100 };
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);
	int gate, fd[GREEDY], last[GREEDY];

	(void)state;
	for (int i = 0; i < GREEDY; i++)
		fd[i] = known(k);
	gate = hold(k);
	for (int i = 0; i < GREEDY; i++)
		send_many(fd[i], EACH, LAST);
	loopback_open_gate(k);
	for (int i = 0; i < GREEDY; i++) {
		CLEANUP(buf_release) struct buf out = BUF(EACH * 1000);
		struct str answers;

		loopback_read_all(fd[i], &out);
		answers = buf_str(&out);
		for (int n = 0; n < EACH; n++)
			last[i] = next_number(&answers);
		assert_in_range(last[i], GREEDY * EACH - GREEDY * LOOP_PART, GREEDY * EACH);
		close(fd[i]);
	}
	close(gate);
	loopback_stop(k);
}

static void who_was_put_off_may_leave(void **state)
{
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);
	int gate = hold(k), fd[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct linger at_once = { .l_onoff = 1 };

		fd[i] = loopback_connect(k);
		send_many(fd[i], MANY, "");
		setsockopt(fd[i], SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	}
	close(fd[1]);
	loopback_open_gate(k);
	close(fd[0]);
	close(fd[2]);
	close(known(k));
	close(gate);
	loopback_stop(k);
}

/* One that has asked so often that it is told of once (ready.h). */
static int busy(struct loopback *k)
{
	int fd = known(k);

	for (int i = 0; i < 3 * READY_STREAK; i++) {
		loopback_send(fd, STR(NUMBER), 1000);
		number_of(fd);
	}
	return fd;
}

/* In one turn all busy ones are answered, and the loop is held at its end. Then another asks,
 * and they after him. */
static void who_asks_first_is_answered_first(void **state)
{
	enum { BUSY = 8 };
	struct server_config config = loopback_config();
	struct loopback *k;
	int other, last, first, gate, fd[BUSY];

	(void)state;
	config.linger_ms = config.grace_ms = 600000;	/* no tick comes between, nobody rests */
	k = loopback_start(&config);
	other = known(k);
	last = known(k);
	for (int i = 0; i < BUSY; i++)
		fd[i] = busy(k);
	gate = hold(k);
	for (int i = 0; i < BUSY; i++)
		loopback_send(fd[i], STR(NUMBER), 1000);
	loopback_send(last, STR(GET("/fast/gate")), 1000);
	loopback_open_gate(k);
	loopback_wait_at_gate(k);
	for (int i = 0; i < BUSY; i++)
		number_of(fd[i]);
	loopback_send(other, STR(NUMBER), 1000);
	for (int i = 0; i < BUSY; i++)
		loopback_send(fd[i], STR(NUMBER), 1000);
	loopback_open_gate(k);
	first = number_of(other);
	for (int i = 0; i < BUSY; i++) {
		assert_true(!loopback_server(k)->tells_once || number_of(fd[i]) > first);
		close(fd[i]);
	}
	close(gate);
	close(last);
	close(other);
	loopback_stop(k);
}

/* The end of input comes with the last request, so that both are one thing that came. */
static void an_end_that_comes_with_a_request_is_seen(void **state)
{
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);
	int fd = busy(k), gate = hold(k);
	char more;

	(void)state;
	loopback_send(fd, STR(NUMBER), 1000);
	shutdown(fd, SHUT_WR);
	loopback_open_gate(k);
	number_of(fd);
	assert_int_equal(recv(fd, &more, 1, 0), 0);
	close(fd);
	close(gate);
	loopback_stop(k);
}

/* Heads in pieces, work, a file and a long body: between all of them it is told of again. */
static void a_busy_one_may_do_anything(void **state)
{
	static const struct { const char *request; size_t least; } steps[] = {
		{ NUMBER, 1 }, { GET("/thread"), 1 }, { GET("/file"), LOOPBACK_FILE },
		{ GET("/big"), LOOPBACK_BIG },
		{ "POST /thread HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 1 },
	};
	struct server_config config = loopback_config();
	struct loopback *k = loopback_start(&config);
	int fd = busy(k);

	(void)state;
	for (size_t i = 0; i < 20 * ARRAY_LEN(steps); i++) {
		CLEANUP(buf_release) struct buf out = BUF(LOOPBACK_BIG + 100000);
		size_t which = i % ARRAY_LEN(steps);

		loopback_send(fd, str_of(steps[which].request), i % 3 ? 1000 : 7);
		loopback_read_some(fd, &out, steps[which].least);
		assert_int_equal(loopback_status(buf_str(&out)), 200);
		while (steps[which].least > 1 && out.n < steps[which].least + 70)
			loopback_read_some(fd, &out, out.n + 1);
		for (int n = 0; n < READY_STREAK + 2; n++) {
			loopback_send(fd, STR(GET("/fast")), 1000);
			buf_clear(&out);
			while (!loopback_count(buf_str(&out), "fast\n"))
				loopback_read_some(fd, &out, out.n + 1);
		}
	}
	close(fd);
	loopback_stop(k);
}

int turn_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_is_answered_before_all_that_one_sent_at_once),
		cmocka_unit_test(many_greedy_ones_take_turns),
		cmocka_unit_test(who_was_put_off_may_leave),
		cmocka_unit_test(who_asks_first_is_answered_first),
		cmocka_unit_test(an_end_that_comes_with_a_request_is_seen),
		cmocka_unit_test(a_busy_one_may_do_anything),
	};

	return cmocka_run_group_tests_name("server/turn", tests, NULL, NULL);
}
