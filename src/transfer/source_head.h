/* source_head.h - what the head of a text says of it. */
#ifndef TRANSFER_SOURCE_HEAD_H
#define TRANSFER_SOURCE_HEAD_H

#include "frontmatter/frontmatter.h"
#include "transfer/source.h"

/* Puts into doc what the head's keys say, and complains of those that nobody knows or whose
 * values make no sense. Returns its type or layout ("post", "page"), or nothing. */
struct str source_head_take(const struct source_context *cx, struct arena *a,
			    const struct frontmatter *fm, struct source_doc *doc);

#endif
