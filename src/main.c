/* main.c - the program. Everything begins in cli/, but for the child that compiles the
 * stylesheets of themes: it must not open anything else (theme/sass_child.h). */
#include <string.h>

#include "cli/cli.h"
#include "theme/sass_child.h"

int main(int argc, char *argv[])
{
	if (argc == 2 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	return cli_main(argc, (const char *const *)argv);
}
