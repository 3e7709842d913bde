/* lang_test.c - all tests of lang/. */
#include "lang/lang_test.h"

int main(void)
{
	return plural_tests() + marks_tests() + po_tests() + po_edit_tests() + po_write_tests()
	       + placeholder_tests() +
	       catalog_tests() + catalogs_tests() + texts_tests();
}
