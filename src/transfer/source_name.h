/* source_name.h - what the name of a file says: date, language, bundle, draft. */
#ifndef TRANSFER_SOURCE_NAME_H
#define TRANSFER_SOURCE_NAME_H

#include "transfer/source.h"

/* Fills path, dir, place, stem, section, is_bundle, is_section, is_draft, lang and the
 * date of doc from its path. */
void source_name_read(const struct source_context *cx, struct arena *a, struct str path,
		      struct source_doc *doc);

#endif
