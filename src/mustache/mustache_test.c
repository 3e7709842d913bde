/* mustache_test.c - all unit tests of mustache/. */
#include "mustache/mustache_test.h"

int main(void)
{
	return value_tests() + place_tests() + template_tests() + spec_tests();
}
