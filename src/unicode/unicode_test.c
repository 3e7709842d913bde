/* unicode_test.c - all tests of unicode/. */
#include "unicode/unicode_test.h"
#include "base/arena.h"
#include "unicode/spare.h"

int test_arena_make(void **state)
{
	*state = arena_new(0);
	return 0;
}

int test_arena_free(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	int failed = names_tests() + format_tests() + spare_tests() + memo_tests();

	spare_drop_all();
	return failed;
}
