/* control_test.c - commands over the control socket. */
#include "app/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app_test.h"
#include "app/control_frame.h"
#include "base/file.h"
#include "base/limits.h"

struct client {
	struct buf out, err;
	int progress, asked_to_stop;
};

static void on_frame(void *data, enum control_frame kind, struct str bytes)
{
	struct client *c = data;

	if (kind == CONTROL_OUT)
		buf_add(&c->out, bytes);
	else if (kind == CONTROL_ERR)
		buf_add(&c->err, bytes);
	else
		c->progress++;
}

static bool answer(void *data, struct str question, struct buf *text)
{
	(void)data;
	assert_str_eq(question, STR("sure?"));
	buf_adds(text, "yes");
	return true;
}

static bool wants_to_stop(void *data)
{
	return ((struct client *)data)->asked_to_stop;
}

/* What the server does: the request says what. */
static int serve(void *data, struct control_peer *peer, struct str request)
{
	CLEANUP(buf_release) struct buf text = BUF(KIB);

	(void)data;
	if (str_eq(request, STR("wait"))) {
		while (!control_is_cancelled(peer))
			usleep(5000);
		control_send(peer, CONTROL_OUT, STR("half of it"));
		control_send(peer, CONTROL_ERR, STR("stopped"));
		return 130;
	}
	if (str_eq(request, STR("long"))) {
		CLEANUP(buf_release) struct buf big = BUF(MIB);

		for (int i = 0; i < 50000; i++)
			buf_adds(&big, "0123456789");
		control_send(peer, CONTROL_OUT, buf_str(&big));
		return 0;
	}
	control_send(peer, CONTROL_PROGRESS, STR("1 2 x"));
	control_send(peer, CONTROL_ERR, STR("note"));
	if (!control_ask(peer, STR("sure?"), &text))
		return 1;
	control_send(peer, CONTROL_OUT, request);
	control_send(peer, CONTROL_OUT, buf_str(&text));
	return 7;
}

struct place {
	char dir[32];
	char path[340];
	struct control *control;
};

static struct place place;

static int set_up(void **state)
{
	struct fail f = FAIL_INIT;
	char root[] = "/tmp/control-XXXXXX";

	if (!mkdtemp(root))
		return -1;
	/* Longer than a socket's address may be. */
	snprintf(place.dir, sizeof place.dir, "%s", root);
	snprintf(place.path, sizeof place.path, "%s/%0150d", place.dir, 0);
	assert_ok(dir_make(place.path, &f), &f);
	strcat(place.path, "/s");
	assert_ok(control_open(place.path, &(struct control_hooks){ .command = serve },
			       &place.control, &f), &f);
	assert_ok(control_publish(place.control, &f), &f);
	*state = &place;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	control_close(place.control);
	return dir_remove(place.dir, NULL) ? 0 : -1;
}

static int call(struct client *c, const char *request, struct fail *f)
{
	const struct control_events events = { c, on_frame, answer, NULL, wants_to_stop };
	int status = -1;

	if (!control_call(place.path, str_of(request), &events, &status, f))
		return -1;
	return status;
}

#define CLIENT { BUF(MIB), BUF(MIB), 0, 0 }

static void release(struct client *c)
{
	buf_release(&c->out);
	buf_release(&c->err);
}

static void a_command_answers_asks_and_ends_with_its_status(void **state)
{
	CLEANUP(release) struct client c = CLIENT;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_int_equal(call(&c, "hello ", &f), 7);
	assert_str_eq(buf_str(&c.out), STR("hello yes"));
	assert_str_eq(buf_str(&c.err), STR("note"));
	assert_int_equal(c.progress, 1);
}

static void long_output_arrives_whole(void **state)
{
	CLEANUP(release) struct client c = CLIENT;
	struct fail f = FAIL_INIT;

	(void)state;
	assert_int_equal(call(&c, "long", &f), 0);
	assert_int_equal(c.out.n, 500000);
}

static void who_wants_to_stop_is_heard_and_told_how_far_it_came(void **state)
{
	CLEANUP(release) struct client c = CLIENT;
	struct fail f = FAIL_INIT;

	(void)state;
	c.asked_to_stop = 1;
	assert_int_equal(call(&c, "wait", &f), 130);
	assert_str_eq(buf_str(&c.out), STR("half of it"));
	assert_str_eq(buf_str(&c.err), STR("stopped"));
}

static void a_server_with_enough_to_do_says_so(void **state)
{
	CLEANUP(release) struct client c = CLIENT;
	struct control_address address;
	struct fail f = FAIL_INIT;
	int others[16];

	(void)state;
	assert_ok(control_address_open(place.path, &address, &f), &f);
	for (int i = 0; i < 16; i++) {
		others[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		assert_int_equal(connect(others[i], (struct sockaddr *)&address.un,
					 sizeof address.un), 0);
	}
	control_address_close(&address);
	assert_int_equal(call(&c, "hello", &f), -1);
	assert_int_equal(f.code, FAIL_BUSY);
	for (int i = 0; i < 16; i++)
		close(others[i]);
}

static void the_socket_is_for_its_owner_alone(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(stat(place.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void without_a_server_nothing_is_found(void **state)
{
	CLEANUP(release) struct client c = CLIENT;
	struct fail f = FAIL_INIT;

	(void)state;
	control_close(place.control);
	place.control = NULL;
	assert_int_equal(call(&c, "hello", &f), -1);
	assert_int_equal(f.code, FAIL_NOT_FOUND);
}

int control_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_command_answers_asks_and_ends_with_its_status),
		cmocka_unit_test(long_output_arrives_whole),
		cmocka_unit_test(who_wants_to_stop_is_heard_and_told_how_far_it_came),
		cmocka_unit_test(a_server_with_enough_to_do_says_so),
		cmocka_unit_test(the_socket_is_for_its_owner_alone),
		cmocka_unit_test(without_a_server_nothing_is_found),
	};

	return cmocka_run_group_tests_name("control", tests, set_up, tear_down);
}
