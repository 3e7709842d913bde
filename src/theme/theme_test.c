/* theme_test.c - all unit tests of theme/. Started as "theme_test sass-child" it is the
 * child that compiles stylesheets for them. */
#include <string.h>
#include "theme/sass_child.h"
#include "theme/theme_test.h"

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	return option_tests() + sass_tests() + modern_tests() + hostile_sass_tests()
		+ themes_load_tests() + themes_known_tests() + install_tests() + own_tests();
}
