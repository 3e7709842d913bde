/* folder_test.h - a folder for a unit test, gone when the test's arena is. */
#ifndef BASE_FOLDER_TEST_H
#define BASE_FOLDER_TEST_H

#include "base/file.h"
#include "base/test.h"

static inline void folder_test_remove(void *dir)
{
	struct fail f = FAIL_INIT;

	if (!dir_remove(dir, &f))
		print_error("%s\n", f.text);
}

/* New and empty. */
static inline const char *folder_test_new(struct arena *a)
{
	struct fail f = FAIL_INIT;
	const char *dir;

	assert_ok(dir_temporary(a, "test", &dir, &f), &f);
	arena_defer(a, folder_test_remove, (void *)dir);
	return dir;
}

#endif
