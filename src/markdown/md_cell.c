/* md_cell.c - cells, and the rows and tables that begin and end with them.
 *
 * cmark knows no tables: md_table.c made a heading of each cell, md_blocks_kind() tells which
 * one begins a table or a row.
 */
#include "markdown/md_emit.h"
#include "markdown/md_blocks.h"

/* In case the second parse should not have kept what the first one promised. */
static const struct md_table NARROW = { .columns = 1 };

static void open_table(struct md_emit *e)
{
	struct str name = e->options->words.table;

	e->table = e->next_table < e->tables->n ? e->tables->p[e->next_table++] : &NARROW;
	e->in_head = true;
	md_emit_add(e, "<div class=\"table-scroll\" tabindex=\"0\"");
	if (name.n) {
		md_emit_add(e, " role=\"group\" aria-label=\"");
		html_escape_to(e->html.out, name);
		md_emit_add(e, "\"");
	}
	md_emit_add(e, ">\n<table>\n<thead>\n<tr>\n");
}

static void open_cell(struct md_emit *e)
{
	static const char *const ALIGNED[] = {
		">", " class=\"align-left\">", " class=\"align-center\">",
		" class=\"align-right\">",
	};
	unsigned char align = e->table->align[e->column++];

	e->cell_at = e->html.out->n;
	md_emit_add(e, e->in_head ? "<th scope=\"col\"" : "<td");
	md_emit_add(e, ALIGNED[align]);
	e->cell_text = e->html.out->n;
}

/* A head cell that heads nothing is no head: WCAG 1.3.1. */
static void close_cell(struct md_emit *e)
{
	if (e->in_head && e->html.out->n == e->cell_text) {
		buf_cut(e->html.out, e->cell_at);
		md_emit_add(e, "<td></td>\n");
	} else {
		md_emit_add(e, e->in_head ? "</th>\n" : "</td>\n");
	}
}

static void close_row(struct md_emit *e)
{
	while (e->column < e->table->columns) {
		open_cell(e);
		close_cell(e);
	}
	md_emit_add(e, "</tr>\n");
	if (e->in_head)
		md_emit_add(e, "</thead>\n");
	e->column = 0;
}

void md_emit_enter_cell(struct md_emit *e, cmark_node *node)
{
	enum md_block kind = md_blocks_kind(node);

	if (kind == MD_BLOCK_TABLE || !e->table) {
		open_table(e);
	} else if (kind == MD_BLOCK_ROW) {
		md_emit_add(e, e->in_head ? "<tbody>\n<tr>\n" : "<tr>\n");
		e->in_head = false;
	}
	open_cell(e);
	md_html_enter(&e->html, MD_HOLDS_PHRASING);
}

void md_emit_leave_cell(struct md_emit *e, cmark_node *node)
{
	enum md_block next = md_blocks_kind(cmark_node_next(node));

	md_html_leave(&e->html);
	close_cell(e);
	buf_addc(e->html.text, ' ');
	/* An excerpt that ends in this cell ends its row and its table, too. */
	if (!e->stop && next == MD_BLOCK_CELL && e->column < e->table->columns)
		return;
	close_row(e);
	buf_addc(e->html.text, '\n');
	if (!e->stop && next == MD_BLOCK_ROW)
		return;
	md_emit_add(e, e->in_head ? "</table>\n</div>\n" : "</tbody>\n</table>\n</div>\n");
	e->table = NULL;
}
