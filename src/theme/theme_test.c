/* theme_test.c - all unit tests of theme/. Started as "theme_test sass-child" it is the
 * child that compiles stylesheets for them. */
#include <string.h>
#include "theme/sass_child.h"

int hostile_sass_tests(void);
int install_tests(void);
int known_tests(void);
int load_tests(void);
int modern_tests(void);
int option_tests(void);
int own_tests(void);
int sass_tests(void);

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	return option_tests() + sass_tests() + modern_tests() + hostile_sass_tests()
		+ load_tests() + known_tests() + install_tests() + own_tests();
}
