/* tags.h - the template tags that generators allow inside a text, as plain Markdown.
 *
 * Hugo's {{< figure >}}, Jekyll's {% highlight %} and {% post_url %}, Hexo's
 * {% asset_img %}, Zola's {{ youtube() }}: the common ones become what they mean,
 * the others stay in the text and are complained of. Links to other texts of the
 * folder become "@/path", which resolve.h knows (it is Zola's own way to write them).
 * Code is left alone. The number of lines does not change.
 */
#ifndef TRANSFER_TAGS_H
#define TRANSFER_TAGS_H

#include "transfer/source.h"

/* The body of doc with its tags translated; the body itself when it has none. */
struct str tags_translate(const struct source_context *cx, struct arena *a,
			  const struct source_doc *doc);

#endif
