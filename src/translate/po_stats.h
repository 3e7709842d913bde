/* po_stats.h - how far a catalog is: in all, and screen by screen.
 *
 * A screen is where messages stand: the folder of a C source ("src/web"), the template of
 * a theme ("plume/post"). A message of several screens counts in each.
 */
#ifndef TRANSLATE_PO_STATS_H
#define TRANSLATE_PO_STATS_H

#include "lang/po.h"

struct po_stats {
	const char *screen;		/* NULL: of the whole catalog */
	size_t translated, fuzzy, missing;
	size_t words, words_translated;	/* of the English text */
};

/* What of pot is in po; po NULL: nothing. ret[0] is the whole, the others are by name.
 * Obsolete messages do not count, nor does what pot does not have. */
size_t po_stats(struct arena *a, const struct po *pot, const struct po *po,
		struct po_stats **ret);

size_t po_stats_all(const struct po_stats *s);		/* messages */
unsigned po_stats_percent(const struct po_stats *s);	/* translated; 100 only if all are */

#endif
