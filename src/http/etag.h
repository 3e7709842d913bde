/* etag.h - entity tags: quoted names for exact bytes (RFC 9110 section 8.8.3).
 *
 * Ours are always strong: "hex" of a digest, quotes included.
 */
#ifndef HTTP_ETAG_H
#define HTTP_ETAG_H

#include "base/arena.h"
#include "base/digest.h"

enum etag_compare {
	ETAG_STRONG,		/* both strong and equal: for ranges and writes */
	ETAG_WEAK,		/* equal but for W/: for "do you have it already?" */
};

/* Whether a list ("a", W/"b", or *) names the tag. An empty tag stands for a thing
 * that is there but has none: only * matches it. Malformed rest: no match. */
bool etag_list_has(struct str list, struct str etag, enum etag_compare how);

#endif
