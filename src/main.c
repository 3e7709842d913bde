/* main.c - the program. Everything begins in cli/, but for the children that compile the
 * stylesheets of themes and scale pictures: they must not open anything else
 * (theme/sass_child.h, scale/scale_child.h). */
#include <string.h>

#include "cli/cli.h"
#include "scale/scale_child.h"
#include "theme/sass_child.h"

int main(int argc, char *argv[])
{
	if (argc == 2 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	if (argc == 2 && strcmp(argv[1], "scale-child") == 0)
		scale_child_main();
	return cli_main(argc, (const char *const *)argv);
}
