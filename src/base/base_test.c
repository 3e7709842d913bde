/* base_test.c - all unit tests of base/. */
#include <stdio.h>

int text_tests(void);
int date_tests(void);
int gens_tests(void);
int file_tests(void);
int csv_tests(void);
int library_tests(void);

int main(void)
{
	return text_tests() + date_tests() + gens_tests() + file_tests() + csv_tests()
	       + library_tests();
}
