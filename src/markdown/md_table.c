/* md_table.c - finding rows of dashes and cutting rows into cells, as GFM has it: the row of
 * dashes has as many cells as the line before it; a pipe behind a backslash does not cut, not
 * even in code. Every line is looked at a constant number of times.
 */
#include "markdown/md_table.h"
#include "base/scan.h"
#include "base/vec.h"
#include "markdown/md_lines.h"
#include "markdown/md_marks.h"
#include "markdown/md_mem.h"
#include "markdown/md_survey.h"
#include <string.h>

struct work {
	struct arena *arena;
	struct md_lines lines;
	struct buf *out;
	struct md_tables *tables;
	size_t cells;
	size_t written;			/* lines copied or rewritten so far */
	struct md_cells *apart;		/* NULL: the source is rewritten */
};

/* A paragraph, and how its lines begin. */
struct block {
	cmark_node *node;
	size_t first, last;		/* lines, counted from 0 */
	struct str prefix;		/* of the first line: markers and blanks */
	char *next_prefix;		/* of the others: only > and blanks */
	unsigned quotes;
	bool underlined;		/* its last line is the line under a heading */
};

/* The part of row up to the next pipe that cuts, trimmed; *rest is behind it.
 * rest->p is NULL when there was none. */
static struct str next_cell(struct str row, struct str *rest)
{
	size_t i = 0;

	while (i < row.n && row.p[i] != '|')
		i += row.p[i] == '\\' && i + 1 < row.n ? 2 : 1;
	*rest = i < row.n ? str_skip(row, i + 1) : STR_NONE;
	if (i < row.n && !rest->p)
		rest->p = row.p + row.n;
	return str_trim(str_sub(row, 0, i));
}

/* Without the pipes at its ends. The last one is left to row_next(). */
static struct str row_open(struct str line)
{
	line = str_trim(line);
	return str_starts(line, STR("|")) ? str_skip(line, 1) : line;
}

/* The next cell; false at the end. What stands behind the last pipe is a cell
 * only if there is something. */
static bool row_next(struct str *row, struct str *cell)
{
	struct str rest;

	if (!row->p || !row->n)
		return false;
	*cell = next_cell(*row, &rest);
	*row = rest.p && str_trim(rest).n ? rest : STR_NONE;
	return true;
}

static unsigned row_count(struct str line)
{
	struct str row = row_open(line), cell;
	unsigned n = 0;

	while (n <= MD_TABLE_COLUMNS && row_next(&row, &cell))
		n++;
	return n;
}

static bool dashes_align(struct str cell, unsigned char *ret)
{
	bool left = str_starts(cell, STR(":"));
	bool right = cell.n > 1 && str_ends(cell, STR(":"));

	cell = str_sub(cell, left, cell.n - right);
	for (size_t i = 0; i < cell.n; i++)
		if (cell.p[i] != '-')
			return false;
	*ret = left && right ? MD_ALIGN_CENTER : left ? MD_ALIGN_LEFT
	       : right ? MD_ALIGN_RIGHT : MD_ALIGN_NONE;
	return cell.n > 0;
}

static bool dashes_parse(struct str line, struct md_table *ret)
{
	struct str row = row_open(line), cell;

	if (!str_has_char(line, '-'))
		return false;
	ret->columns = 0;
	while (row_next(&row, &cell)) {
		if (ret->columns == MD_TABLE_COLUMNS
		    || !dashes_align(cell, &ret->align[ret->columns]))
			return false;
		ret->columns++;
	}
	return ret->columns > 0;
}

/* What stands on a line of the block behind the marks of its containers; false
 * for a line that left out a ">". */
static bool block_content(const struct work *w, const struct block *b, size_t line,
			  struct str *ret)
{
	struct str s = md_lines_get(&w->lines, line);
	unsigned quotes = 0;
	size_t i = line == b->first ? b->prefix.n : 0;

	if (line != b->first)
		for (; i < s.n && strchr(" \t>", s.p[i]); i++) {
			if (s.p[i] == '>' && quotes == b->quotes)
				break;
			quotes += s.p[i] == '>';
		}
	*ret = str_skip(s, i);
	return line == b->first || quotes == b->quotes;
}

/* Lines that stay; their ends are in the source, but perhaps that of the last one. */
static void copy_lines(struct work *w, size_t to)
{
	const struct md_lines *l = &w->lines;
	struct str kept;

	if (w->apart || w->written >= to)
		return;
	kept = str_sub(l->text, l->starts[w->written], l->starts[to]);
	buf_add(w->out, kept);
	if (!str_ends(kept, STR("\n")))
		buf_addc(w->out, '\n');
	w->written = to;
}

static void put_cell(struct work *w, enum md_block kind, struct str cell)
{
	size_t from = 0;

	buf_adds(w->out, "###### ");
	buf_adds(w->out, kind == MD_BLOCK_TABLE ? MARK_TABLE
			 : kind == MD_BLOCK_ROW ? MARK_ROW : MARK_CELL);
	buf_addc(w->out, ' ');
	for (size_t i = 0; i + 1 < cell.n; i++) {
		if (cell.p[i] != '\\')
			continue;
		if (cell.p[i + 1] == '|') {
			buf_add(w->out, str_sub(cell, from, i));
			from = i + 1;
		}
		i++;
	}
	buf_add(w->out, str_skip(cell, from));
	buf_adds(w->out, " ######\n");
}

/* What the inline parser makes more of than a text. */
static inline struct scan is_inline(struct scan b)
{
	struct scan square = scan_or(scan_char(b, 4, '['), scan_char(b, 0, ']'));	/* and _ */
	struct scan ticks = scan_or(scan_char(b, 0, '`'), scan_char(b, 0, '\\'));
	struct scan signs = scan_or(scan_char(b, 0, '*'), scan_char(b, 0, '&'));
	struct scan rest = scan_or(scan_char(b, 0, '<'), scan_char(b, 0, '!'));

	return scan_or(scan_or(square, ticks), scan_or(signs, rest));
}

static void put_apart(struct work *w, const struct block *b, enum md_block kind, struct str cell)
{
	bool plain = scan_next(cell, 0, is_inline) == cell.n;

	*VEC_ADD(w->apart) = (struct md_cell){ b->node, kind, cell, plain };
	if (!plain)
		put_cell(w, kind, cell);
}

static void put_row(struct work *w, const struct block *b, size_t line, enum md_block kind)
{
	const struct md_table *t = w->tables->p[w->tables->n - 1];
	struct str content, row, cell = STR_NONE;

	block_content(w, b, line, &content);
	row = row_open(content);
	for (unsigned i = 0; i < t->columns; i++, kind = MD_BLOCK_CELL) {
		if (!row_next(&row, &cell)) {
			if (i > 0)
				break;
			cell = STR_NONE;
		}
		if (w->apart) {
			put_apart(w, b, kind, cell);
			continue;
		}
		if (line == b->first && i == 0)
			buf_add(w->out, b->prefix);
		else
			buf_adds(w->out, b->next_prefix);
		put_cell(w, kind, cell);
	}
}

/* The table whose row of dashes is at `dashes`; false when it is too large. */
static bool put_table(struct work *w, const struct block *b, size_t dashes,
		      const struct md_table *table, struct fail *f)
{
	size_t line = dashes + 1, end = b->last + !b->underlined;
	struct md_table *t = ARENA_NEW(w->arena, struct md_table);
	struct str content;

	*t = *table;
	*VEC_ADD(w->tables) = t;
	copy_lines(w, dashes - 1);
	put_row(w, b, dashes - 1, MD_BLOCK_TABLE);
	for (; line < end && block_content(w, b, line, &content); line++) {
		w->cells += t->columns;
		if (w->cells > MD_TABLE_CELLS)
			return fail(f, FAIL_TOO_LARGE,
				    "line %d: the tables have more than %d cells",
				    (int)line + 1, MD_TABLE_CELLS);
		put_row(w, b, line, MD_BLOCK_ROW);
	}
	w->written = line;
	return true;
}

static void block_prefix(struct work *w, struct block *b, int column)
{
	struct str line = md_lines_get(&w->lines, b->first);
	char *p;

	b->prefix = str_sub(line, 0, column > 0 ? (size_t)column - 1 : 0);
	b->next_prefix = p = arena_cstr(w->arena, b->prefix);
	for (; *p; p++) {
		b->quotes += *p == '>';
		if (!strchr("> \t", *p))
			*p = ' ';
	}
}

/* The table that the block holds, and the line of its dashes; false: it holds none. */
static bool find_table(struct work *w, struct block *b, cmark_node *node, struct md_table *t,
		       size_t *dashes)
{
	struct str before, line;

	*b = (struct block){ .node = node,
			     .first = (size_t)cmark_node_get_start_line(node) - 1,
			     .last = (size_t)cmark_node_get_end_line(node) - 1,
			     .underlined = cmark_node_get_type(node) == CMARK_NODE_HEADING };
	if (b->last <= b->first || b->last >= w->lines.n || b->first < w->written)
		return false;
	block_prefix(w, b, cmark_node_get_start_column(node));
	block_content(w, b, b->first, &before);
	for (size_t i = b->first + 1; i <= b->last; i++, before = line) {
		if (!block_content(w, b, i, &line))
			return false;
		*dashes = i;
		if (dashes_parse(line, t) && row_count(before) == t->columns
		    && (str_has_char(before, '|') || str_has_char(line, '|')))
			return true;
	}
	return false;
}

bool md_table_rewrite(struct arena *a, struct str source, const struct md_survey *s,
		      struct buf *out, struct md_tables *tables, struct fail *f)
{
	struct work w = { .arena = a, .lines = md_lines_of(a, source), .out = out,
			  .tables = tables };
	struct md_table t;
	struct block b;
	size_t dashes;

	for (size_t i = 0; i < s->n; i++)
		if ((s->p[i].as & MD_SEEN_LINES) && find_table(&w, &b, s->p[i].node, &t, &dashes)
		    && !put_table(&w, &b, dashes, &t, f))
			return false;
	copy_lines(&w, w.lines.n);
	return true;
}

static inline struct scan is_closing(struct scan b)
{
	return scan_char(b, 0, ']');
}

static bool may_define_links(struct str source)
{
	for (size_t at = 0; (at = scan_next(source, at, is_closing)) < source.n; at++)
		if (at + 1 < source.n && source.p[at + 1] == ':')
			return true;
	return false;
}

bool md_table_apart(struct arena *a, struct str source, cmark_node *tree,
		    const struct md_survey *s, struct buf *out, struct md_cells *cells,
		    struct md_tables *tables)
{
	struct work w = { .arena = a, .lines = md_lines_of(a, source), .out = out,
			  .tables = tables, .apart = cells };
	struct md_table t;
	struct block b;
	size_t dashes;

	if (may_define_links(source))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		if (!(s->p[i].as & MD_SEEN_LINES)
		    || !find_table(&w, &b, s->p[i].node, &t, &dashes))
			continue;
		if (b.underlined || dashes != b.first + 1 || cmark_node_parent(b.node) != tree
		    || !put_table(&w, &b, dashes, &t, NULL) || w.written != b.last + 1)
			return false;
	}
	return true;
}

static cmark_node *plain_heading(const struct md_cell *cell)
{
	CLEANUP(mem_freep) char *text = mem_cstr(cell->text);
	cmark_node *heading = cmark_node_new_with_mem(CMARK_NODE_HEADING, &md_mem);
	cmark_node *words = cmark_node_new_with_mem(CMARK_NODE_TEXT, &md_mem);

	cmark_node_set_literal(words, text);
	cmark_node_append_child(heading, words);
	md_blocks_make_cell(heading, cell->kind);
	return heading;
}

void md_table_put(const struct md_cells *cells, cmark_node *headings)
{
	for (size_t i = 0; i < cells->n; i++) {
		const struct md_cell *cell = &cells->p[i];

		cmark_node_insert_before(cell->before, cell->plain ? plain_heading(cell)
					 : cmark_node_first_child(headings));
		if (i + 1 == cells->n || cells->p[i + 1].before != cell->before)
			cmark_node_unlink(cell->before);	/* the survey knows of it */
	}
}
