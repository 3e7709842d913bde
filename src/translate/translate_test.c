/* translate_test.c - all tests of translate/, and what some share. */
#include "translate/translate_test.h"

#include <stdio.h>

void translate_test_remember(void *arg, const struct po_check_finding *found)
{
	struct seen *seen = arg;

	seen->count++;
	seen->id = found->rule->id;
	seen->line = found->line;
	snprintf(seen->text, sizeof seen->text, "%s %.*s", found->rule->text,
		 STR_ARG(str_sub(found->text, 0, 100)));
}

int main(void)
{
	return po_check_tests() + extract_tests() + po_merge_tests() + tools_tests() +
	       text_check_tests();
}
