/* check_test.h - a copy of the clean theme for the tests of check/, to be spoilt. */
#ifndef CHECK_CHECK_TEST_H
#define CHECK_CHECK_TEST_H

#include "check/check.h"

struct check_test {
	char root[40];
	const char *dir;		/* the theme's folder */
	struct arena *a;
	struct catalogs *catalogs;
	struct fail f;
};

void check_test_reset(struct check_test *w);	/* the clean theme again */
/* Replaces `find` (NULL: all) in the file by `put`; put NULL removes the file. */
void check_test_change(struct check_test *w, const char *file, const char *find, const char *put);
void check_test_run(struct check_test *w, struct check_report *ret);

int contrast_tests(void);
int rules_tests(struct check_test *w);

#endif
