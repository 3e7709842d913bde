/* nearest.h - which of these words was meant?
 *
 * For messages: an unknown key, command or option is answered with the one that
 * is spelled most like it. A swap of neighbours counts as one change. Pure.
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/str.h"

#define NEAREST_MAX 64		/* longer words are never near anything */

struct nearest {
	struct str meant;
	struct str best;	/* empty: nothing is near enough */
	unsigned distance;
};

/* Start with the word that was given, then offer all that exist. */
void nearest_init(struct nearest *n, struct str meant);
void nearest_offer(struct nearest *n, struct str word);

#endif
