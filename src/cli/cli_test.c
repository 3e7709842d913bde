/* cli_test.c - runs the unit tests of cli/. */
#include "cli/cli_test.h"

int main(void)
{
	return parse_tests() + help_tests() + language_tests() + remote_tests() + top_tests();
}
