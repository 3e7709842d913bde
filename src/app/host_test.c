/* host_test.c - making, opening, locking and reloading a host. */
#include "app/host.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/app_test.h"
#include "base/file.h"

static char root[] = "/tmp/host-XXXXXX";
static char data[64];

static int set_up(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	strcpy(root, "/tmp/host-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(data, sizeof data, "%s/data", root);
	assert_ok(host_init(data, STR("Test.Example"), NULL, &f), &f);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return dir_remove(root, NULL) ? 0 : -1;
}

static struct host *open_host(void)
{
	struct fail f = FAIL_INIT;
	struct host *h;

	assert_ok(host_open(data, &h, &f), &f);
	return h;
}

static void write_config(const char *text)
{
	struct fail f = FAIL_INIT;
	char path[80];

	snprintf(path, sizeof path, "%s/hameau.ini", data);
	assert_ok(file_write(path, str_of(text), false, &f), &f);
}

static void a_new_host_has_its_base_and_no_site(void **state)
{
	struct host *h = open_host();

	(void)state;
	assert_str_eq(registry_base(h->registry), STR("test.example"));
	host_close(h);
}

static void a_host_is_not_made_over_another(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(host_init(data, STR("x.y"), NULL, &f), &f, FAIL_CONFLICT);
}

static void a_folder_that_is_no_host_is_told(void **state)
{
	struct fail f = FAIL_INIT;
	struct host *h;

	(void)state;
	assert_fails(host_open(root, &h, &f), &f, FAIL_NOT_FOUND);
}

static void one_server_holds_the_lock(void **state)
{
	struct host *one = open_host(), *two = open_host();
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(host_lock(one, &f), &f);
	assert_fails(host_lock(two, &f), &f, FAIL_CONFLICT);
	host_close(one);
	assert_ok(host_lock(two, &f), &f);
	host_close(two);
}

static void a_reload_takes_what_is_right_and_keeps_the_rest(void **state)
{
	struct host *h = open_host();
	struct fail f = FAIL_INIT;
	CLEANUP(buf_release) struct buf restart = BUF(4 * KIB);
	struct config *c;

	(void)state;
	write_config("[host]\nbase = test.example\ntitle = Second\n");
	assert_ok(host_reload(h, &restart, &f), &f);
	assert_int_equal(restart.n, 0);
	c = host_config(h);
	assert_str_eq(c->title, STR("Second"));
	config_unref(c);

	write_config("[host]\ntitel = Third\n");
	assert_fails(host_reload(h, &restart, &f), &f, FAIL_INVALID);
	c = host_config(h);
	assert_str_eq(c->title, STR("Second"));
	config_unref(c);

	write_config("[host]\nbase = other.example\n[cache]\nmemory = 9M\n");
	assert_ok(host_reload(h, &restart, &f), &f);
	assert_str_eq(buf_str(&restart), STR("[host] base, [cache] memory"));
	host_close(h);
}

static void other_facts_than_last_time_make_pages_stale(void **state)
{
	CLEANUP(deps_release) struct deps deps = { 0 };
	struct host *h = open_host();
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(host_remember(h, STR("http 8080"), false, &f), &f);
	deps_add(&deps, h->gens, gens_slot(0, GEN_CONFIG, 0));
	assert_ok(host_remember(h, STR("http 8080"), false, &f), &f);
	assert_true(deps_fresh(&deps, h->gens));
	assert_ok(host_remember(h, STR("https 443"), false, &f), &f);
	assert_false(deps_fresh(&deps, h->gens));
	host_close(h);
}

#define ON_HOST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int host_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_HOST(a_new_host_has_its_base_and_no_site),
		ON_HOST(a_host_is_not_made_over_another),
		ON_HOST(a_folder_that_is_no_host_is_told),
		ON_HOST(one_server_holds_the_lock),
		ON_HOST(a_reload_takes_what_is_right_and_keeps_the_rest),
		ON_HOST(other_facts_than_last_time_make_pages_stale),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
