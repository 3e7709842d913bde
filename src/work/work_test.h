/* work_test.h - the groups of this folder's tests. */
#ifndef WORK_WORK_TEST_H
#define WORK_WORK_TEST_H

int flight_tests(void);
int lane_tests(void);
int mutex_tests(void);
int pool_tests(void);
int thread_tests(void);
int turn_tests(void);

#endif
