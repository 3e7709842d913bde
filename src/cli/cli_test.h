/* cli_test.h - the groups of unit tests of cli/. */
#ifndef CLI_CLI_TEST_H
#define CLI_CLI_TEST_H

#include "base/test.h"

int parse_tests(void);
int help_tests(void);
int language_tests(void);
int remote_tests(void);
int top_tests(void);

#endif
