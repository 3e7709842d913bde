/* md_notes.c - cutting by lines: a paragraph of the tree says where definitions may begin. */
#include "markdown/md_notes.h"
#include "base/map.h"
#include "base/vec.h"
#include "markdown/md_blocks.h"
#include "markdown/md_lines.h"
#include "markdown/md_marks.h"
#include <string.h>

struct work {
	struct arena *arena;
	struct md_lines lines;
	struct md_notes *notes;
	struct buf *bodies, *rest;
	size_t done;			/* lines dealt with */
};

/* The label when the line defines a footnote; *body is what follows the colon. */
static bool line_defines(struct str line, struct str *label, struct str *body)
{
	struct str s = line;
	ptrdiff_t end;

	while (s.n && s.p[0] == ' ' && line.n - s.n < 3)
		s = str_skip(s, 1);
	if (!str_starts(s, STR("[" MARK_NOTE)))
		return false;
	s = str_skip(s, 1 + MARK_BYTES);
	end = str_find(s, STR("]" MARK_NOTE_DEF ":"));
	if (end <= 0 || str_has_char(str_sub(s, 0, (size_t)end), '['))
		return false;
	*label = str_sub(s, 0, (size_t)end);
	*body = str_trim(str_skip(s, (size_t)end + 2 + MARK_BYTES));
	return true;
}

/* The line without four columns of indent; false when it has fewer. */
static bool line_indented(struct str line, struct str *ret)
{
	for (size_t i = 0; i < line.n && i < 4; i++) {
		if (line.p[i] == '\t' || (i == 3 && line.p[i] == ' ')) {
			*ret = str_skip(line, i + 1);
			return true;
		}
		if (line.p[i] != ' ')
			return false;
	}
	return false;
}

static void put_body_line(struct work *w, struct str s)
{
	buf_adds(w->bodies, "> ");
	buf_add(w->bodies, s);
	buf_addc(w->bodies, '\n');
}

static void note_begin(struct work *w, struct str label, struct str body)
{
	struct md_note *note = ARENA_NEW(w->arena, struct md_note);

	note->label = label;
	*VEC_ADD(w->notes) = note;
	if (!map_find(w->notes->by_label, label))
		map_put(w->notes->by_label, label, note);
	buf_adds(w->bodies, "\n> ###### " MARK_NOTE_BODY "\n");
	put_body_line(w, body);
}

static void copy_line(struct work *w, size_t line)
{
	buf_add(w->rest, md_lines_get(&w->lines, line));
	buf_addc(w->rest, '\n');
}

/* The indented lines behind a definition, with the blank ones between them. */
static void take_indented(struct work *w, size_t from)
{
	struct str s;
	size_t end = from;

	for (size_t i = from; i < w->lines.n; i++) {
		if (md_lines_blank(&w->lines, i))
			continue;
		if (!line_indented(md_lines_get(&w->lines, i), &s))
			break;
		end = i + 1;
	}
	for (size_t i = from; i < end; i++)
		put_body_line(w, line_indented(md_lines_get(&w->lines, i), &s) ? s : STR_NONE);
	w->done = end;
	if (end > from)
		buf_addc(w->rest, '\n');
}

/* A paragraph from line `first` up to `end`: its lines before the first definition
 * stay, all others are footnotes. */
static void take_paragraph(struct work *w, size_t first, size_t end)
{
	struct str label, body;
	bool in_note = false;

	for (size_t i = first; i < end; i++) {
		if (line_defines(md_lines_get(&w->lines, i), &label, &body)) {
			note_begin(w, label, body);
			in_note = true;
		} else if (in_note) {
			put_body_line(w, str_trim(md_lines_get(&w->lines, i)));
		} else {
			copy_line(w, i);
		}
	}
	w->done = end;
	if (in_note)
		take_indented(w, end);
}

static void visit(struct work *w, cmark_node *node)
{
	size_t first = (size_t)cmark_node_get_start_line(node) - 1;
	size_t end = (size_t)cmark_node_get_end_line(node);
	bool underlined = cmark_node_get_type(node) == CMARK_NODE_HEADING;

	if (end > w->lines.n || first < w->done)
		return;
	while (w->done < first)
		copy_line(w, w->done++);
	if (end > first + 1 && underlined)
		end--;
	take_paragraph(w, first, end);
}

bool md_notes_rewrite(struct arena *a, struct str source, cmark_node *tree, struct buf *out,
		      struct md_notes *notes, struct fail *f)
{
	CLEANUP(buf_release) struct buf rest = BUF(out->max);
	struct work w = { .arena = a, .lines = md_lines_of(a, source), .notes = notes,
			  .bodies = out, .rest = &rest };
	cmark_iter *iter = cmark_iter_new(tree);
	cmark_event_type event;

	notes->by_label = map_new();
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (event != CMARK_EVENT_ENTER
		    || (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING))
			continue;
		visit(&w, node);
		cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
	}
	cmark_iter_free(iter);
	while (w.done < w.lines.n)
		copy_line(&w, w.done++);
	buf_addc(out, '\n');
	buf_add(out, buf_str(&rest));
	out->over |= rest.over;
	if (notes->n > MD_NOTES_MAX)
		return fail(f, FAIL_TOO_LARGE, "the text has more than %d footnotes", MD_NOTES_MAX);
	return true;
}

void md_notes_attach(struct md_notes *notes, cmark_node *tree)
{
	cmark_node *node = cmark_node_first_child(tree);

	for (size_t i = 0; node && i < notes->n; node = cmark_node_next(node))
		if (md_blocks_kind(node) == MD_BLOCK_NOTE_BODY)
			notes->p[i++]->body = node;
}

void md_notes_release(struct md_notes *notes)
{
	map_free(notes->by_label, NULL);
	VEC_FREE(notes);
}
