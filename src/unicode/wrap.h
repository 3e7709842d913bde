/* wrap.h - where a line of text may end (UAX #14), and how wide it is in a terminal.
 *
 * Any thread; texts past 64 KiB are taken as one line.
 */
#ifndef UNICODE_WRAP_H
#define UNICODE_WRAP_H

#include "base/arena.h"

/* text.n + 1 truths, in the arena: may a new line begin at this byte? */
const bool *wrap_points(struct arena *a, struct str text);

/* Columns: 2 for the wide signs of East Asia, 0 for what stands on another, else 1. */
unsigned wrap_width(struct str text);

#endif
