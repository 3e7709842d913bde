/* app_test.h - the groups of unit tests of app/, and a host for them. */
#ifndef APP_APP_TEST_H
#define APP_APP_TEST_H

#include "app/host.h"
#include "base/test.h"

/* A host in a folder of its own, base domain "test.example"; *state is it, open. */
int app_test_set_up(void **state);
int app_test_tear_down(void **state);
#define ON_OPEN_HOST(test) \
	cmocka_unit_test_setup_teardown(test, app_test_set_up, app_test_tear_down)

/* Its hameau.ini from now on. */
void app_test_configure(struct host *h, const char *text);
/* A new site; a reference. */
struct site *app_test_site(struct host *h, const char *name);

int access_log_tests(void);
int busy_tests(void);
int config_tests(void);
int control_tests(void);
int dispatch_tests(void);
int host_tests(void);
int outcome_tests(void);
int publish_tests(void);
int send_tests(void);
int wording_tests(void);

#endif
