/* translate_test.c - all tests of translate/. */
#include "translate/translate_test.h"

int main(void)
{
	return po_check_tests() + extract_tests() + po_merge_tests() + tools_tests() +
	       text_check_tests();
}
