/* translate_test.h - the groups of this folder's tests. */
#ifndef TRANSLATE_TRANSLATE_TEST_H
#define TRANSLATE_TRANSLATE_TEST_H

int check_tests(void);
int extract_tests(void);
int merge_tests(void);
int texts_tests(void);
int tools_tests(void);

#endif
