/* import_known.h - what the site has already, as far as an import cares. */
#ifndef TRANSFER_IMPORT_KNOWN_H
#define TRANSFER_IMPORT_KNOWN_H

#include "base/map.h"
#include "content/post.h"

struct import_known {
	int64_t id;
	struct str path;		/* address */
	struct str source_path;		/* empty: not imported */
	struct str stamp;
	int64_t published_at;
};

struct import_site_state {
	struct arena *arena;
	struct map *by_path, *by_source;
};

MUST_CHECK bool import_known_load(struct db *db, struct import_site_state *ret, struct fail *f);
void import_known_release(struct import_site_state *s);

/* Is the address reserved, or of a post that does not come from this file? */
bool import_known_is_taken(const struct import_site_state *s, struct str path,
			   struct str source_path);

#endif
