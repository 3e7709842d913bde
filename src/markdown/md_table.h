/* md_table.h - tables, found in a parsed tree and rewritten in the source, or apart from it.
 *
 * Which lines form a paragraph only the block parser knows; what a cell holds
 * only the inline parser. So the text is parsed once, every paragraph with a row
 * of dashes is rewritten with one marked "######" heading a cell (a heading is
 * one line, ends a paragraph, and loosens no list), and the whole is parsed
 * again. The emitter makes the marked headings a table.
 *
 * Most tables stand for themselves: the whole of a paragraph that is in no quote and no list,
 * in a text that defines no link. Of those the cells are parsed apart, without the rest of the
 * text, and put where the paragraph was: the same tree.
 */
#ifndef MARKDOWN_MD_TABLE_H
#define MARKDOWN_MD_TABLE_H

#include <cmark.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "markdown/md_blocks.h"

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

struct md_survey;

/* Writes the source with its tables rewritten to out. The survey is that of its tree. */
MUST_CHECK bool md_table_rewrite(struct arena *a, struct str source, const struct md_survey *s,
				 struct buf *out, struct md_tables *tables, struct fail *f);

/* One cell of a table apart. */
struct md_cell {
	cmark_node *before;		/* the paragraph in whose place it comes */
	enum md_block kind;
	struct str text;		/* of a plain cell */
	bool plain;			/* else it is the next heading of the source of cells */
};

struct md_cells {
	struct md_cell *p;		/* in the order of the text */
	size_t n, cap;
};

/* True when all tables are such that stand for themselves (or there are none): their cells, and
 * the headings of those that must be parsed in out. False: nothing of that counts. */
bool md_table_apart(struct arena *a, struct str source, cmark_node *tree,
		    const struct md_survey *s, struct buf *out, struct md_cells *cells,
		    struct md_tables *tables);

/* Puts the cells where they belong; headings is the tree of the source of cells, or NULL. */
void md_table_put(const struct md_cells *cells, cmark_node *headings);

#endif
