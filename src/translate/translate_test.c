/* translate_test.c - all tests of translate/. */
#include "translate/translate_test.h"

int main(void)
{
	return check_tests() + extract_tests() + merge_tests() + tools_tests() +
	       texts_tests();
}
