/* library.h - a shared library that is loaded when it is wanted.
 *
 * For what only a child process needs (theme/sass_child.c, scale/scale_child.c): linked with
 * the program, it would be loaded with all its own libraries at each start of every command
 * and child. libgd alone brings fifty, the codecs of video among them, and 13 ms.
 *
 * Its functions are fields of a struct, typed by its header:
 *
 *	#define CALLS(X) X(CreateThing) X(FreeThing)
 *	#define FIELD(name) __typeof__(lib##name) *name;
 *	#define CALL(name) { "lib" #name, &lib.name },
 *	static struct { CALLS(FIELD) } lib;
 *	static const struct library_call calls[] = { CALLS(CALL) };
 *
 * The names of the files, HAMEAU_LIB..., are found by configure.
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stddef.h>
#include "base/fail.h"

struct library_call {
	const char *name;
	void *at;			/* of the pointer to it */
};

/* file: "libgd.so.3", looked for as the linker does. It stays until the process ends, with all
 * of it resolved: no file is opened later. */
MUST_CHECK bool library_load(const char *file, const struct library_call *calls, size_t n,
			     struct fail *f);

#endif
