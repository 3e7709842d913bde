/* html.h - text that may stand in a page, as a type of its own.
 *
 * struct str is raw; struct html is safe to put between tags. Only html_escape(),
 * the Markdown emitter and the templates make one, so that the compiler finds
 * the place where raw text would have reached a page.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/arena.h"
#include "base/buf.h"

struct html {
	struct str s;
};

/* & < > " ' become entities: fit for text and for quoted attributes. */
void html_escape_to(struct buf *b, struct str raw);
struct html html_escape(struct arena *a, struct str raw);

/* For makers only: says that s is safe because of how it was made. */
struct html html_trusted(struct str s);

/* The text of a piece of HTML: tags dropped, the five entities and numeric
 * references decoded, white space folded. For summaries and search. */
struct str html_text(struct arena *a, struct html h);
/* No more of it than its beginning: `most` bytes, or some more to end a character, before the
 * space at its end is trimmed. */
struct str html_text_begin(struct arena *a, struct html h, size_t most);

#endif
