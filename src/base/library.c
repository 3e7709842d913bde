/* library.c - see library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const struct library_call *calls, size_t n, struct fail *f)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		return fail(f, FAIL_NOT_FOUND, "the library %s cannot be loaded: install it",
			    file);
	for (size_t i = 0; i < n; i++) {
		void *found = dlsym(library, calls[i].name);

		if (!found)
			return fail(f, FAIL_NOT_FOUND, "the library %s has no %s(): install one"
				    " of the version that this program was built with", file,
				    calls[i].name);
		memcpy(calls[i].at, &found, sizeof found);
	}
	return true;
}
