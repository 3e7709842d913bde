/* translate_test.h - the groups of this folder's tests, and what a check has found. */
#ifndef TRANSLATE_TRANSLATE_TEST_H
#define TRANSLATE_TRANSLATE_TEST_H

#include "translate/po_check.h"

struct seen {
	size_t count;
	const char *id;			/* of the last: the rule, and the line where it is broken */
	int line;
	char text[200];			/* what the rule says, and of what */
};
/* For struct po_check, whose arg is a struct seen. */
void translate_test_remember(void *arg, const struct po_check_finding *found);

int extract_tests(void);
int po_check_tests(void);
int po_merge_tests(void);
int text_check_tests(void);
int tools_tests(void);

#endif
