/* app_test.c - runs the unit tests of app/; started as "app_test sass-child" it is the child
 * that compiles the stylesheets of the themes it opens. */
#include "app/app_test.h"
#include "app/truth_test.h"
#include "store/db.h"
#include "theme/sass_child.h"

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	db_init();
	return config_tests() + control_tests() + host_tests() + precise_tests() + truth_tests();
}
