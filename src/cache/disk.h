/* disk.h - finished pages that outlive the process: a file of records for each site.
 *
 *	DIR/<ab>/<site>.roll		ab: the last two digits of the site, in hex
 *
 * A record (cache/roll.h) carries all that makes it an entry again, its key and
 * dependencies too, so it is the truth by itself: the key is compared, freshness is asked
 * before anything is unpacked, the checksum is proved. What is missing, torn or of another
 * key is a miss. The folder may be deleted at any moment. Pages as files that any server
 * can serve: cache/statics.h.
 *
 * Records are never synced (it is a cache). Only entries with status 200 are saved. Some
 * dozens of files are kept open, the last used ones. Blocking; any thread, several processes.
 */
#ifndef CACHE_DISK_H
#define CACHE_DISK_H

#include "cache/memory.h"

struct disk;

struct disk *disk_new(const char *dir, const struct gens *gens);
void disk_free(struct disk *d);			/* NULL is fine */

/* A fresh entry of that key, one reference for the caller; NULL: a miss. */
struct entry *disk_load(struct disk *d, const struct cache_key *k);
/* The same as it lies there: what was kept packed has no plain form (entry_whole). */
struct entry *disk_load_packed(struct disk *d, const struct cache_key *k);

/* False: it could not be written (the caller goes on without). */
bool disk_save(struct disk *d, const struct cache_key *k, const struct entry *e, struct fail *f);

MUST_CHECK bool disk_drop_site(struct disk *d, uint64_t site, struct fail *f);
MUST_CHECK bool disk_drop_all(struct disk *d, struct fail *f);

/* Makes a site's file as small as what is fresh in it. counts may be NULL. */
struct disk_count {
	uint64_t kept;		/* answers */
	uint64_t bytes;		/* of theirs, packed */
	uint64_t removed;	/* stale or torn ones */
};
MUST_CHECK bool disk_sweep(struct disk *d, uint64_t site, struct disk_count *counts,
			   struct fail *f);

#endif
