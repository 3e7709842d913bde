/* theme_test.c - all unit tests of theme/. Started as "theme_test sass-child" it is the
 * child that compiles stylesheets for them. */
#include <string.h>
#include "base/test.h"
#include "theme/sass_child.h"
#include "theme/theme_test.h"

struct str theme_test_render(struct arena *a, struct theme *t, const char *name,
			     struct value *root)
{
	CLEANUP(buf_release) struct buf out = BUF(100000);
	struct render_env env = { .arg = t, .find = theme_find_template };
	struct fail f = FAIL_INIT;

	assert_ok(template_render(theme_template(t, str_of(name)), root, &env, &out, &f), &f);
	return arena_str(a, buf_str(&out));
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	return option_tests() + sass_tests() + modern_tests() + hostile_sass_tests()
		+ theme_load_tests() + sheet_cache_tests() + themes_load_tests()
		+ themes_known_tests() + install_tests() + own_tests();
}
