/* theme_test.h - the groups of this folder's tests, and what tests of whole themes share. */
#ifndef THEME_THEME_TEST_H
#define THEME_THEME_TEST_H

#include "theme/theme.h"

/* The page that the template makes of root; it must succeed. */
struct str theme_test_render(struct arena *a, struct theme *t, const char *name,
			     struct value *root);

int hostile_sass_tests(void);
int install_tests(void);
int modern_tests(void);
int option_tests(void);
int own_tests(void);
int sass_tests(void);
int sheet_cache_tests(void);
int theme_load_tests(void);
int themes_known_tests(void);
int themes_load_tests(void);

#endif
