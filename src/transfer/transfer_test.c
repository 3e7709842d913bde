/* transfer_test.c - runs the groups of this folder. */
#include "transfer/transfer_test.h"

int main(void)
{
	return links_tests() + source_tests() + import_tests() + save_tests();
}
