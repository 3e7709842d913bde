/* md_blocks.c - each block is looked at once; only the first text of it matters. */
#include "markdown/md_blocks.h"
#include "base/mem.h"
#include "markdown/markdown.h"
#include "markdown/md_marks.h"
#include "markdown/md_survey.h"
#include <string.h>

struct kind {
	enum md_block block;
	struct md_admonition admonition;
};

#define ADMONITION(mark, class, title, word) \
	{ MD_BLOCK_ADMONITION, { mark, class, title, offsetof(struct markdown_words, word) } }

static const struct kind ADMONITIONS[] = {
	ADMONITION("[!NOTE]", "note", "Note", note),
	ADMONITION("[!TIP]", "tip", "Tip", tip),
	ADMONITION("[!IMPORTANT]", "important", "Important", important),
	ADMONITION("[!WARNING]", "warning", "Warning", warning),
	ADMONITION("[!CAUTION]", "caution", "Caution", caution),
};

static const struct kind TASK_OPEN = { .block = MD_BLOCK_TASK_OPEN };
static const struct kind TASK_DONE = { .block = MD_BLOCK_TASK_DONE };
static const struct kind NOTE_BODY = { .block = MD_BLOCK_NOTE_BODY };

static const struct { const char *mark; struct kind kind; } CELLS[] = {
	{ MARK_TABLE, { .block = MD_BLOCK_TABLE } },
	{ MARK_ROW, { .block = MD_BLOCK_ROW } },
	{ MARK_CELL, { .block = MD_BLOCK_CELL } },
};

static cmark_node_type type_of(cmark_node *node)
{
	return node ? cmark_node_get_type(node) : CMARK_NODE_NONE;
}

static bool is_break(cmark_node *node)
{
	return type_of(node) == CMARK_NODE_SOFTBREAK || type_of(node) == CMARK_NODE_LINEBREAK;
}

/* The text that opens a block, or the empty string. */
static struct str opening(cmark_node *block)
{
	cmark_node *text = cmark_node_first_child(block);

	return type_of(text) == CMARK_NODE_TEXT ? str_of(cmark_node_get_literal(text))
						: STR_NONE;
}

static void drop(cmark_node *node)
{
	cmark_node_unlink(node);
	cmark_node_free(node);
}

static void set(cmark_node *node, const struct kind *kind)
{
	cmark_node_set_user_data(node, (void *)kind);
}

/* Cuts n bytes and the blanks behind them off the block's opening. */
static void cut_opening(cmark_node *block, size_t n)
{
	cmark_node *text = cmark_node_first_child(block);
	struct str s = str_skip(str_of(cmark_node_get_literal(text)), n);
	CLEANUP(mem_freep) char *copy = NULL;

	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_skip(s, 1);
	copy = mem_cstr(s);
	cmark_node_set_literal(text, copy);
}

static void mark_task(cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item);
	struct str s;

	if (type_of(paragraph) != CMARK_NODE_PARAGRAPH)
		return;
	s = opening(paragraph);
	if (s.n < 4 || s.p[0] != '[' || !strchr(" xX", s.p[1]) || s.p[2] != ']'
	    || (s.p[3] != ' ' && s.p[3] != '\t'))
		return;
	set(paragraph, s.p[1] == ' ' ? &TASK_OPEN : &TASK_DONE);
	cut_opening(paragraph, 3);
}

static void mark_quote(cmark_node *quote)
{
	cmark_node *first = cmark_node_first_child(quote), *next;
	struct str s = first ? opening(first) : STR_NONE;

	if (type_of(first) == CMARK_NODE_HEADING && md_marks_is(s, 0, MARK_NOTE_BODY)) {
		set(quote, &NOTE_BODY);
		drop(first);
		return;
	}
	if (type_of(first) != CMARK_NODE_PARAGRAPH || !str_starts(s, STR("[!")))
		return;
	next = cmark_node_next(cmark_node_first_child(first));
	if (next && !is_break(next))
		return;
	for (size_t i = 0; i < ARRAY_LEN(ADMONITIONS); i++) {
		if (!str_eq_nocase(str_trim(s), str_of(ADMONITIONS[i].admonition.mark)))
			continue;
		set(quote, &ADMONITIONS[i]);
		if (!next) {
			drop(first);
			return;
		}
		drop(cmark_node_first_child(first));
		drop(next);
		return;
	}
}

static void mark_cell(cmark_node *heading)
{
	struct str s = opening(heading);

	for (size_t i = 0; i < ARRAY_LEN(CELLS); i++) {
		if (!md_marks_is(s, 0, CELLS[i].mark))
			continue;
		set(heading, &CELLS[i].kind);
		cut_opening(heading, MARK_BYTES);
		return;
	}
}

/* From the end, so that what is dropped was looked at before. */
void md_blocks_pass(const struct md_survey *s)
{
	for (size_t i = s->n; i-- > 0;) {
		cmark_node *node = s->p[i].node;

		if (!(s->p[i].as & MD_SEEN_BLOCK))
			continue;
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_ITEM:
			mark_task(node);
			break;
		case CMARK_NODE_BLOCK_QUOTE:
			mark_quote(node);
			break;
		default:
			mark_cell(node);
			break;
		}
	}
}

void md_blocks_make_cell(cmark_node *heading, enum md_block kind)
{
	for (size_t i = 0; i < ARRAY_LEN(CELLS); i++)
		if (CELLS[i].kind.block == kind)
			set(heading, &CELLS[i].kind);
}

enum md_block md_blocks_kind(cmark_node *node)
{
	const struct kind *kind = node ? cmark_node_get_user_data(node) : NULL;

	return kind ? kind->block : MD_BLOCK_PLAIN;
}

const struct md_admonition *md_blocks_admonition(cmark_node *node)
{
	const struct kind *kind = cmark_node_get_user_data(node);

	return kind && kind->block == MD_BLOCK_ADMONITION ? &kind->admonition : NULL;
}
