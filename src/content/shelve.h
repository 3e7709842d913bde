/* shelve.h - where a post stands in the lists, and who sees that it moved. */
#ifndef CONTENT_SHELVE_H
#define CONTENT_SHELVE_H

#include "content/edit_store.h"

/* What a published post is in: list 0, and the list of each term. */
struct shelving {
	int64_t post, at, out;
	const int64_t *lists;		/* NULL, 0: in none any more */
	size_t n_lists;
	bool shown_change;		/* what lists show of it changed */
	bool link_change;		/* what a link to it shows changed, or it is new */
};

/* Brings the places of the post in line and raises what shows them. */
MUST_CHECK bool shelve(struct arena *a, struct tx *tx, const struct edit_rules *rules,
		       const struct shelving *s, struct fail *f);

int64_t shelve_month(const struct edit_rules *rules, int64_t t);	/* yyyymm */

#endif
