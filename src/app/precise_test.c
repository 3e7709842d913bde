/* precise_test.c - an edit makes stale what shows it, and nothing else. */
#include "app/truth_test.h"

int precise_tests(void)
{
	return 0;
}
