/* app_test.h - the groups of unit tests of app/. */
#ifndef APP_APP_TEST_H
#define APP_APP_TEST_H

#include "base/test.h"

int config_tests(void);
int control_tests(void);
int host_tests(void);

#endif
