/* md_strike.c - tildes are matched among the children of one node, when all below them is done:
 * one or two of them, opening and closing with the same number, by the rules of the * (left-
 * and right-flanking). Each node moves at most once for every strike that is put round it, and
 * what was moved counts as one node afterwards.
 */
#include "markdown/md_strike.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "markdown/md_marks.h"
#include "markdown/md_mem.h"
#include <string.h>

static char strike;			/* its address is the kind of our custom nodes */

struct run {
	cmark_node *node;		/* a text node with nothing but the tildes */
	unsigned length;
	bool opens, closes;
};

struct runs {
	struct run *p;
	size_t n, cap;
};

bool md_strike_is(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_CUSTOM_INLINE
	       && cmark_node_get_user_data(node) == &strike;
}

/* How a neighbour counts: white space or an end, punctuation, anything else. */
enum side { SIDE_SPACE, SIDE_MARK, SIDE_WORD };

static enum side side_of(char c)
{
	if (c == '\0' || c == ' ' || c == '\t' || c == '\n')
		return SIDE_SPACE;
	if (c > ' ' && c < 0x7f && !(c >= '0' && c <= '9')
	    && !((c | 32) >= 'a' && (c | 32) <= 'z'))
		return SIDE_MARK;
	return SIDE_WORD;
}

static enum side side_of_node(cmark_node *node)
{
	cmark_node_type type = node ? cmark_node_get_type(node) : CMARK_NODE_SOFTBREAK;

	if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
		return SIDE_SPACE;
	return SIDE_MARK;
}

static cmark_node *text_after(cmark_node *node, const char *p, size_t n)
{
	CLEANUP(mem_freep) char *copy = mem_cstr(str_from(p, n));
	cmark_node *text = cmark_node_new_with_mem(CMARK_NODE_TEXT, &md_mem);

	cmark_node_set_literal(text, copy);
	cmark_node_insert_after(node, text);
	return text;
}

/* Splits the runs of a text node off into nodes of their own; returns the last
 * node made. The text is copied once. */
static cmark_node *split(cmark_node *node, struct runs *runs)
{
	CLEANUP(mem_freep) char *text = mem_cstr(str_of(cmark_node_get_literal(node)));
	cmark_node *before = cmark_node_previous(node), *after = cmark_node_next(node);
	cmark_node *last = node;
	size_t n = strlen(text), from = 0;

	for (size_t i = 0; i < n;) {
		size_t length = strspn(text + i, "~");
		struct run run = { .length = (unsigned)length };
		enum side left, right;

		if (!length || length > 2 || (i >= MARK_BYTES
		    && md_marks_is(str_from(text, n), i - MARK_BYTES, MARK_ESC_NEXT))) {
			i += length ? length : strcspn(text + i, "~");
			continue;
		}
		left = i ? side_of(text[i - 1]) : side_of_node(before);
		right = i + length < n ? side_of(text[i + length]) : side_of_node(after);
		run.opens = right == SIDE_WORD || (right == SIDE_MARK && left != SIDE_WORD);
		run.closes = left == SIDE_WORD || (left == SIDE_MARK && right != SIDE_WORD);
		if (!run.opens && !run.closes) {
			i += length;
			continue;
		}
		if (i > from)
			last = text_after(last, text + from, i - from);
		run.node = last = text_after(last, text + i, length);
		*VEC_ADD(runs) = run;
		from = i += length;
	}
	if (last == node)
		return node;
	if (n > from)
		last = text_after(last, text + from, n - from);
	cmark_node_unlink(node);
	cmark_node_free(node);
	return last;
}

static void wrap(cmark_node *from, cmark_node *to)
{
	cmark_node *box = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_INLINE, &md_mem);
	cmark_node *next;

	cmark_node_set_user_data(box, &strike);
	cmark_node_insert_before(from, box);
	for (cmark_node *node = cmark_node_next(from); node != to; node = next) {
		next = cmark_node_next(node);
		cmark_node_append_child(box, node);
	}
	cmark_node_unlink(from);
	cmark_node_free(from);
	cmark_node_unlink(to);
	cmark_node_free(to);
}

static void match(struct runs *runs)
{
	size_t open = 0, waiting[3] = { 0 };

	/* runs->p[0 .. open) is the stack of openers, reusing the array. */
	for (size_t i = 0; i < runs->n; i++) {
		struct run run = runs->p[i];

		if (run.closes && waiting[run.length]) {
			while (runs->p[open - 1].length != run.length)
				waiting[runs->p[--open].length]--;
			waiting[run.length]--;
			wrap(runs->p[--open].node, run.node);
		} else if (run.opens) {
			runs->p[open++] = run;
			waiting[run.length]++;
		}
	}
}

static void children_pass(cmark_node *parent)
{
	struct runs runs = { NULL, 0, 0 };

	for (cmark_node *node = cmark_node_first_child(parent); node;
	     node = cmark_node_next(node))
		if (cmark_node_get_type(node) == CMARK_NODE_TEXT
		    && strchr(cmark_node_get_literal(node), '~'))
			node = split(node, &runs);
	match(&runs);
	VEC_FREE(&runs);
}

void md_strike_pass(cmark_node *tree)
{
	cmark_iter *iter = cmark_iter_new(tree);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (event == CMARK_EVENT_EXIT
		    && (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING
			|| type >= CMARK_NODE_FIRST_INLINE))
			children_pass(node);
	}
	cmark_iter_free(iter);
}
