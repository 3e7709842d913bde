/* markdown_test.h - what the test programs of this folder share. */
#ifndef MARKDOWN_MARKDOWN_TEST_H
#define MARKDOWN_MARKDOWN_TEST_H

#include "base/test.h"
#include "markdown/markdown.h"

int markdown_tests(void);
int safety_tests(void);
int spec_tests(void);

int md_test_arena_make(void **state);
int md_test_arena_free(void **state);

/* The html of a text; a failure ends the test. */
struct str md_test_html(void **state, const char *source, const struct markdown_options *o);
void md_test_has(struct str html, const char *part);
void md_test_lacks(struct str html, const char *part);

/* source, rendered as an English post, gives exactly html. */
void md_test_gives(void **state, const char *source, const char *html);

#endif
