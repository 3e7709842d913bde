/* import_known.h - what the site has already, as far as an import cares.
 *
 * A post that was imported remembers where from: "FOLDER//path/in/it.md" with the
 * folder's real path, so that two folders imported into one site never touch each
 * other's posts. A folder that was moved or cloned is recognised: where nothing of it
 * was imported under its present name, but at least half of another folder's texts
 * lie in it at the same places, those posts are taken over. While that other folder
 * is still there, they must also be the same byte for byte. A post that came from a folder
 * below this one, or above it, is this folder's, too, when its file lies in it: so a text that
 * was saved by itself is not taken for a new one.
 */
#ifndef TRANSFER_IMPORT_KNOWN_H
#define TRANSFER_IMPORT_KNOWN_H

#include "base/map.h"
#include "content/post.h"

/* What became of the text on the site since its file was read. */
enum import_known_since {
	SINCE_NOTHING,
	SINCE_ALTERED,			/* saved from the file, but not as it says (a draft) */
	SINCE_APART,			/* saved from elsewhere */
};

struct import_known {
	int64_t id;
	struct str path;		/* address */
	struct str folder, file;	/* empty: not imported */
	struct str stamp;		/* of plan.h, as it was */
	struct str bytes;		/* digest of the file alone, in hex */
	int64_t published_at;
	enum import_known_since since;
	struct str moved_to;		/* stays as it is, its file is now this one; or empty */
	bool is_ours;			/* of the folder that is imported now */
	bool is_guest;			/* came from a folder below or above it: never missed */
	bool is_claimed;		/* a file of it goes on as this post */
};

struct import_site_state {
	struct arena *arena;
	struct import_known **all;
	size_t n, cap;
	struct map *by_path;
	struct map *by_file;		/* ours only */
	struct str moved_from;		/* the folder whose posts are taken over, or empty */
	size_t n_moved;
};

/* folder: its real path. */
MUST_CHECK bool import_known_load(struct db *db, const char *folder,
				  struct import_site_state *ret, struct fail *f);
void import_known_release(struct import_site_state *s);

/* What a post keeps of its file: edit_put()'s source_path and source_digest. */
struct str import_known_place(struct arena *a, const char *folder, struct str file);
/* The path of the file, as people write it; for a post that has none it is empty. */
struct str import_known_file(struct arena *a, struct str place);
struct str import_known_stamp(struct arena *a, struct str stamp, struct str bytes,
			      enum import_known_since since);
/* Takes that apart again. */
void import_known_read_stamp(struct str digest, struct str *stamp, struct str *bytes,
			     enum import_known_since *since);

/* Is the address reserved, or of a post that does not come from this folder? */
bool import_known_is_taken(const struct import_site_state *s, struct str path);

#endif
