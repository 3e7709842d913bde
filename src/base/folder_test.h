/* folder_test.h - a folder for a unit test, gone when the test's arena is. */
#ifndef BASE_FOLDER_TEST_H
#define BASE_FOLDER_TEST_H

#include <stdlib.h>

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

/* What is in the source: "tests/data/themes". Outside of `make check` its folder is two above. */
static inline const char *folder_test_source(struct arena *a, const char *name)
{
	const char *top = getenv("top_srcdir");

	return path_join(a, top ? top : "../..", str_of(name));
}

/* A file of the folder, with the folders that its name asks for. */
static inline void folder_test_put(struct arena *a, const char *dir, const char *name,
				   const char *text)
{
	const char *path = path_join(a, dir, str_of(name));
	struct fail f = FAIL_INIT;

	assert_ok(dir_make(arena_cstr(a, path_dir(str_of(path))), &f), &f);
	assert_ok(file_write(path, str_of(text), false, &f), &f);
}

/* Everything of a folder into another, which is made. */
static inline void folder_test_copy(struct arena *a, const char *from, const char *to)
{
	struct dir_entry *entries;
	struct fail f = FAIL_INIT;
	size_t n;

	assert_ok(dir_make(to, &f), &f);
	assert_ok(dir_list(a, from, &entries, &n, &f), &f);
	for (size_t i = 0; i < n; i++) {
		const char *source = path_join(a, from, str_of(entries[i].name));
		const char *target = path_join(a, to, str_of(entries[i].name));

		if (entries[i].is_dir)
			folder_test_copy(a, source, target);
		else
			assert_ok(file_copy(source, target, &f), &f);
	}
}

#endif
