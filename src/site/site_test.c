/* site_test.c - runs the unit tests of site/. */
#include "site/village_test.h"
#include "store/db.h"

int main(void)
{
	db_init();
	return name_tests() + settings_tests() + registry_tests() + manage_tests()
	       + maker_tests();
}
