/* pairs.h - collecting pairs while a block is read. Only for frontmatter/ itself.
 *
 * The path is the dotted name of where the parser stands; entering a map adds a
 * part, leaving it cuts back. Ceilings: PAIRS_MAX values in all, PAIRS_DEPTH parts.
 */
#ifndef FRONTMATTER_PAIRS_H
#define FRONTMATTER_PAIRS_H

#include "frontmatter/frontmatter.h"

enum { PAIRS_MAX = 4096, PAIRS_DEPTH = 8, PAIRS_KEY_MAX = 256 };

struct pairs {
	struct arena *arena;
	const char *name;		/* of the file */
	int first_line;			/* of the file, what the parser calls line 1 */
	struct frontmatter_pair *p;
	size_t n, cap;
	size_t values;
	char path[PAIRS_KEY_MAX];
	size_t path_n;
};

void pairs_init(struct pairs *ps, struct arena *a, const char *name, int first_line);

/* Adds a part to the path; false when the name becomes too long. */
bool pairs_enter(struct pairs *ps, struct str part);
void pairs_leave(struct pairs *ps, size_t path_n);

/* Begins a pair with the key of the path; line as the parser counts. */
MUST_CHECK bool pairs_begin(struct pairs *ps, int line, bool is_list, struct fail *f);
/* Adds a value to the pair of that number; v is copied. */
MUST_CHECK bool pairs_value(struct pairs *ps, size_t pair, struct str v, int line, struct fail *f);

/* The number of no pair: the value stands alone, not in a list. */
#define PAIRS_ALONE SIZE_MAX

/* fail() with "name:line: " in front. */
bool pairs_fail(const struct pairs *ps, int line, struct fail *f);

#endif
