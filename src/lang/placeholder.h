/* placeholder.h - do a sentence and its translation ask for the same things?
 *
 * Sentences from C are printf formats: a translation is safe when it takes the same
 * arguments with the same types, in any order (%2$s). Sentences from templates hold
 * {names}. What is found here decides whether a translation is used at all, so a
 * bad catalog can say nonsense and never crash.
 */
#ifndef LANG_PLACEHOLDER_H
#define LANG_PLACEHOLDER_H

#include "base/str.h"

#define PLACEHOLDER_ARGS 16

/* The arguments that a printf format takes, one letter each: i int, l long, L long
 * long, j intmax_t, z size_t, t ptrdiff_t, d double, D long double, s string,
 * p pointer. */
struct placeholders {
	unsigned char count;
	char type[PLACEHOLDER_ARGS];
};

/* False: no format that printf would take (or one with %n, gaps, too many). */
bool placeholders_of(struct str format, struct placeholders *ret);

/* May `text` stand for a format with these arguments? fewer: it may leave out the
 * last ones, as the form for one thing does in a plural ("one reply"). */
bool placeholders_fit(const struct placeholders *want, struct str text, bool fewer);

/* Does `text` hold the same {names} as `id`, each at least once? fewer: or only some. */
bool placeholder_names_fit(struct str id, struct str text, bool fewer);

/* The next {name} from *at on, the braces left out; empty when there is no more. */
struct str placeholder_next_name(struct str s, size_t *at);

#endif
