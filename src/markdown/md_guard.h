/* md_guard.h - refuses, before the parser sees it, what the parser is slow on.
 *
 * cmark 0.30 takes quadratic time on some shapes. Each has a cheap upper bound
 * of the steps it can cost, counted here in one pass over the source; a text
 * over the bound is refused with the line where it got there. Nothing here
 * measures time: the same text is always judged the same.
 */
#ifndef MARKDOWN_MD_GUARD_H
#define MARKDOWN_MD_GUARD_H

#include "base/fail.h"

#define MD_GUARD_DEPTH  48		/* quotes and list items inside each other */
#define MD_GUARD_NESTED 200		/* anything inside each other, after parsing */
#define MD_GUARD_NODES  100000		/* of the tree; a long book chapter has 20,000 */
#define MD_GUARD_MARKS  100000	/* places where an inline may begin or end: * _ [ " & ... */
#define MD_GUARD_BLANKS 4000000		/* blank lines, times the list items they are in */
#define MD_GUARD_STEPS  10000000	/* of any one quadratic shape, in the whole text */
#define MD_GUARD_COPIES 40000000	/* bytes of link definitions, times their uses */

/* The most containers that can be open on a line, at least; MD_GUARD_DEPTH + 1 for
 * all that is deeper. For the test that holds it against the parser. */
unsigned md_guard_depth(struct str source);

MUST_CHECK bool md_guard_check(struct str source, struct fail *f);

#endif
