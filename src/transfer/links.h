/* links.h - the addresses inside a Markdown text, found and replaced.
 *
 * Works on the source, not on what is rendered: an imported text is edited later and
 * must read as its author wrote it. Found are inline links and pictures, reference
 * definitions, and src= and href= of raw HTML; code blocks and code spans are passed
 * over. It is a scanner and not a parser: what it finds too much is harmless,
 * because only addresses of files that exist are ever replaced.
 */
#ifndef TRANSFER_LINKS_H
#define TRANSFER_LINKS_H

#include "base/arena.h"

struct link {
	size_t from, to;		/* the address in the text, without <> or quotes */
	int line;			/* in the text, from 1 */
	bool is_image;
	bool in_brackets;		/* <address>: may hold blanks */
	struct str url;			/* as written */
	struct str now;			/* what to put instead; p == NULL: leave it */
};

/* All of them in order, at most a few thousand. */
size_t links_find(struct arena *a, struct str text, struct link **ret);

/* The text with every `now` in place; the text itself when nothing changes. */
struct str links_replace(struct arena *a, struct str text, const struct link *links, size_t n);

#endif
