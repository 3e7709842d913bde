/* work_test.c - the unit tests of work/. */

int mutex_tests(void);
int pool_tests(void);
int lane_tests(void);
int flight_tests(void);
int thread_tests(void);
int turn_tests(void);

int main(void)
{
	return mutex_tests() + pool_tests() + lane_tests() + flight_tests() + thread_tests()
		+ turn_tests();
}
