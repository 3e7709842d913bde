/* md_emit.h - what the emitter's parts share: blocks, cells, inlines, contents, the whole.
 *
 * The tree is walked without recursion. Whatever is written goes to two buffers
 * at once: html and the plain text for search.
 */
#ifndef MARKDOWN_MD_EMIT_H
#define MARKDOWN_MD_EMIT_H

#include <cmark.h>
#include "markdown/markdown.h"
#include "markdown/md_html.h"
#include "markdown/md_notes.h"
#include "markdown/md_smart.h"
#include "markdown/md_table.h"

#define MD_EMIT_HEADINGS 5000	/* with an id and in the contents; later ones have neither */

struct md_heading {
	int level;
	struct str id, text;
};

struct md_emit {
	struct arena *arena;
	const struct markdown_options *options;
	struct md_html html;		/* with the buffers */
	struct md_smart smart;
	struct map *ids;
	struct map *taken;		/* how often an id was asked for */
	struct { struct md_heading *p; size_t n, cap; } headings;
	int heading_shift;

	const struct md_tables *tables;
	const struct md_table *table;	/* the open one */
	size_t next_table;
	unsigned column;
	bool in_head;
	size_t cell_at, cell_text;	/* where the open cell and its text begin in the output */

	struct md_notes *notes;
	struct { struct md_note **p; size_t n, cap; } noted;	/* in the order of reference */
	struct md_note *note;		/* whose body is being written */

	bool excerpt;			/* no ids, no footnotes, stop at <!--more--> */
	bool stop, has_more;
	struct str image_url, image_alt;
};

/* md_emit.c: node and all below it. */
void md_emit_walk(struct md_emit *e, cmark_node *node);
/* True: the id was free and is now taken. False wherever there are no ids. */
bool md_emit_claim(void *e, struct str id);
/* The image of a figure: alone in its paragraph, with a title. Else NULL. */
cmark_node *md_emit_figure(const struct md_emit *e, cmark_node *paragraph);

/* md_cell.c: with the row and the table that it begins or ends. */
void md_emit_enter_cell(struct md_emit *e, cmark_node *cell);
void md_emit_leave_cell(struct md_emit *e, cmark_node *cell);

/* md_inline.c: true: go on with its children. */
bool md_emit_enter_inline(struct md_emit *e, cmark_node *node, cmark_node_type type);
void md_emit_leave_inline(struct md_emit *e, cmark_node *node, cmark_node_type type);

/* An address as it may be written, through the caller's `link`; false: it may not. */
bool md_emit_url(void *e, struct str url, enum md_url_use use, struct str *ret);
void md_emit_image(struct md_emit *e, cmark_node *node, bool with_title);

/* The text of all below node, with typography and without footnotes, for anchors and contents. */
struct str md_emit_heading_text(struct md_emit *e, cmark_node *node);
/* Raw text (with marks) escaped to html, and to text as well if asked. */
void md_emit_raw(struct md_emit *e, struct str raw, bool text);
static inline void md_emit_add(struct md_emit *e, const char *html)
{
	buf_adds(e->html.out, html);
}

/* md_toc.c: a nested list of the headings; empty with fewer than two. */
struct html md_emit_toc(struct arena *a, const struct md_heading *p, size_t n);

/* What the passes made of a text. */
struct md_made {
	size_t bytes;			/* of the source */
	cmark_node *tree;
	int highest;			/* level of a heading; 7: there is none */
	const struct md_tables *tables;
	struct md_notes *notes;
};

/* md_document.c: writes body, footnotes, toc, excerpt, text. */
MUST_CHECK bool md_emit_document(struct arena *a, const struct markdown_options *options,
				 const struct md_made *made, struct markdown *ret,
				 struct fail *f);

#endif
