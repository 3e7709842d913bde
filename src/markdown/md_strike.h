/* md_strike.h - ~struck~ and ~~struck~~ text, as a pass over the tree. */
#ifndef MARKDOWN_MD_STRIKE_H
#define MARKDOWN_MD_STRIKE_H

#include <cmark.h>
#include <stdbool.h>

/* Wraps what is struck in custom inline nodes. Text nodes are consolidated. */
void md_strike_pass(cmark_node *tree);
bool md_strike_is(cmark_node *node);

#endif
