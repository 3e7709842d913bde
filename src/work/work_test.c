/* work_test.c - the unit tests of work/. */
#include "work/work_test.h"

int main(void)
{
	return mutex_tests() + pool_tests() + lane_tests() + flight_tests() + thread_tests()
		+ turn_tests();
}
