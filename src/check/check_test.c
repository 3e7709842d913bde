/* check_test.c - runs the unit tests of check/. */
#include "check/check_test.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/folder_test.h"
#include "base/limits.h"
#include "theme/sass_child.h"

void check_test_reset(struct check_test *w)
{
	arena_reset(w->a);
	w->dir = path_join(w->a, w->root, STR("clean"));
	assert_ok(dir_remove(w->dir, &w->f), &w->f);
	folder_test_copy(w->a, folder_test_source(w->a, "tests/data/check/clean"), w->dir);
}

void check_test_change(struct check_test *w, const char *file, const char *find, const char *put)
{
	CLEANUP(buf_release) struct buf text = BUF(1 * MIB), out = BUF(1 * MIB);
	const char *path = path_join(w->a, w->dir, str_of(file));
	ptrdiff_t at;

	if (!put) {
		assert_ok(file_remove(path, &w->f), &w->f);
		return;
	}
	if (!find) {
		assert_ok(dir_make(arena_cstr(w->a, path_dir(str_of(path))), &w->f), &w->f);
		assert_ok(file_write(path, str_of(put), false, &w->f), &w->f);
		return;
	}
	assert_ok(file_read(path, &text, &w->f), &w->f);
	at = str_find(buf_str(&text), str_of(find));
	if (at < 0)
		fail_msg("%s is not in %s", find, file);
	buf_add(&out, str_sub(buf_str(&text), 0, (size_t)at));
	buf_adds(&out, put);
	buf_add(&out, str_skip(buf_str(&text), (size_t)at + strlen(find)));
	assert_ok(file_write(path, buf_str(&out), false, &w->f), &w->f);
}

void check_test_run(struct check_test *w, struct check_report *ret)
{
	struct check_source source = { .dirs = { w->dir }, .n_dirs = 1, .catalogs = w->catalogs };

	assert_ok(check_theme(w->a, &source, ret, &w->f), &w->f);
}

int main(int argc, char **argv)
{
	struct check_test w = { .root = "/tmp/check-XXXXXX" };
	int failed;

	if (argc == 2 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	if (!mkdtemp(w.root))
		return 1;
	w.a = arena_new(0);
	if (!catalogs_load(folder_test_source(w.a, "lang"), NULL, &w.catalogs, &w.f))
		return 1;
	failed = contrast_tests() + rules_tests(&w);
	catalogs_unref(w.catalogs);
	arena_free(w.a);
	return failed || !dir_remove(w.root, NULL);
}
