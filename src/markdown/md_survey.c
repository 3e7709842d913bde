/* md_survey.c - the walk goes by the tree's own pointers: an iterator says twice of each node
 * that it is there, and is asked for it in three calls. */
#include "markdown/md_survey.h"
#include "base/vec.h"
#include "markdown/md_blocks.h"
#include "markdown/md_guard.h"

static bool has_lines(cmark_node *node)
{
	return cmark_node_get_end_line(node) > cmark_node_get_start_line(node);
}

static void note(struct md_survey *s, cmark_node *node, unsigned as)
{
	if (as)
		*VEC_ADD(s) = (struct md_seen){ node, as };
}

static void look(struct md_survey *s, cmark_node *node, cmark_node_type type)
{
	int level;

	switch (type) {
	case CMARK_NODE_PARAGRAPH:
		note(s, node, has_lines(node) ? MD_SEEN_LINES : 0);
		break;
	case CMARK_NODE_HEADING:
		level = cmark_node_get_heading_level(node);
		s->highest = level < s->highest ? level : s->highest;
		note(s, node, MD_SEEN_BLOCK | (has_lines(node) ? MD_SEEN_LINES : 0));
		break;
	case CMARK_NODE_ITEM:
	case CMARK_NODE_BLOCK_QUOTE:
		note(s, node, MD_SEEN_BLOCK);
		break;
	default:
		break;
	}
}

void md_survey_more(struct md_survey *s, cmark_node *tree)
{
	cmark_node *node = tree, *next;
	int depth = 0;

	for (;;) {
		cmark_node_type type = cmark_node_get_type(node);

		s->nodes++;
		if (md_blocks_is_leaf(type)) {
			next = cmark_node_next(node);
		} else {
			look(s, node, type);
			s->depth = ++depth > s->depth ? depth : s->depth;
			next = cmark_node_first_child(node);
			if (!next) {
				depth--;
				next = node == tree ? NULL : cmark_node_next(node);
			}
		}
		while (!next && node != tree) {
			node = cmark_node_parent(node);
			depth--;
			next = node == tree ? NULL : cmark_node_next(node);
		}
		if (!next)
			return;
		node = next;
	}
}

void md_survey_take(struct md_survey *s, cmark_node *tree)
{
	s->n = s->nodes = 0;
	s->depth = 0;
	s->highest = 7;
	md_survey_more(s, tree);
}

void md_survey_release(struct md_survey *s)
{
	VEC_FREE(s);
}

bool md_survey_is_fine(const struct md_survey *s)
{
	return s->depth <= MD_GUARD_NESTED && s->nodes <= MD_GUARD_NODES;
}

/* What is wrong first, from the beginning. */
bool md_survey_check(const struct md_survey *s, cmark_node *tree, struct fail *f)
{
	int depth = 0, nodes = 0, line = 0;
	cmark_event_type event;
	cmark_iter *iter;

	if (md_survey_is_fine(s))
		return true;
	iter = cmark_iter_new(tree);
	while (depth <= MD_GUARD_NESTED && nodes <= MD_GUARD_NODES
	       && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_EXIT) {
			depth--;
			continue;
		}
		nodes++;
		depth += !md_blocks_is_leaf(cmark_node_get_type(node));
		if (cmark_node_get_start_line(node))
			line = cmark_node_get_start_line(node);
	}
	cmark_iter_free(iter);
	if (depth > MD_GUARD_NESTED)
		return fail(f, FAIL_INVALID,
			    "line %d: emphasis, links and lists are nested more than %d deep",
			    line, MD_GUARD_NESTED);
	return fail(f, FAIL_TOO_LARGE, "line %d: the text up to here has more than %d parts", line,
		    MD_GUARD_NODES);
}
