/* md_survey.h - one walk over a parsed tree, for all passes that ask for some of its nodes.
 */
#ifndef MARKDOWN_MD_SURVEY_H
#define MARKDOWN_MD_SURVEY_H

#include <cmark.h>
#include "base/fail.h"

enum md_seen_as {
	MD_SEEN_BLOCK = 1,		/* an item, a quote, a heading: see md_blocks.h */
	MD_SEEN_LINES = 2,		/* a paragraph or heading of several lines */
};

struct md_seen {
	cmark_node *node;
	unsigned as;			/* of enum md_seen_as */
};

struct md_survey {
	struct md_seen *p;		/* in the order of the text */
	size_t n, cap;
	size_t nodes;
	int depth;			/* of what is not a leaf, the root being 1 */
	int highest;			/* level of a heading; 7: there is none */
};

/* Of this tree alone: what was known of another is forgotten. */
void md_survey_take(struct md_survey *s, cmark_node *tree);
/* Of this tree, too. */
void md_survey_more(struct md_survey *s, cmark_node *tree);
void md_survey_release(struct md_survey *s);

/* Browsers flatten what is nested deeper than some hundred elements, and our own walks look at
 * parents; each of the walks takes its time for every node. FAIL_INVALID, FAIL_TOO_LARGE with
 * the line. */
bool md_survey_is_fine(const struct md_survey *s);
MUST_CHECK bool md_survey_check(const struct md_survey *s, cmark_node *tree, struct fail *f);

#endif
