/* tests.h - what the test programs of this folder share. */
#ifndef MARKDOWN_TESTS_H
#define MARKDOWN_TESTS_H

#include "base/test.h"
#include "markdown/markdown.h"

int markdown_tests(void);
int safety_tests(void);
int spec_tests(void);

int tests_arena_make(void **state);
int tests_arena_free(void **state);

/* The html of a text; a failure ends the test. */
struct str tests_html(void **state, const char *source, const struct markdown_options *o);
void tests_has(struct str html, const char *part);
void tests_lacks(struct str html, const char *part);

/* source, rendered as an English post, gives exactly html. */
void tests_gives(void **state, const char *source, const char *html);

#endif
