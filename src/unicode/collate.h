/* collate.h - the order in which a language lists words. Any thread. */
#ifndef UNICODE_COLLATE_H
#define UNICODE_COLLATE_H

#include "base/arena.h"

/* Two texts stand in the order of their keys compared by bytes (str_cmp). Numbers
 * inside a text count as numbers: "chapter 2" stands before "chapter 10". */
struct str collate_key(struct arena *a, struct str lang, struct str text);

#endif
