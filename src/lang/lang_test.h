/* lang_test.h - the groups of this folder's tests. */
#ifndef LANG_LANG_TEST_H
#define LANG_LANG_TEST_H

int plural_tests(void);
int marks_tests(void);
int po_edit_tests(void);
int po_tests(void);
int po_write_tests(void);
int placeholder_tests(void);
int catalog_tests(void);
int catalogs_tests(void);
int texts_tests(void);

#endif
