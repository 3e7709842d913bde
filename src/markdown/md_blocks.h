/* md_blocks.h - what a block is beside what cmark says, as a pass over the tree.
 *
 * The text that made a block special ("[!NOTE]", "[x] ", the mark of a cell) is
 * cut off once, and the node keeps what it is as its user data.
 */
#ifndef MARKDOWN_MD_BLOCKS_H
#define MARKDOWN_MD_BLOCKS_H

#include <cmark.h>
#include <stdbool.h>
#include <stddef.h>

enum md_block {
	MD_BLOCK_PLAIN,
	MD_BLOCK_TASK_OPEN, MD_BLOCK_TASK_DONE,			/* paragraphs */
	MD_BLOCK_TABLE, MD_BLOCK_ROW, MD_BLOCK_CELL,		/* headings: see md_table.h */
	MD_BLOCK_NOTE_BODY,					/* quotes */
	MD_BLOCK_ADMONITION,					/* quotes */
};

struct md_admonition {
	const char *mark, *class, *title;
	size_t word;			/* where its title stands in struct markdown_words */
};

struct md_survey;

/* The blocks that the survey saw. */
void md_blocks_pass(const struct md_survey *s);
/* A heading of ours becomes MD_BLOCK_TABLE, _ROW or _CELL. */
void md_blocks_make_cell(cmark_node *heading, enum md_block kind);
enum md_block md_blocks_kind(cmark_node *node);			/* NULL is plain */
const struct md_admonition *md_blocks_admonition(cmark_node *node);

/* For those an iterator has no EXIT event, inline ones included. */
static inline bool md_blocks_is_leaf(cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_THEMATIC_BREAK:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_TEXT:
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
	case CMARK_NODE_CODE:
	case CMARK_NODE_HTML_INLINE:
		return true;
	default:
		return false;
	}
}

#endif
