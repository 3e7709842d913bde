/* css_match.h - does a selector match an element of a page? Selectors level 4, as far as a
 * page at rest has it: what depends on the reader (:hover, :checked) does not match, nor do
 * pseudo-elements. Pure.
 */
#ifndef CHECK_CSS_MATCH_H
#define CHECK_CSS_MATCH_H

#include "check/html_tree.h"

/* One selector, without commas. focus: the element has the focus of the keyboard. */
bool css_match(const struct html_node *n, struct str selector, bool focus);

/* Ids, classes and elements, each below 1024, as one number to compare. */
unsigned css_match_weight(struct str selector);

#endif
