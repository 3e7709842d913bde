/* md_notes.h - footnotes: their definitions are cut out of the text.
 *
 * A definition "[^x]: text" goes on with the lines of its paragraph and with all
 * indented by four columns. Each becomes a quote at the start of the text, marked
 * so that the emitter knows it, and the text is parsed again: so a footnote
 * holds any blocks, and shares link references with the rest. Definitions count
 * at the left margin only (up to three blanks), not inside quotes or lists.
 */
#ifndef MARKDOWN_MD_NOTES_H
#define MARKDOWN_MD_NOTES_H

#include <cmark.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

struct map;

struct md_note {
	struct str label;
	cmark_node *body;		/* a marked quote of the tree */
	size_t number;			/* in the order of the references; 0: not referred to */
	size_t references;
	size_t back_at;			/* where its links back go, in the html of the notes */
};

struct md_notes {
	struct md_note **p;		/* in the order of definition */
	size_t n, cap;
	struct map *by_label;		/* struct md_note */
};

#define MD_NOTES_MAX 4000	/* definitions; more are FAIL_TOO_LARGE */

/* Writes the source with the definitions moved to the front. */
MUST_CHECK bool md_notes_rewrite(struct arena *a, struct str source, cmark_node *tree,
				 struct buf *out, struct md_notes *notes, struct fail *f);

/* Finds the bodies in the tree of the rewritten source, after md_blocks_pass(). */
void md_notes_attach(struct md_notes *notes, cmark_node *tree);

void md_notes_release(struct md_notes *notes);

#endif
