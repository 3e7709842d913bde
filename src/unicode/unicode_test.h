/* unicode_test.h - the groups of this folder's tests, and the arena each test gets. */
#ifndef UNICODE_UNICODE_TEST_H
#define UNICODE_UNICODE_TEST_H

int names_tests(void);
int format_tests(void);
int spare_tests(void);
int memo_tests(void);

int test_arena_make(void **state);
int test_arena_free(void **state);

#endif
