/* html_tree.h - a page as a tree, and what did not fit into one.
 *
 * Built from the tokens of html_scan.h with the end tags that HTML lets people leave out.
 * An element remembers where its template wrote it: the attribute HTML_TREE_AT, which the
 * check puts into every tag before it renders, holds "FILE.LINE.COLUMN"; what has none came
 * out of a value and is `foreign`. The tree lives in the arena and points into the text.
 */
#ifndef CHECK_HTML_TREE_H
#define CHECK_HTML_TREE_H

#include "base/arena.h"
#include "check/html_scan.h"

#define HTML_TREE_AT "data-th-at"
#define HTML_TREE_DEPTH 200		/* deeper elements are put beside each other */
#define HTML_TREE_NODES 200000		/* of a page; the rest is left out */

struct html_node {
	struct str name;		/* in small letters; empty: text */
	struct str text;
	const struct html_attr *attrs;
	size_t n_attrs;
	struct html_node *parent, *first, *last, *next, *prev;
	int file, line, column;		/* of the tag, or of the nearest one around it */
	bool foreign;
	int number;			/* in the order of the page */
};

/* A tag that does not match: at the element, or where its end tag is too many. */
struct html_tree_fault {
	struct str name;
	int file, line, column;
	bool foreign;
};

struct html_tree {
	struct html_node *root;		/* without name; the page is its children */
	bool has_doctype;
	int count;
	struct html_tree_fault *faults;
	size_t n_faults;
};

struct html_tree *html_tree_make(struct arena *a, struct str page);

/* The value of an attribute; p == NULL: it is not there. */
struct str html_tree_attr(const struct html_node *n, const char *name);
bool html_tree_is(const struct html_node *n, const char *name);
/* The next in the order of the page, inside `top` (NULL: of all); NULL at the end. */
struct html_node *html_tree_next(const struct html_node *n, const struct html_node *top);

#endif
