/* app_test.c - runs the unit tests of app/. */
#include "app/app_test.h"
#include "store/db.h"

int main(void)
{
	db_init();
	return config_tests() + control_tests() + host_tests();
}
