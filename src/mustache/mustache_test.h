/* mustache_test.h - the groups of this folder's tests. */
#ifndef MUSTACHE_MUSTACHE_TEST_H
#define MUSTACHE_MUSTACHE_TEST_H

int place_tests(void);
int spec_tests(void);
int template_tests(void);
int value_tests(void);

#endif
