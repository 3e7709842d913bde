/* tags_impl.h - a text whose tags are being translated, for tags.c and tags_put.c only. */
#ifndef TRANSFER_TAGS_IMPL_H
#define TRANSFER_TAGS_IMPL_H

#include "transfer/tags.h"

enum { TAGS_LENGTH_MAX = 4096 };	/* of one tag */

/* Sets of dialects. */
enum { HUGO = 1 << DIALECT_HUGO, JEKYLL = 1 << DIALECT_JEKYLL, ZOLA = 1 << DIALECT_ZOLA,
       HEXO = 1 << DIALECT_HEXO };

struct tags {
	const struct source_context *cx;
	const struct source_doc *doc;
	struct buf out;
	int line;
	bool is_raw;			/* between raw and endraw */
};

/* Writes what the tag means; inside: what stands between its marks. False: nobody knows, it is
 * complained of and nothing is written. */
bool tags_put(struct tags *ts, struct str inside);

#endif
