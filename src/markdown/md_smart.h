/* md_smart.h - the typography of a language: quotes, dashes, ellipsis, spaces.
 *
 * Works on the running text of one block, piece by piece; the state remembers
 * what stood before. Whoever calls keeps code, addresses and HTML away from it.
 */
#ifndef MARKDOWN_MD_SMART_H
#define MARKDOWN_MD_SMART_H

#include "base/buf.h"

struct md_smart_style;

struct md_smart {
	const struct md_smart_style *style;
	uint32_t prev;			/* the character before; 0 at the start of a block */
	unsigned doubles, singles;	/* quotes open in this block */
};

/* Nothing in the text means anything to typography: it stays as it is. */
bool md_smart_is_plain(const struct md_smart *s, struct str text);
void md_smart_init(struct md_smart *s, struct str lang);
void md_smart_block(struct md_smart *s);		/* a new block begins */
void md_smart_passed(struct md_smart *s, uint32_t last);/* something else was written */

/* May it matter which character follows the text? Most end in a letter or a full stop. */
bool md_smart_asks_next(const struct md_smart *s, struct str raw);
/* Writes raw text (with marks) escaped to html and plain to text. `next` is the
 * character that follows it, 0 at the end of the block. */
void md_smart_put(struct md_smart *s, struct str raw, uint32_t next, struct buf *html,
		  struct buf *text);

#endif
