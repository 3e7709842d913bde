/* app_test.c - runs the unit tests of app/; the host that some of them want. */
#include "app/app_test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "site/manage.h"
#include "store/db.h"

static char root[32];

int app_test_set_up(void **state)
{
	struct fail f = FAIL_INIT;
	struct host *h;
	char data[64];

	strcpy(root, "/tmp/app-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(data, sizeof data, "%s/data", root);
	assert_ok(host_init(data, STR("test.example"), NULL, &f), &f);
	assert_ok(host_open(data, &h, &f), &f);
	*state = h;
	return 0;
}

int app_test_tear_down(void **state)
{
	host_close(*state);
	return dir_remove(root, NULL) ? 0 : -1;
}

void app_test_configure(struct host *h, const char *text)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf restart = BUF(4 * KIB);
	struct fail f = FAIL_INIT;

	assert_ok(file_write(path_join(a, h->data, STR("hameau.ini")), str_of(text), false, &f),
		  &f);
	assert_ok(host_reload(h, &restart, &f), &f);
}

struct site *app_test_site(struct host *h, const char *name)
{
	struct fail f = FAIL_INIT;
	struct site *site;

	assert_ok(manage_create(h->registry, str_of(name), NULL, 0, &site, &f), &f);
	return site;
}

int main(void)
{
	db_init();
	return access_log_tests() + busy_tests() + config_tests() + control_tests()
	       + dispatch_tests() + host_tests() + outcome_tests() + publish_tests()
	       + send_tests() + wording_tests();
}
