/* theme_test.h - the groups of this folder's tests. */
#ifndef THEME_THEME_TEST_H
#define THEME_THEME_TEST_H

int hostile_sass_tests(void);
int install_tests(void);
int modern_tests(void);
int option_tests(void);
int own_tests(void);
int sass_tests(void);
int themes_known_tests(void);
int themes_load_tests(void);

#endif
