/* po_merge.h - a catalog brought up to what its template (.pot) asks for.
 *
 * A translation whose message is as it was keeps its lines, byte for byte. A message
 * that is gone is kept as obsolete (#~) if it was translated, so that it comes back with
 * its message; one that was changed gets the translation of the message most like it,
 * fuzzy and with the previous text (#|). The order is that of the template.
 */
#ifndef TRANSLATE_PO_MERGE_H
#define TRANSLATE_PO_MERGE_H

#include "base/buf.h"
#include "lang/po.h"

struct po_merge {
	const struct po *old, *pot;	/* by po_parse_all() */
	const struct po *const *others;	/* further catalogs of the language to find messages in */
	size_t n_others;
};

struct po_merge_count {
	size_t kept, moved, fuzzy, added, obsolete;	/* messages; moved: from others */
	bool same;		/* every line would be as it was: nothing needs to be written */
};

void po_merge(struct arena *a, const struct po_merge *m, struct buf *out,
	      struct po_merge_count *ret);

/* How much two texts have in common, in thousandths. */
unsigned po_merge_likeness(struct str a, struct str b);

#endif
