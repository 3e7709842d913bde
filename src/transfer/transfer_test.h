/* transfer_test.h - the groups of this folder's tests. */
#ifndef TRANSFER_TRANSFER_TEST_H
#define TRANSFER_TRANSFER_TEST_H

int links_tests(void);
int source_tests(void);
int import_tests(void);
int save_tests(void);

#endif
