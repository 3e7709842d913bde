/* Finding rows of dashes and cutting rows into cells, as GFM has it: the row of
 * dashes has as many cells as the line before it; a pipe behind a backslash does
 * not cut, not even in code. Every line is looked at a constant number of times.
 */
#include "markdown/md_table.h"
#include "base/vec.h"
#include "markdown/md_lines.h"
#include "markdown/md_marks.h"
#include <string.h>

struct work {
	struct arena *arena;
	struct md_lines lines;
	struct buf *out;
	struct md_tables *tables;
	size_t cells;
	size_t written;			/* lines copied or rewritten so far */
};

/* A paragraph, and how its lines begin. */
struct block {
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

static void copy_lines(struct work *w, size_t to)
{
	while (w->written < to) {
		buf_add(w->out, md_lines_get(&w->lines, w->written++));
		buf_addc(w->out, '\n');
	}
}

static void put_cell(struct work *w, const char *mark, struct str cell)
{
	size_t from = 0;

	buf_adds(w->out, "###### ");
	buf_adds(w->out, mark);
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

static void put_row(struct work *w, const struct block *b, size_t line, const char *mark)
{
	const struct md_table *t = w->tables->p[w->tables->n - 1];
	struct str content, row, cell = STR_NONE;

	block_content(w, b, line, &content);
	row = row_open(content);
	for (unsigned i = 0; i < t->columns; i++) {
		bool more = row_next(&row, &cell);

		if (!more && i > 0)
			break;
		if (line == b->first && i == 0)
			buf_add(w->out, b->prefix);
		else
			buf_adds(w->out, b->next_prefix);
		put_cell(w, i == 0 ? mark : MARK_CELL, more ? cell : STR_NONE);
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
	put_row(w, b, dashes - 1, MARK_TABLE);
	for (; line < end && block_content(w, b, line, &content); line++) {
		w->cells += t->columns;
		if (w->cells > MD_TABLE_CELLS)
			return fail(f, FAIL_TOO_LARGE,
				    "line %d: the tables have more than %d cells",
				    (int)line + 1, MD_TABLE_CELLS);
		put_row(w, b, line, MARK_ROW);
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

static bool rewrite_block(struct work *w, cmark_node *node, struct fail *f)
{
	struct block b = { .first = (size_t)cmark_node_get_start_line(node) - 1,
			   .last = (size_t)cmark_node_get_end_line(node) - 1,
			   .underlined = cmark_node_get_type(node) == CMARK_NODE_HEADING };
	struct md_table t;
	struct str before, line;

	if (b.last <= b.first || b.last >= w->lines.n || b.first < w->written)
		return true;
	block_prefix(w, &b, cmark_node_get_start_column(node));
	block_content(w, &b, b.first, &before);
	for (size_t i = b.first + 1; i <= b.last; i++, before = line) {
		if (!block_content(w, &b, i, &line))
			return true;
		if (dashes_parse(line, &t) && row_count(before) == t.columns
		    && (str_has_char(before, '|') || str_has_char(line, '|')))
			return put_table(w, &b, i, &t, f);
	}
	return true;
}

bool md_table_rewrite(struct arena *a, struct str source, cmark_node *tree, struct buf *out,
		      struct md_tables *tables, struct fail *f)
{
	struct work w = { .arena = a, .lines = md_lines_of(a, source), .out = out,
			  .tables = tables };
	cmark_iter *iter = cmark_iter_new(tree);
	cmark_event_type event;
	bool ok = true;

	while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (event != CMARK_EVENT_ENTER
		    || (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING))
			continue;
		ok = rewrite_block(&w, node, f);
		cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
	}
	cmark_iter_free(iter);
	if (ok)
		copy_lines(&w, w.lines.n);
	return ok;
}
