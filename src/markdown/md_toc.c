/* md_toc.c - the table of contents, from the headings in order. Levels that were skipped do not
 * make empty lists: an h4 right below an h2 is one step in.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "markdown/md_emit.h"

static void put_entry(struct buf *b, const struct md_heading *h)
{
	buf_adds(b, "<li><a href=\"#");
	md_url_put(b, h->id);
	buf_adds(b, "\">");
	html_escape_to(b, h->text);
	buf_adds(b, "</a>");
}

struct html md_emit_toc(struct arena *a, const struct md_heading *p, size_t n)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_POST_HTML);
	int levels[8];
	size_t depth = 0;

	if (n < 2)
		return html_trusted(STR_NONE);
	for (size_t i = 0; i < n; i++) {
		while (depth > 1 && p[i].level < levels[depth - 1]) {
			if (p[i].level > levels[depth - 2])
				break;
			buf_adds(&b, "</li>\n</ul>\n");
			depth--;
		}
		if (!depth || p[i].level > levels[depth - 1]) {
			buf_adds(&b, depth ? "\n<ul>\n" : "<ul>\n");
			depth++;
		} else {
			buf_adds(&b, "</li>\n");
		}
		levels[depth - 1] = p[i].level;
		put_entry(&b, &p[i]);
	}
	while (depth--)
		buf_adds(&b, "</li>\n</ul>\n");
	return html_trusted(buf_ok(&b) ? arena_str(a, buf_str(&b)) : STR_NONE);
}
