/* md_table.h - tables, found in a parsed tree and rewritten in the source.
 *
 * Which lines form a paragraph only the block parser knows; what a cell holds
 * only the inline parser. So the text is parsed once, every paragraph with a row
 * of dashes is rewritten with one marked "######" heading a cell (a heading is
 * one line, ends a paragraph, and loosens no list), and the whole is parsed
 * again. The emitter makes the marked headings a table.
 */
#ifndef MARKDOWN_MD_TABLE_H
#define MARKDOWN_MD_TABLE_H

#include <cmark.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

#define MD_TABLE_CELLS    50000		/* of one text, with those that rows leave out */
#define MD_TABLE_COLUMNS 200

enum md_align { MD_ALIGN_NONE, MD_ALIGN_LEFT, MD_ALIGN_CENTER, MD_ALIGN_RIGHT };

struct md_table {
	unsigned columns;
	unsigned char align[MD_TABLE_COLUMNS];
};

struct md_tables {
	struct md_table **p;		/* in the order of the text */
	size_t n, cap;
};

/* Writes the source with its tables rewritten to out; *changed when there were. */
MUST_CHECK bool md_table_rewrite(struct arena *a, struct str source, cmark_node *tree,
				 struct buf *out, struct md_tables *tables, struct fail *f);

#endif
