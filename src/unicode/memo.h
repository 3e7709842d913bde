/* memo.h - short texts that ICU made, to be said again.
 *
 * A list of posts asks for the same dates and the same names of languages thousands of
 * times. Fixed places for the whole process; a place that is in use by another thread, or
 * taken by another text, is a miss. Any thread; nothing waits. Private to unicode/.
 */
#ifndef UNICODE_MEMO_H
#define UNICODE_MEMO_H

#include <stdint.h>
#include "base/arena.h"

enum memo_kind {
	MEMO_DATE,			/* and the forms of dateformat.h behind it */
	MEMO_NAME = 32, MEMO_TITLE,
};

struct memo_key {
	int kind;
	int64_t number;
	struct str lang, in;
};

/* The text is copied to the arena. */
bool memo_find(struct arena *a, const struct memo_key *k, struct str *ret);

/* What is too long is not kept. */
void memo_keep(const struct memo_key *k, struct str text);

#endif
