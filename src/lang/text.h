/* text.h - the facts of a host, put into a long text.
 *
 * A text is Markdown with {names} of facts. Whoever writes it need not know which of them
 * an operator gave: a paragraph or an item of a list that asks for a fact which is not
 * given is left out whole, and so is a heading under which nothing stays. A name that
 * begins with "if_" stands for a circumstance: where it is so it is replaced by nothing.
 * Code between ``` stays as it is.
 */
#ifndef LANG_TEXT_H
#define LANG_TEXT_H

#include "base/arena.h"

/* Every name that a text may use, with what it stands for; ends with NULL. */
extern const char *const text_facts[];

bool text_fact_is_known(struct str name);

/* The value of a fact, as Markdown; STR_NONE: it is not given. */
typedef struct str text_fact(void *arg, struct str name);

struct str text_fill(struct arena *a, struct str text, text_fact *fact, void *arg);

/* Reads a text line by line: which lines are code, which headings. */
struct text_line {
	struct str line;
	int number;			/* from 1 */
	bool code;			/* within ```, or such a fence itself */
	int heading;			/* its level; 0: it is none */
};

struct text_reader {
	struct str rest;
	bool in_code;
	int number;
};

bool text_next(struct text_reader *r, struct text_line *ret);

#endif
