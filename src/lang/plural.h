/* plural.h - which form of a sentence a number takes.
 *
 * A catalog says it in its header: "nplurals=2; plural=(n > 1);", the second part
 * being any C expression over n (? : || && == != < > <= >= + - * / % ! and
 * parentheses). It comes from outside, so it meets limits: PLURAL_NODES operators
 * and numbers, PLURAL_DEPTH levels. Immutable once parsed; any thread.
 */
#ifndef LANG_PLURAL_H
#define LANG_PLURAL_H

#include "base/fail.h"

#define PLURAL_FORMS 6
#define PLURAL_NODES 160
#define PLURAL_DEPTH 48

struct plural_node {
	char op;			/* see plural.c */
	unsigned char child[3];		/* places in nodes[] */
	unsigned value;			/* of a number */
};

struct plural {
	unsigned forms;			/* 1 .. PLURAL_FORMS */
	unsigned char root, count;
	struct plural_node nodes[PLURAL_NODES];
};

/* The header's value: "nplurals=...; plural=...;". */
MUST_CHECK bool plural_parse(struct str text, struct plural *ret, struct fail *f);

void plural_germanic(struct plural *ret);	/* one, and all else: n != 1 */

/* 0 .. forms - 1, also where the expression gives more or divides by zero. */
unsigned plural_form(const struct plural *p, uint64_t n);

/* For checks: does every number up to 1000 get a form that is there, and every form a
 * number? */
bool plural_fits(const struct plural *p);
bool plural_same(const struct plural *a, const struct plural *b);	/* up to 1000 */

#endif
