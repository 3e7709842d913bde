/* sass_child.h - the other end of stylesheet.h: libsass in a process of its own.
 *
 * libsass loops, eats memory, and prints files of the machine in its errors when a theme
 * asks for that. So it runs in a child that holds nothing worth having: it gets the
 * theme's sources by name on standard input, cannot open a file any more, and answers on
 * standard output. The program that compiles stylesheets calls this when it is started as
 * `hameau sass-child` (see stylesheet.h), before it opens anything else.
 *
 * Request:	"main NAME\n", then for each source "file NAME BYTES\n" and its bytes
 * Answer:	"css\n" and the stylesheet, or "error NAME LINE COLUMN\n" and a sentence
 */
#ifndef THEME_SASS_CHILD_H
#define THEME_SASS_CHILD_H

#include "base/attrs.h"

NORETURN void sass_child_main(void);

#endif
