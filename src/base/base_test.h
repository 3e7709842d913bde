/* base_test.h - the groups of this folder's tests. */
#ifndef BASE_BASE_TEST_H
#define BASE_BASE_TEST_H

#include "base/test.h"

int csv_tests(void);
int date_tests(void);
int file_tests(void);
int gens_tests(void);
int library_tests(void);
int text_tests(void);

#endif
