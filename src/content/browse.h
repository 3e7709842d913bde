/* browse.h - the texts of a site as their author looks for them: newest first, by pages.
 *
 * Drafts without a date come first, for their day is still to come. A page costs what
 * stands on it, whatever the size of the site; only drafts, scheduled texts and pages are
 * looked through where a tag is asked for.
 */
#ifndef CONTENT_BROWSE_H
#define CONTENT_BROWSE_H

#include "content/post.h"

enum browse_which {
	BROWSE_ALL, BROWSE_DRAFTS, BROWSE_SCHEDULED,
	BROWSE_PAGES,			/* that are published */
};

struct browse {
	enum browse_which which;
	struct str tag;			/* its slug; empty: any */
	int64_t after;			/* begins behind this post; 0: with the newest */
	int limit;
};

/* Without texts, excerpts and terms. FAIL_NOT_FOUND: no text ever had that tag. */
MUST_CHECK bool browse(struct arena *a, struct tx *tx, const struct browse *b,
		       struct post_list *ret, struct fail *f);

#endif
