/* translate_test.h - the groups of this folder's tests. */
#ifndef TRANSLATE_TRANSLATE_TEST_H
#define TRANSLATE_TRANSLATE_TEST_H

int po_check_tests(void);
int extract_tests(void);
int po_merge_tests(void);
int text_check_tests(void);
int tools_tests(void);

#endif
