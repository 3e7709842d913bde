/* marks.h - sentences that say which message they are, for people who translate a page.
 *
 * A catalog of catalog_marking() answers as the one below it does, but each answer stands in
 * a frame: U+E000, the number of its message in digits, U+E001, the sentence, U+E002. These
 * characters are nobody's, survive formatting and escaping, and are taken out again when
 * the page is finished. Frames may lie in each other. Lives in an arena; one thread.
 */
#ifndef LANG_MARKS_H
#define LANG_MARKS_H

#include "base/arena.h"

struct mark {
	const char *context;	/* NULL: none */
	const char *id;
	const char *id_plural;	/* NULL: no plural */
	bool translated;
};

struct marks;

struct marks *marks_new(struct arena *a);
size_t marks_count(const struct marks *m);
const struct mark *marks_at(const struct marks *m, size_t i);

/* For catalog.c: the sentence in its frame, in the arena. */
const char *marks_frame(struct marks *m, const struct mark *of, const char *sentence);

enum marks_kind { MARKS_TEXT, MARKS_BEGIN, MARKS_END };
struct marks_piece {
	enum marks_kind kind;
	struct str text;	/* MARKS_TEXT */
	size_t number;		/* MARKS_BEGIN */
};
/* Takes the next piece from *rest; false: that was all. Broken frames are left out. */
bool marks_next(struct str *rest, struct marks_piece *ret);

/* The text without its frames. */
struct str marks_strip(struct arena *a, struct str text);
bool marks_are_in(struct str text);

#endif
