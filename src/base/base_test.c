/* base_test.c - all unit tests of base/. */
#include "base/base_test.h"

#include <stdio.h>

int main(void)
{
	return text_tests() + date_tests() + gens_tests() + file_tests() + csv_tests()
	       + library_tests();
}
