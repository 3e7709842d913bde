/* extract_impl.h - the inside of extract.h, for extract.c and extract_*.c only. */
#ifndef TRANSLATE_EXTRACT_IMPL_H
#define TRANSLATE_EXTRACT_IMPL_H

#include "base/map.h"
#include "base/vec.h"
#include "translate/extract.h"

struct extract_message {
	struct str context, id, id_plural;	/* p NULL: none */
	struct str note;			/* for translators; may have several lines */
	bool c_format;
	VEC(struct str) places;
};

struct extract {
	struct arena *arena;
	struct map *by_key;
	VEC(struct extract_message *) messages;	/* in the order in which they were found */
};

/* The message, made where it is new, with one place more. Strings are copied. NULL where
 * there is nothing to translate. */
struct extract_message *extract_put(struct extract *e, const char *place, struct str context,
				    struct str id);

#endif
